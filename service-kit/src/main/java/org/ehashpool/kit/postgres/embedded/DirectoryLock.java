package org.ehashpool.kit.postgres.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** The one right to start, stop and change what is in a {@link ServerDirectory}; the kernel frees it with its process. */
final class DirectoryLock implements AutoCloseable {

    /**
     * Closing any descriptor of a file drops all POSIX locks that this process holds on it. So a second attempt in
     * the same process has to be turned away before it opens the file.
     */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private static final int ATTEMPTS = 5;
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(100);

    private final Path key;
    private final FileChannel channel;
    private final FileLock lock;

    private DirectoryLock(Path key, FileChannel channel, FileLock lock) {
        this.key = key;
        this.channel = channel;
        this.lock = lock;
    }

    /** Empty when another owner, in this process or another one, has it. */
    static Optional<DirectoryLock> tryAcquire(ServerDirectory directory) throws IOException {
        Path key = directory.root().toRealPath();
        if (!HELD_HERE.add(key)) {
            return Optional.empty();
        }
        FileChannel channel = null;
        FileLock lock = null;
        try {
            channel = FileChannel.open(
                    directory.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            lock = channel.tryLock();
            if (lock == null) {
                return Optional.empty();
            }
            return Optional.of(new DirectoryLock(key, channel, lock));
        } finally {
            if (lock == null) {
                if (channel != null) {
                    channel.close();
                }
                HELD_HERE.remove(key);
            }
        }
    }

    /** Waits a moment, because a look at the status takes the lock for an instant; then it is somebody else's. */
    static DirectoryLock acquire(ServerDirectory directory) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<DirectoryLock> lock = tryAcquire(directory);
            if (lock.isPresent()) {
                Files.writeString(directory.ownerFile(), ProcessHandle.current().pid() + "\n");
                return lock.get();
            }
            LockSupport.parkNanos(BETWEEN_ATTEMPTS.toNanos());
        }
        throw new EmbeddedPostgresException("the directory " + directory.root() + " is in use by process "
                + ownerOf(directory) + ": stop that, or give this service another directory or a database of its own");
    }

    /** Whether somebody has it, without taking part: for people who ask. */
    static boolean isHeld(ServerDirectory directory) throws IOException {
        Optional<DirectoryLock> lock = tryAcquire(directory);
        if (lock.isEmpty()) {
            return true;
        }
        lock.get().close();
        return false;
    }

    private static String ownerOf(ServerDirectory directory) {
        try {
            return Files.readString(directory.ownerFile()).strip();
        } catch (IOException e) {
            return "(unknown: " + e.getMessage() + ")";
        }
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            lock.release();
        } finally {
            HELD_HERE.remove(key);
        }
    }
}
