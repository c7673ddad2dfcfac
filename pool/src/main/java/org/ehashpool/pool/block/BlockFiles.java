package org.ehashpool.pool.block;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;

/**
 * Found blocks in a directory: {@code HASH.json} is the record, {@code HASH.hex} the whole block as submitblock wants it.
 * What a method wrote has reached the disk when it returns. Blocks its thread: not for event loops.
 */
final class BlockFiles {
    private static final String RECORD = ".json";
    private static final String WHOLE = ".hex";
    private static final int MAX_RECORD_BYTES = 1 << 16;

    private final Path directory;
    private final BlockEvents events;

    BlockFiles(Path directory, BlockEvents events) {
        this.directory = directory;
        this.events = events;
    }

    /**
     * Makes the directory, and reads the latest records in it.
     *
     * @param most how many
     * @return the newest last
     */
    List<BlockRecord> load(int most) throws IOException {
        Files.createDirectories(directory);
        PriorityQueue<BlockRecord> latest = new PriorityQueue<>(Comparator.comparing(BlockRecord::foundAt));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + RECORD)) {
            for (Path file : files) {
                read(file, latest);
                if (latest.size() > most) {
                    latest.poll();
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        List<BlockRecord> records = new ArrayList<>(latest);
        records.sort(Comparator.comparing(BlockRecord::foundAt));
        return records;
    }

    private void read(Path file, PriorityQueue<BlockRecord> records) throws IOException {
        if (Files.size(file) > MAX_RECORD_BYTES) {
            events.recordUnreadable(file);
            return;
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        BlockRecord.parse(text).ifPresentOrElse(records::add, () -> events.recordUnreadable(file));
    }

    /** Writes a record, in place of an older one of its block. */
    void write(BlockRecord block) throws IOException {
        write(block.hash().toHex() + RECORD, (block.toJson().encodePrettily() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Where a whole block is, if it is. */
    Path whole(U256 hash) {
        return directory.resolve(hash.toHex() + WHOLE).toAbsolutePath();
    }

    /** Writes a whole block. */
    void write(U256 hash, Bytes block) throws IOException {
        write(hash.toHex() + WHOLE, (block.toHex() + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private void write(String name, byte[] content) throws IOException {
        Path partial = directory.resolve(name + ".part");
        try (FileChannel file = FileChannel.open(
                partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(true);
        }
        Path place = directory.resolve(name);
        try {
            Files.move(partial, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(partial, place, StandardCopyOption.REPLACE_EXISTING);
        }
        // The new name is durable when its directory is.
        try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
