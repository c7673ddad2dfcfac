package org.ehashpool.kit.stats.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file of records, in ascending order. */
final class Segment {
    private static final String SUFFIX = ".events";

    private final Path file;
    private final FileChannel channel;
    private long last;
    private long count;
    private long size;

    private Segment(Path file, FileChannel channel, long last, long count, long size) {
        this.file = file;
        this.channel = channel;
        this.last = last;
        this.count = count;
        this.size = size;
    }

    /** A new one whose first record will be the given one. */
    static Segment create(Path directory, long first) throws IOException {
        Path file = directory.resolve(String.format("%020d%s", first, SUFFIX));
        return new Segment(
                file,
                FileChannel.open(
                        file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
                0,
                0,
                0);
    }

    static boolean isSegment(Path file) {
        return file.getFileName().toString().endsWith(SUFFIX);
    }

    /** One that is there, cut after its last sound record; empty, and deleted, if it has none. */
    static Optional<Segment> recover(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            ByteBuffer content = read(channel, 0, Math.toIntExact(channel.size()));
            long last = 0;
            long count = 0;
            @Nullable SpoolRecord next = SpoolRecord.read(content);
            while (next != null && next.seq() > last) {
                last = next.seq();
                count++;
                next = SpoolRecord.read(content);
            }
            int sound = next == null ? content.position() : content.position() - next.size();
            channel.truncate(sound);
            Segment segment = new Segment(file, channel, last, count, sound);
            if (sound == 0) {
                segment.delete();
                return Optional.empty();
            }
            return Optional.of(segment);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** All or, when it fails, none of them. */
    void append(List<SpoolRecord> records) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(records.stream().mapToInt(SpoolRecord::size).sum());
        records.forEach(record -> record.write(bytes));
        bytes.flip();
        long position = size;
        try {
            while (bytes.hasRemaining()) {
                position += channel.write(bytes, position);
            }
        } catch (IOException e) {
            channel.truncate(size);
            throw e;
        }
        size = position;
        count += records.size();
        last = records.getLast().seq();
    }

    /** Bytes from the offset: of whole records at least one, if there is one and the offset is where a record begins. */
    ByteBuffer read(long offset, int atMost) throws IOException {
        long left = size - offset;
        if (left <= 0) {
            return ByteBuffer.allocate(0);
        }
        ByteBuffer first = read(channel, offset, (int) Math.min(left, Integer.BYTES));
        int whole = SpoolRecord.HEADER_LENGTH + first.getInt();
        return read(channel, offset, (int) Math.min(left, Math.max(whole, atMost)));
    }

    private static ByteBuffer read(FileChannel channel, long offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        int count = 0;
        while (bytes.hasRemaining() && count >= 0) {
            count = channel.read(bytes, offset + bytes.position());
        }
        return bytes.flip();
    }

    /** How many of its records are after the given number, if none between them is missing; never more than there are. */
    long countAfter(long seq) {
        return Math.max(0, Math.min(count, last - seq));
    }

    long last() {
        return last;
    }

    long size() {
        return size;
    }

    void sync() throws IOException {
        channel.force(false);
    }

    void close() throws IOException {
        channel.close();
    }

    void delete() throws IOException {
        channel.close();
        Files.deleteIfExists(file);
    }
}
