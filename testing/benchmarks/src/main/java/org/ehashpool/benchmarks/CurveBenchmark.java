package org.ehashpool.benchmarks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.ehashpool.noise.Secret;
import org.ehashpool.noise.curve.EllSwiftKeyPair;
import org.ehashpool.noise.curve.Role;
import org.ehashpool.noise.curve.Secp256k1;
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
import org.openjdk.jmh.infra.Blackhole;

/** The limit of {@link HandshakeBenchmark}: the operations on the curve that each step cannot do without. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 7, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class CurveBenchmark {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder())
            .withInvokeExactBehavior();

    /** The curve's implementation. */
    @Param({"native", "java"})
    public String curve = "";

    private final SecureRandom random = new SecureRandom();
    private final byte[] randomness = new byte[Secp256k1.RANDOMNESS_LENGTH];
    private Secp256k1 implementation = Curves.named("java", random);
    private EllSwiftKeyPair ours = EllSwiftKeyPair.generate(implementation, random);
    private byte[] theirs = ours.encoding();
    private byte[] encoding = ours.encoding();
    private long created;
    private byte[] publicKey = {};
    private byte[] signature = {};

    /** Makes the keys. */
    @Setup
    public void prepare() {
        implementation = Curves.named(curve, random);
        ours = EllSwiftKeyPair.generate(implementation, random);
        encoding = ours.encoding();
        theirs = EllSwiftKeyPair.generate(implementation, random).encoding();
        publicKey = implementation.xOnlyPublicKey(ours.secret());
        signature = implementation.sign(ours.secret(), publicKey, randomness);
    }

    /** One ElligatorSwift key. How many candidates are tried depends on the randomness: it is another each time. */
    @Benchmark
    public byte[] create() {
        LONG.set(randomness, 0, ++created);
        return implementation.createEncoding(ours.secret(), randomness);
    }

    /** One ECDH. */
    @Benchmark
    public Secret secret() {
        return implementation.sharedSecret(ours.secret(), theirs, encoding, Role.RESPONDER);
    }

    /** One BIP 340 signature. */
    @Benchmark
    public boolean verify() {
        return implementation.verify(publicKey, publicKey, signature);
    }

    /** What a responder needs. */
    @Benchmark
    public void createAndTwoSecrets(Blackhole blackhole) {
        blackhole.consume(create());
        blackhole.consume(secret());
        blackhole.consume(secret());
    }

    /** What an initiator needs to finish. */
    @Benchmark
    public void twoSecretsAndVerify(Blackhole blackhole) {
        blackhole.consume(secret());
        blackhole.consume(secret());
        blackhole.consume(implementation.decode(theirs));
        blackhole.consume(verify());
    }

    /** What both need from beginning to end. */
    @Benchmark
    public void bothSides(Blackhole blackhole) {
        blackhole.consume(create());
        createAndTwoSecrets(blackhole);
        twoSecretsAndVerify(blackhole);
    }
}
