package org.ehashpool.benchmarks;

import java.util.concurrent.TimeUnit;
import org.ehashpool.sv2.message.Message;
import org.ehashpool.sv2.message.Mining.NewExtendedMiningJob;
import org.ehashpool.sv2.message.Mining.SubmitSharesExtended;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The limit of {@link CodecBenchmark}: two messages by hand. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 150, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 7, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class HandWrittenBenchmark {
    /** The record's name behind its chapter's. */
    @Param({"Mining.SubmitSharesExtended", "Mining.NewExtendedMiningJob"})
    public String message = "";

    private Message value = TypicalMessages.of("Mining.SubmitSharesExtended");
    private byte[] payload = {};

    /** Encodes it once. */
    @Setup
    public void prepare() {
        value = TypicalMessages.of(message);
        payload = encode();
    }

    /** To a new array. */
    @Benchmark
    public byte[] encode() {
        return switch (value) {
            case SubmitSharesExtended share -> HandWrittenCodec.encode(share);
            case NewExtendedMiningJob job -> HandWrittenCodec.encode(job);
            default -> throw new IllegalStateException(message);
        };
    }

    /** To a message that shares no memory with the array. */
    @Benchmark
    public Message decode() {
        return value instanceof SubmitSharesExtended
                ? HandWrittenCodec.decodeShare(payload)
                : HandWrittenCodec.decodeJob(payload);
    }
}
