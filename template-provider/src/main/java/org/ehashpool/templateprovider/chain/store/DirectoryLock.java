package org.ehashpool.templateprovider.chain.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The one right to use a chain's directory; the kernel frees it with the process. */
final class DirectoryLock implements AutoCloseable {
    /** Closing a second descriptor would drop this process's lock: an attempt is turned away before it opens the file. */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path key;
    private final FileChannel channel;

    private DirectoryLock(Path key, FileChannel channel) {
        this.key = key;
        this.channel = channel;
    }

    static DirectoryLock acquire(Path directory) throws IOException {
        Path key = directory.toRealPath();
        if (!HELD_HERE.add(key)) {
            throw inUse(directory);
        }
        FileChannel channel = null;
        boolean locked = false;
        try {
            channel = FileChannel.open(directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            locked = lock(channel) != null;
            if (!locked) {
                throw inUse(directory);
            }
            return new DirectoryLock(key, channel);
        } finally {
            if (!locked) {
                if (channel != null) {
                    channel.close();
                }
                HELD_HERE.remove(key);
            }
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByAnotherLoader) {
            return null;
        }
    }

    private static ChainStoreException inUse(Path directory) {
        return new ChainStoreException("the chain in " + directory
                + " is in use by another process: stop it, or choose another directory (embedded_chain.directory)");
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD_HERE.remove(key);
        }
    }
}
