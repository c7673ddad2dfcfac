package org.ehashpool.kit.stats.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is not acknowledged yet, of this boot and of earlier ones, within a limit. Safe for use by several threads. */
public final class Spool implements AutoCloseable {
    private static final Pattern BOOT = Pattern.compile("([0-9]{10})-([0-9a-f]{32})");
    private static final int SEGMENTS = 16;
    private static final long LARGEST_SEGMENT = 4 << 20;

    private final long limit;
    private final FileChannel lock;
    private final Deque<BootLog> boots = new ArrayDeque<>();
    private final BootLog current;
    private long dropped;
    private long lastAppended;

    private Spool(Path directory, String bootId, long limit, FileChannel lock) throws IOException {
        this.limit = limit;
        this.lock = lock;
        long number = 0;
        List<Path> found;
        try (Stream<Path> listed = Files.list(directory)) {
            found = listed.sorted().toList();
        }
        for (Path boot : found) {
            Matcher name = BOOT.matcher(boot.getFileName().toString());
            if (name.matches()) {
                number = Long.parseLong(name.group(1));
                BootLog log = BootLog.recover(boot, name.group(2));
                if (log.isEmpty()) {
                    log.deleteDirectory();
                } else {
                    boots.add(log);
                }
            }
        }
        Path own = directory.resolve(String.format("%010d-%s", number + 1, bootId));
        current = new BootLog(own, bootId, Math.min(LARGEST_SEGMENT, limit / SEGMENTS));
        boots.add(current);
        shrink();
    }

    /**
     * Opens the directory, makes it if need be, and cuts what was torn.
     *
     * @param bootId what is appended belongs to, 32 hexadecimal digits
     * @param limit bytes that all events together may take; what goes beyond is dropped, the oldest first
     * @throws IOException also when another process uses the directory
     */
    public static Spool open(Path directory, String bootId, long limit) throws IOException {
        Files.createDirectories(directory);
        FileChannel lock =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (lock.tryLock() == null) {
                throw new IOException(
                        directory
                                + " is in use by another process: each process that tells needs an instance, and so a spool, of its own");
            }
            return new Spool(directory, bootId, limit, lock);
        } catch (OverlappingFileLockException e) {
            lock.close();
            throw new IOException(directory + " is in use by this process", e);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Adds events of this boot.
     *
     * @param records ascending; not empty
     * @throws IOException when none of them was kept
     */
    public synchronized void append(List<SpoolRecord> records) throws IOException {
        current.append(records);
        lastAppended = records.getLast().seq();
        shrink();
    }

    /** The number of the last event of this boot that was appended, whether or not it is here still; 0 if none was. */
    public synchronized long lastAppended() {
        return lastAppended;
    }

    /** The boot whose events are to be sent first: the oldest one that has any, or this one. */
    public synchronized String oldestBoot() {
        return boots.getFirst().bootId();
    }

    /** Events of a boot after the given number, ascending; empty if there is none. A number that is left out was dropped. */
    public synchronized List<SpoolRecord> read(String bootId, long after, int bytes) throws IOException {
        for (BootLog boot : boots) {
            if (boot.bootId().equals(bootId)) {
                return boot.read(after, bytes);
            }
        }
        return List.of();
    }

    /** Lets go of a boot's events up to and including the given one; of an earlier boot's last one, of that boot. */
    public synchronized void acknowledge(String bootId, long seq) throws IOException {
        for (BootLog boot : List.copyOf(boots)) {
            if (boot.bootId().equals(bootId)) {
                boot.acknowledge(seq, boot == current);
                forgetIfDone(boot);
            }
        }
    }

    /** Bytes on disk. */
    public synchronized long bytes() {
        return boots.stream().mapToLong(BootLog::bytes).sum();
    }

    /** How many events were dropped because all together were beyond the limit. */
    public synchronized long droppedEvents() {
        return dropped;
    }

    /** What has been appended survives a loss of power now. */
    public synchronized void sync() throws IOException {
        current.sync();
    }

    @Override
    public synchronized void close() throws IOException {
        try (lock) {
            for (BootLog boot : boots) {
                boot.close();
            }
        }
    }

    private void shrink() throws IOException {
        while (bytes() > limit) {
            BootLog oldest = boots.getFirst();
            if (oldest == current && current.segmentCount() == 1) {
                return;
            }
            dropped += oldest.dropOldest();
            forgetIfDone(oldest);
        }
    }

    private void forgetIfDone(BootLog boot) throws IOException {
        if (boot != current && boot.isEmpty()) {
            boots.remove(boot);
            boot.deleteDirectory();
        }
    }
}
