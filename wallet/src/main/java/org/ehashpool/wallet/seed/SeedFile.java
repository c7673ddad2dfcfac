package org.ehashpool.wallet.seed;

import fr.acinq.bitcoin.MnemonicCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.ehashpool.cashu.wallet.WalletSeed;
import org.ehashpool.kit.config.Secret;
import org.ehashpool.kit.config.SecretFile;

/** A file with the BIP 39 words of a wallet's seed. It is written through to the disk and never overwritten. */
public final class SeedFile {

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final int ENTROPY_BYTES = 16;

    private SeedFile() {}

    /** Twelve new words. */
    public static Secret newWords(SecureRandom random) {
        byte[] entropy = new byte[ENTROPY_BYTES];
        random.nextBytes(entropy);
        try {
            return Secret.of(String.join(" ", MnemonicCode.toMnemonics(entropy)));
        } finally {
            Arrays.fill(entropy, (byte) 0);
        }
    }

    /**
     * Keeps words in a new file, which is there with all of them or not at all.
     *
     * @param passphrase that seals them; without one they are written as they are
     * @throws IOException when the file exists or cannot be written
     * @throws IllegalArgumentException when they are no BIP 39 words
     */
    public static void create(Path file, Secret words, Optional<Secret> passphrase, SecureRandom random)
            throws IOException {
        WalletSeed.ofWords(words.reveal(), "").close();
        String line = passphrase
                .map(secret -> SealedText.seal(words.reveal(), secret.reveal().toCharArray(), random))
                .orElseGet(words::reveal);
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw isEmpty(file)
                    ? new FileAlreadyExistsException(file.toString(), null, "is empty: remove it if no seed was kept")
                    : new FileAlreadyExistsException(file.toString());
        }
        // The file has its words as soon as it has its name.
        byte[] tail = new byte[8];
        random.nextBytes(tail);
        Path draft =
                file.resolveSibling(file.getFileName() + "." + HexFormat.of().formatHex(tail) + ".draft");
        try {
            write(draft, line);
            name(draft, file);
        } finally {
            Files.deleteIfExists(draft);
        }
        if (directory != null) {
            try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
                names.force(true);
            }
        }
    }

    private static void write(Path draft, String line) throws IOException {
        try (FileChannel channel =
                FileChannel.open(draft, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW), OWNER_ONLY)) {
            ByteBuffer text = StandardCharsets.US_ASCII.encode(line + "\n");
            while (text.hasRemaining()) {
                channel.write(text);
            }
            channel.force(true);
        }
    }

    /** A link fails when the name is taken, where a rename would replace what has it; not every file system has links. */
    private static void name(Path draft, Path file) throws IOException {
        try {
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.move(draft, file);
        }
    }

    private static boolean isEmpty(Path file) throws IOException {
        return Files.isRegularFile(file) && Files.size(file) == 0;
    }

    /**
     * The words of a file.
     *
     * @param passphrase for a sealed file
     * @throws IllegalArgumentException when the file is missing, open to others, sealed by another passphrase, or does
     *     not hold BIP 39 words
     */
    public static Secret words(Path file, Optional<Secret> passphrase) {
        String line;
        try {
            line = SecretFile.read(file).reveal();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": expected " + e.getMessage(), e);
        }
        if (!line.startsWith(SealedText.PREFIX)) {
            return Secret.of(line);
        }
        Secret secret = passphrase.orElseThrow(
                () -> new IllegalArgumentException(file + ": is sealed; expected its passphrase too"));
        return SealedText.open(line, secret.reveal().toCharArray())
                .map(Secret::of)
                .orElseThrow(() -> new IllegalArgumentException(file + ": expected the passphrase it was sealed with"));
    }

    /** The seed of a file; throws as {@link #words} does. */
    public static WalletSeed read(Path file, Optional<Secret> passphrase) {
        try {
            return WalletSeed.ofWords(words(file, passphrase).reveal(), "");
        } catch (IllegalArgumentException e) {
            String problem = String.valueOf(e.getMessage());
            throw new IllegalArgumentException(
                    problem.startsWith(file.toString())
                            ? problem
                            : file + ": expected BIP 39 words whose checksum is right");
        }
    }

    /** Whether a file is sealed by a passphrase. */
    public static boolean isSealed(Path file) {
        return SecretFile.read(file).reveal().startsWith(SealedText.PREFIX);
    }
}
