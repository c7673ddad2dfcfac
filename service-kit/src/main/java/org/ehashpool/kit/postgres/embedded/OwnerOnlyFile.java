package org.ehashpool.kit.postgres.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Secrets in files that their owner alone can read. */
final class OwnerOnlyFile {

    private static final Set<PosixFilePermission> OWNER_READS_AND_WRITES = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_ENTERS = PosixFilePermissions.fromString("rwx------");
    private static final int PASSWORD_BYTES = 32;

    /** What needs no quoting in SQL. */
    private static final Pattern PASSWORD = Pattern.compile("[A-Za-z0-9_-]{20,200}");

    private OwnerOnlyFile() {}

    /** 256 random bits in characters that need no quoting anywhere. */
    static String newPassword(SecureRandom random) {
        byte[] bytes = new byte[PASSWORD_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The secret in a file; empty when there is no file. Throws when others may read it, or when it holds nothing. */
    static Optional<String> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Set<PosixFilePermission> tooMany = EnumSet.copyOf(Files.getPosixFilePermissions(file));
        tooMany.removeAll(OWNER_READS_AND_WRITES);
        if (!tooMany.isEmpty()) {
            throw new EmbeddedPostgresException("others than its owner have access to " + file + " (" + tooMany
                    + "): make it \"chmod 600\", and consider the password in it known");
        }
        String secret = Files.readString(file, StandardCharsets.UTF_8).strip();
        if (!PASSWORD.matcher(secret).matches()) {
            throw new EmbeddedPostgresException("the file " + file + " does not hold a password of ours (" + PASSWORD
                    + "): delete it to get a new one");
        }
        return Optional.of(secret);
    }

    /** Writes a secret so that the file is there as a whole or not at all, even after a power cut. */
    static void write(Path file, String secret) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null) {
            throw new IllegalArgumentException("a secret needs a directory: " + file);
        }
        if (!Files.isDirectory(directory)) {
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(OWNER_ENTERS));
        }
        Path unfinished = directory.resolve("." + file.getFileName() + ".unfinished");
        Files.deleteIfExists(unfinished);
        Files.createFile(unfinished, PosixFilePermissions.asFileAttribute(OWNER_READS_AND_WRITES));
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(secret + "\n");
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        ServerDirectory.flush(directory);
    }
}
