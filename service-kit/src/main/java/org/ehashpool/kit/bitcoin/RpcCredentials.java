package org.ehashpool.kit.bitcoin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ehashpool.kit.config.Secret;

/** How we show the node that we may call it. */
public sealed interface RpcCredentials {

    /**
     * The file that the node writes at each start.
     *
     * @param file for instance {@code ~/.bitcoin/.cookie}
     */
    record Cookie(Path file) implements RpcCredentials {}

    /**
     * What the node's configuration names ({@code rpcauth}).
     *
     * @param user name
     * @param password its password
     */
    record Login(String user, Secret password) implements RpcCredentials {}

    /** The longest cookie file that is read. */
    int LONGEST_COOKIE = 1_024;

    /**
     * {@code user:password}. Reads a file: not for an event loop.
     *
     * @throws RpcException if there is no usable cookie
     */
    default Secret userAndPassword() {
        return switch (this) {
            case Login(String user, Secret password) -> Secret.of(user + ":" + password.reveal());
            case Cookie(Path file) -> read(file);
        };
    }

    private static Secret read(Path file) {
        byte[] content;
        try (var input = Files.newInputStream(file)) {
            content = input.readNBytes(LONGEST_COOKIE);
        } catch (IOException e) {
            throw new RpcException(new RpcFailure.Unauthorized("the cookie file " + file + " cannot be read ("
                    + e.getClass().getSimpleName() + "); does the node run?"));
        }
        String cookie = new String(content, StandardCharsets.UTF_8).strip();
        if (cookie.indexOf(':') < 1) {
            throw new RpcException(new RpcFailure.Unauthorized("the cookie file " + file + " holds no cookie"));
        }
        return Secret.of(cookie);
    }
}
