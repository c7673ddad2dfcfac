package org.ehashpool.benchmarks;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The limit of {@link ShareBenchmark}: the SHA-256 calls that a share cannot do without, and nothing else. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 7, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class JdkSha256Benchmark {
    private static final int HASH = 32;
    private static final int HEADER = 80;

    /** The stripped coinbase transaction of the shares: its length, without BIP 141's marker, flag and witness. */
    static final int COINBASE = 163;

    private final MessageDigest digest;
    private final byte[] hash = new byte[HASH];
    private final byte[] pair = new byte[2 * HASH];
    private final byte[] coinbase = new byte[COINBASE];
    private final byte[] header = new byte[HEADER];

    public JdkSha256Benchmark() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Coinbase, 11 steps of the merkle path, header, each twice. */
    @Benchmark
    public byte[] extendedShare() throws DigestException {
        twice(coinbase);
        for (int step = 0; step < MiningFixture.PATH; step++) {
            System.arraycopy(hash, 0, pair, 0, HASH);
            twice(pair);
        }
        System.arraycopy(hash, 0, header, 36, HASH);
        return twice(header);
    }

    /** The header, twice. */
    @Benchmark
    public byte[] standardShare() throws DigestException {
        header[0]++;
        return twice(header);
    }

    private byte[] twice(byte[] source) throws DigestException {
        digest.update(source, 0, source.length);
        digest.digest(hash, 0, HASH);
        digest.update(hash, 0, HASH);
        digest.digest(hash, 0, HASH);
        return hash;
    }
}
