package org.ehashpool.benchmarks;

import java.util.concurrent.TimeUnit;
import org.ehashpool.noise.NoiseException;
import org.ehashpool.noise.handshake.AwaitingAct2;
import org.ehashpool.noise.handshake.Established;
import org.ehashpool.noise.handshake.Responder;
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

/** The handshake, each role for itself and both together, with fresh ephemeral keys and one certificate. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 7, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class HandshakeBenchmark {
    private static final long NOW = HandshakeParties.NOW;

    /** The curve's implementation. */
    @Param({"native", "java"})
    public String curve = "";

    private HandshakeParties parties = new HandshakeParties("java", 0);

    /** Makes the keys. */
    @Setup
    public void prepare() {
        parties = new HandshakeParties(curve, 0);
    }

    /** Act 1: an ephemeral key and its encoding. */
    @Benchmark
    @Limit("curve.create")
    @Published("18.7 µs")
    public AwaitingAct2 initiatorStart() {
        return parties.initiator().start();
    }

    /** Act 1 to act 2 and a session. */
    @Benchmark
    @Limit("curve.createAndTwoSecrets")
    @Goal(perSecond = 1_500, wantedPerSecond = 5_000, when = "curve=native")
    @Published("178 µs")
    public Responder.Response responder() throws NoiseException {
        return parties.responder().respond(parties.act1(), NOW);
    }

    /** Act 2 to a session: two secrets and the certificate. Act 1 is hashed again, which takes about 1 µs. */
    @Benchmark
    @Limit("curve.twoSecretsAndVerify")
    @Published("121 µs")
    public Established initiatorFinish(Prepared prepared) throws NoiseException {
        return prepared.parties.repeating().start().finish(prepared.parties.act2(), NOW);
    }

    /** Both sides, one after the other. */
    @Benchmark
    @Limit("curve.bothSides")
    @Published("317 µs")
    public Established full() throws NoiseException {
        AwaitingAct2 awaiting = parties.initiator().start();
        return awaiting.finish(parties.responder().respond(awaiting.act1(), NOW).act2(), NOW);
    }

    /** Keys for more handshakes than a run finishes. */
    @State(Scope.Thread)
    public static class Prepared {
        private static final int NATIVE = 1 << 15;
        private static final int JAVA = 1 << 12;

        private HandshakeParties parties = new HandshakeParties("java", 0);

        /** Makes the keys. */
        @Setup
        public void prepare(HandshakeBenchmark benchmark) {
            parties = new HandshakeParties(benchmark.curve, benchmark.curve.equals("native") ? NATIVE : JAVA);
        }
    }
}
