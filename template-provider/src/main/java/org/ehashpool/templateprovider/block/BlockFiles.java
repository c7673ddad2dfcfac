package org.ehashpool.templateprovider.block;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;

/** Blocks in a directory, {@code HASH.hex}, until the node has them; those it refuses in {@code rejected}. Blocking. */
final class BlockFiles {
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}\\.hex");
    private static final int MAXIMUM_FILES = 256;
    private static final long LARGEST = 16L << 20;

    private final Path directory;
    private final Path rejected;

    BlockFiles(Path directory) {
        this.directory = directory;
        this.rejected = directory.resolve("rejected");
    }

    /** Writes a block; it is on the disk when this returns. */
    void keep(U256 hash, Bytes block) throws IOException {
        Files.createDirectories(directory);
        requireSpace(directory);
        Path part = directory.resolve(hash.toHex() + ".part");
        try (FileChannel channel = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer text = ByteBuffer.wrap((block.toHex() + "\n").getBytes(StandardCharsets.US_ASCII));
            while (text.hasRemaining()) {
                channel.write(text);
            }
            channel.force(true);
        }
        Files.move(part, file(hash), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The node has it. */
    void forget(U256 hash) throws IOException {
        Files.deleteIfExists(file(hash));
    }

    /** The node does not want it: it is for people to look at. */
    void reject(U256 hash) throws IOException {
        Files.createDirectories(rejected);
        requireSpace(rejected);
        try {
            Files.move(file(hash), rejected.resolve(hash.toHex() + ".hex"), StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException neverKept) {
            throw new NoSuchFileException(file(hash).toString(), null, "the block was not kept before");
        }
    }

    /** What an earlier run left; empty if there is no directory yet. */
    List<U256> left() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> NAME.matcher(name).matches())
                    .limit(MAXIMUM_FILES)
                    .map(name -> U256.fromHex(name.substring(0, 64)))
                    .toList();
        }
    }

    /**
     * Reads a block back.
     *
     * @throws IOException if it cannot be read, or is no block's text
     */
    Bytes read(U256 hash) throws IOException {
        if (Files.size(file(hash)) > LARGEST) {
            throw new IOException("larger than any block");
        }
        try {
            return Bytes.fromHex(
                    Files.readString(file(hash), StandardCharsets.US_ASCII).strip());
        } catch (IllegalArgumentException e) {
            throw new IOException("not hexadecimal", e);
        }
    }

    Path file(U256 hash) {
        return directory.resolve(hash.toHex() + ".hex");
    }

    private static void requireSpace(Path where) throws IOException {
        try (Stream<Path> files = Files.list(where)) {
            if (files.limit(MAXIMUM_FILES).count() == MAXIMUM_FILES) {
                throw new IOException("more than " + MAXIMUM_FILES + " files in " + where);
            }
        }
    }
}
