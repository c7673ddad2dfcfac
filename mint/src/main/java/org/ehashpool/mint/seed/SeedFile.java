package org.ehashpool.mint.seed;

import fr.acinq.bitcoin.MnemonicCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Set;
import org.ehashpool.kit.config.SecretFile;

/**
 * A file with the BIP 39 words of the mint's seed, readable by its owner only. Tokens are worth what the seed signs: it
 * is written through to the disk and never overwritten.
 */
public final class SeedFile {

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final int ENTROPY_BYTES = 32;

    private SeedFile() {}

    /**
     * Makes 24 words and keeps them in a new file.
     *
     * @throws IOException when the file exists or cannot be written
     */
    public static void create(Path file, SecureRandom random) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        byte[] entropy = new byte[ENTROPY_BYTES];
        random.nextBytes(entropy);
        try (FileChannel channel =
                FileChannel.open(file, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW), OWNER_ONLY)) {
            ByteBuffer text =
                    StandardCharsets.US_ASCII.encode(String.join(" ", MnemonicCode.toMnemonics(entropy)) + "\n");
            while (text.hasRemaining()) {
                channel.write(text);
            }
            channel.force(true);
        } finally {
            Arrays.fill(entropy, (byte) 0);
        }
        if (directory != null) {
            try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
                names.force(true);
            }
        }
    }

    /**
     * The 64 bytes of the seed, without a passphrase. The caller wipes them.
     *
     * @throws IllegalArgumentException when the file is missing, open to others, or does not hold BIP 39 words
     */
    public static byte[] read(Path file) {
        String words;
        try {
            words = SecretFile.read(file).reveal();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": expected " + e.getMessage(), e);
        }
        String normal = String.join(" ", words.strip().split("\\s+"));
        try {
            MnemonicCode.validate(normal);
        } catch (RuntimeException e) {
            // Without the cause: it repeats words.
            throw new IllegalArgumentException(file + ": expected BIP 39 words whose checksum is right");
        }
        return MnemonicCode.toSeed(normal, "");
    }
}
