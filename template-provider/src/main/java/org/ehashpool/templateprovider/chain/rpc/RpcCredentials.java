package org.ehashpool.templateprovider.chain.rpc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.ehashpool.kit.config.Secret;
import org.jspecify.annotations.Nullable;

/** Who may call: whoever can read the cookie file, and the configured user if there is one. */
public final class RpcCredentials {
    /** The user of the cookie file. */
    public static final String COOKIE_USER = "__cookie__";

    private static final String BASIC = "Basic ";
    private static final int COOKIE_BYTES = 32;

    private final List<Secret> accepted;

    private RpcCredentials(List<Secret> accepted) {
        this.accepted = List.copyOf(accepted);
    }

    /**
     * Writes a new cookie, {@code __cookie__:} and 64 hexadecimal digits, that its owner alone may read.
     *
     * @param login {@code user:password}, besides the cookie
     */
    public static RpcCredentials withCookie(Path file, Optional<Secret> login, SecureRandom random) throws IOException {
        byte[] bytes = new byte[COOKIE_BYTES];
        random.nextBytes(bytes);
        Secret cookie = Secret.of(COOKIE_USER + ":" + HexFormat.of().formatHex(bytes));
        Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
        Files.deleteIfExists(unfinished);
        Files.createFile(
                unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(unfinished, cookie.reveal());
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return new RpcCredentials(login.map(secret -> List.of(cookie, secret)).orElseGet(() -> List.of(cookie)));
    }

    /** Whether an Authorization header opens the door. */
    boolean accept(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return false;
        }
        String given;
        try {
            given = new String(
                    Base64.getDecoder().decode(header.substring(BASIC.length()).strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
        boolean matches = false;
        for (Secret secret : accepted) {
            matches |= secret.matches(given);
        }
        return matches;
    }
}
