package org.ehashpool.kit.stats.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The events of one boot. Used under the lock of its {@link Spool}. */
final class BootLog {
    private final Path directory;
    private final String bootId;
    private final long segmentSize;
    private final Deque<Segment> segments = new ArrayDeque<>();
    private @Nullable Segment reading;
    private long readAfter;
    private long readOffset;
    private long acknowledged;

    BootLog(Path directory, String bootId, long segmentSize) {
        this.directory = directory;
        this.bootId = bootId;
        this.segmentSize = segmentSize;
    }

    /** What an earlier process left; it is not appended to again. */
    static BootLog recover(Path directory, String bootId) throws IOException {
        BootLog log = new BootLog(directory, bootId, 0);
        List<Path> files;
        try (Stream<Path> listed = Files.list(directory)) {
            files = listed.filter(Segment::isSegment).sorted().toList();
        }
        for (Path file : files) {
            Segment.recover(file).ifPresent(log.segments::add);
        }
        return log;
    }

    String bootId() {
        return bootId;
    }

    boolean isEmpty() {
        return segments.isEmpty();
    }

    int segmentCount() {
        return segments.size();
    }

    long bytes() {
        return segments.stream().mapToLong(Segment::size).sum();
    }

    void append(List<SpoolRecord> records) throws IOException {
        @Nullable Segment active = segments.peekLast();
        if (active == null || active.size() >= segmentSize) {
            if (active != null) {
                active.sync();
            }
            Files.createDirectories(directory);
            active = Segment.create(directory, records.getFirst().seq());
            segments.add(active);
        }
        active.append(records);
    }

    /** Records after the given number, in order; at least one if there is one, and not much more than asked for. */
    List<SpoolRecord> read(long after, int bytes) throws IOException {
        List<SpoolRecord> records = new ArrayList<>();
        if (reading == null || readAfter != after || !segments.contains(reading)) {
            seek(after);
        }
        @Nullable Segment segment = reading;
        while (segment != null && records.isEmpty()) {
            ByteBuffer content = segment.read(readOffset, bytes);
            @Nullable SpoolRecord next = SpoolRecord.read(content);
            while (next != null) {
                if (next.seq() > after) {
                    records.add(next);
                }
                next = SpoolRecord.read(content);
            }
            readOffset += content.position();
            if (content.position() == 0 && !advance(segment)) {
                break;
            }
            segment = reading;
        }
        readAfter = records.isEmpty() ? after : records.getLast().seq();
        return records;
    }

    private void seek(long after) {
        readOffset = 0;
        readAfter = after;
        reading = null;
        for (Segment segment : segments) {
            if (segment.last() > after) {
                reading = segment;
                return;
            }
        }
    }

    /** To the segment after the given one; false if that is the last. */
    private boolean advance(Segment done) {
        boolean found = false;
        for (Segment segment : segments) {
            if (found) {
                reading = segment;
                readOffset = 0;
                return true;
            }
            found = segment == done;
        }
        return false;
    }

    /** Lets go of segments that hold nothing after the given number; a current boot keeps the one it appends to. */
    void acknowledge(long seq, boolean current) throws IOException {
        acknowledged = Math.max(acknowledged, seq);
        while (!segments.isEmpty()
                && segments.getFirst().last() <= seq
                && !(current && segments.size() == 1 && segments.getFirst().size() < segmentSize)) {
            segments.removeFirst().delete();
        }
    }

    /** Returns how many events are lost by that: those that were not acknowledged. */
    long dropOldest() throws IOException {
        Segment oldest = segments.removeFirst();
        oldest.delete();
        return oldest.countAfter(acknowledged);
    }

    void sync() throws IOException {
        if (!segments.isEmpty()) {
            segments.getLast().sync();
        }
    }

    void close() throws IOException {
        for (Segment segment : segments) {
            segment.close();
        }
    }

    void deleteDirectory() throws IOException {
        close();
        try (Stream<Path> left = Files.list(directory)) {
            for (Path file : left.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
