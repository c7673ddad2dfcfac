package org.ehashpool.kit.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;
import org.ehashpool.kit.config.SecretFile;
import org.ehashpool.noise.certificate.AuthorityKeyPair;
import org.ehashpool.noise.curve.Secp256k1;

/**
 * A file with the text form of an authority's secret key, readable by its owner only. Miners pin the public key, so a
 * lost file is a lost address: it is written through to the disk, and never overwritten.
 */
public final class AuthorityKeyFile {
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private AuthorityKeyFile() {}

    /**
     * Makes a key pair and keeps its secret in a new file.
     *
     * @throws FileAlreadyExistsException when the file exists
     * @throws IOException when it cannot be written
     */
    public static AuthorityKeyPair create(Path file, Secp256k1 curve, SecureRandom random) throws IOException {
        AuthorityKeyPair authority = AuthorityKeyPair.generate(curve, random);
        try (FileChannel channel =
                FileChannel.open(file, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW), OWNER_ONLY)) {
            ByteBuffer text = StandardCharsets.US_ASCII.encode(authority.exportSecret() + "\n");
            while (text.hasRemaining()) {
                channel.write(text);
            }
            channel.force(true);
            return authority;
        } catch (IOException | RuntimeException e) {
            authority.close();
            throw e;
        }
    }

    /**
     * Reads the key pair.
     *
     * @throws IllegalArgumentException when the file is missing, readable by others, or holds no secret key
     */
    public static AuthorityKeyPair load(Path file, Secp256k1 curve) {
        try {
            return AuthorityKeyPair.parseSecret(SecretFile.read(file).reveal(), curve);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": expected " + e.getMessage(), e);
        }
    }

    /**
     * Reads the key pair, or makes it at the first start.
     *
     * @throws IllegalArgumentException as {@link #load}
     * @throws IOException when it cannot be written
     */
    public static AuthorityKeyPair loadOrCreate(Path file, Secp256k1 curve, SecureRandom random) throws IOException {
        if (!Files.exists(file)) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try {
                return create(file, curve, random);
            } catch (FileAlreadyExistsException anotherProcessWasQuicker) {
                return load(file, curve);
            }
        }
        return load(file, curve);
    }
}
