package org.ehashpool.benchmarks.mint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/** The limit of everything that is to survive a power cut: how often in a second a disk can be told to keep 8 KiB. */
public final class DurableWrites {
    private static final int PAGE = 8 << 10;
    private static final int FILE_PAGES = 256;
    private static final long TIME = TimeUnit.SECONDS.toNanos(2);

    private DurableWrites() {}

    /** Overwrites pages of a file one by one, each followed by fdatasync. */
    public static double perSecond(Path directory) throws IOException {
        Path file = Files.createTempFile(directory.toAbsolutePath(), "fdatasync", ".tmp");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer page = ByteBuffer.allocateDirect(PAGE);
            for (int i = 0; i < FILE_PAGES; i++) {
                channel.write(page.rewind(), (long) i * PAGE);
            }
            channel.force(true);
            long began = System.nanoTime();
            int count = 0;
            while (System.nanoTime() - began < TIME) {
                channel.write(page.rewind(), (long) (count % FILE_PAGES) * PAGE);
                channel.force(false);
                count++;
            }
            return count * (double) TimeUnit.SECONDS.toNanos(1) / (System.nanoTime() - began);
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
