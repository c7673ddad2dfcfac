package org.ehashpool.benchmarks;

import fr.acinq.secp256k1.Secp256k1;
import java.util.Arrays;
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
import org.openjdk.jmh.infra.Blackhole;

/**
 * The limit of {@link EcashBenchmark}: the multiplications it cannot do without, by libsecp256k1 through its JNI binding.
 *
 * <p>Those of arbitrary points are for public numbers, in variable time, which is faster than what a mint may use.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 7, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class PointBenchmark {

    private final Secp256k1 library = Secp256k1.get();
    private final byte[] scalar = scalar();
    private final byte[] point = library.pubkeyCreate(scalar);

    private static byte[] scalar() {
        byte[] scalar = new byte[32];
        Arrays.fill(scalar, (byte) 0x5a);
        return scalar;
    }

    /** A number times the generator, in constant time. */
    @Benchmark
    public byte[] timesGenerator() {
        return library.pubkeyCreate(scalar);
    }

    /** A public number times a point. */
    @Benchmark
    public byte[] times() {
        return library.pubKeyTweakMul(point, scalar);
    }

    /** A secret number times a point, in constant time, hashed: ECDH. */
    @Benchmark
    public byte[] timesSecret() {
        return library.ecdh(scalar, point);
    }

    /** What a blind signature with its proof needs: kB_, rB_ and rG. */
    @Benchmark
    public void signature(Blackhole blackhole) {
        blackhole.consume(times());
        blackhole.consume(times());
        blackhole.consume(timesGenerator());
    }

    /** What checking a proof needs: eA, sB_, eC_ and sG. */
    @Benchmark
    public void verification(Blackhole blackhole) {
        blackhole.consume(times());
        blackhole.consume(times());
        blackhole.consume(times());
        blackhole.consume(timesGenerator());
    }
}
