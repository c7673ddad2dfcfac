package org.ehashpool.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ehashpool.mining.server.ServerEffect;
import org.ehashpool.mining.share.ShareGate;
import org.ehashpool.sv2.message.Mining.SubmitSharesExtended;
import org.ehashpool.sv2.message.Mining.SubmitSharesStandard;
import org.ehashpool.sv2.type.Bytes;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A share from its decoded message to its acknowledgement: judged, remembered against duplicates, counted for vardiff,
 * recorded in batches. The merkle path has 11 steps, as in a full block.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 7, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class ShareBenchmark {
    /** Shares between two acknowledgements. */
    private static final int BATCH = 64;

    private MiningFixture mining = new MiningFixture();
    private long extended;
    private long standard;
    private long sequence;

    /** A connection that has seen no share. */
    @Setup(Level.Iteration)
    public void connect() {
        mining = new MiningFixture();
        extended = mining.openExtended();
        standard = mining.openStandard();
        sequence = 0;
    }

    /** On an extended channel: coinbase, merkle path and header are hashed. */
    @Benchmark
    @Limit("jdkSha256.extendedShare")
    @Goal(perSecond = 100_000)
    public List<ServerEffect> extended() {
        sequence++;
        byte[] extranonce = new byte[Long.BYTES];
        for (int i = 0; i < extranonce.length; i++) {
            extranonce[i] = (byte) (sequence >>> (8 * i));
        }
        return accepted(
                extended,
                mining.channels()
                        .submit(
                                new SubmitSharesExtended(
                                        extended,
                                        sequence,
                                        mining.jobId(),
                                        7,
                                        MiningFixture.TIME,
                                        MiningFixture.VERSION,
                                        Bytes.of(extranonce)),
                                ShareGate.OPEN,
                                MiningFixture.NOW));
    }

    /** On a standard channel: the merkle root is the same for all shares, only the header is hashed. */
    @Benchmark
    @Limit("jdkSha256.standardShare")
    public List<ServerEffect> standard() {
        sequence++;
        return accepted(
                standard,
                mining.channels()
                        .submit(
                                new SubmitSharesStandard(
                                        standard,
                                        sequence,
                                        mining.jobId(),
                                        sequence,
                                        MiningFixture.TIME,
                                        MiningFixture.VERSION),
                                ShareGate.OPEN,
                                MiningFixture.NOW));
    }

    private List<ServerEffect> accepted(long channel, List<ServerEffect> effects) {
        if (!(effects.getFirst() instanceof ServerEffect.ShareAccepted)) {
            throw new IllegalStateException("not accepted: " + effects);
        }
        return sequence % BATCH == 0 ? mining.channels().recorded(channel, BATCH) : effects;
    }
}
