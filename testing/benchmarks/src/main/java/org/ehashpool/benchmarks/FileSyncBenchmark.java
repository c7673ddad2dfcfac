package org.ehashpool.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** As many bytes as a commit of the share ledger logs, written to a file and synced. */
@Elapsed
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1, timeUnit = TimeUnit.SECONDS)
@Measurement(iterations = 5, time = 1, timeUnit = TimeUnit.SECONDS)
@Fork(1)
public class FileSyncBenchmark {
    private static final int BYTES_PER_SHARE = 300;
    private static final long LARGEST = 1L << 28;

    private final ByteBuffer bytes = ByteBuffer.allocateDirect(ShareLedgerBenchmark.BATCH * BYTES_PER_SHARE);
    private @Nullable Path path;
    private @Nullable FileChannel channel;

    /** Makes the file. */
    @Setup
    public void open() throws IOException {
        Path made = Files.createTempFile("sync", ".bin");
        path = made;
        channel = FileChannel.open(made, StandardOpenOption.WRITE);
    }

    /** Writes and syncs, by the share. */
    @Benchmark
    @OperationsPerInvocation(ShareLedgerBenchmark.BATCH)
    public int write() throws IOException {
        FileChannel file = Objects.requireNonNull(channel, "open() comes first");
        if (file.position() > LARGEST) {
            file.position(0);
        }
        bytes.clear();
        int written = file.write(bytes);
        file.force(false);
        return written;
    }

    /** Removes the file. */
    @TearDown
    public void close() throws IOException {
        Objects.requireNonNull(channel).close();
        Files.delete(Objects.requireNonNull(path));
    }
}
