package org.ehashpool.benchmarks;

import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.ehashpool.noise.NoiseException;
import org.ehashpool.noise.certificate.AuthorityKeyPair;
import org.ehashpool.noise.certificate.CertificateVerifier;
import org.ehashpool.noise.curve.EllSwiftKeyPair;
import org.ehashpool.noise.curve.Secp256k1;
import org.ehashpool.noise.handshake.AwaitingAct2;
import org.ehashpool.noise.handshake.Established;
import org.ehashpool.noise.handshake.Initiator;
import org.ehashpool.noise.handshake.KeySource;
import org.ehashpool.noise.handshake.Responder;
import org.ehashpool.noise.handshake.ServerAuthentication;
import org.ehashpool.noise.handshake.ServerIdentity;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class HandshakeBenchmark {
    private static final long NOW = 1_800_000_000L;

    /** The curve's implementation. */
    @Param({"native", "java"})
    public String curve = "";

    private final Parties parties = new Parties();

    /** Makes the keys. */
    @Setup
    public void prepare() {
        parties.meet(curve);
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
        return parties.responder().respond(parties.act1, NOW);
    }

    /** Act 2 to a session: two secrets and the certificate. */
    @Benchmark
    @Limit("curve.twoSecretsAndVerify")
    @Published("121 µs")
    public Established initiatorFinish(Answered answered) throws NoiseException {
        return answered.awaiting().finish(answered.act2, NOW);
    }

    /** Both sides, one after the other. */
    @Benchmark
    @Limit("curve.bothSides")
    @Published("317 µs")
    public Established full() throws NoiseException {
        AwaitingAct2 awaiting = parties.initiator().start();
        return awaiting.finish(parties.responder().respond(awaiting.act1(), NOW).act2(), NOW);
    }

    /** A handshake that waits for its end; a new one each time, which takes long enough for that. */
    @State(Scope.Thread)
    public static class Answered {
        private final Parties parties = new Parties();
        private AwaitingAct2 awaiting = parties.initiator().start();
        private byte[] act2 = {};

        /** Makes the keys. */
        @Setup
        public void prepare(HandshakeBenchmark benchmark) {
            parties.meet(benchmark.curve);
        }

        /** Takes the handshake to its last step. */
        @Setup(Level.Invocation)
        public void answer() throws NoiseException {
            awaiting = parties.initiator().start();
            act2 = parties.responder().respond(awaiting.act1(), NOW).act2();
        }

        AwaitingAct2 awaiting() {
            return awaiting;
        }
    }

    private static final class Parties {
        private Initiator initiator;
        private Responder responder;
        private byte[] act1;

        Parties() {
            meet("java");
        }

        void meet(String curveName) {
            SecureRandom random = new SecureRandom();
            Secp256k1 curve = Curves.named(curveName, random);
            AuthorityKeyPair authority = AuthorityKeyPair.generate(curve, random);
            KeySource keys = KeySource.random(curve, random);
            ServerIdentity identity = ServerIdentity.issuing(
                    curve, authority, EllSwiftKeyPair.generate(curve, random), TimeUnit.DAYS.toSeconds(1), random);
            responder = new Responder(curve, keys, identity);
            initiator = new Initiator(
                    curve,
                    keys,
                    new ServerAuthentication.Pinned(new CertificateVerifier(
                            authority.publicKey(), CertificateVerifier.DEFAULT_CLOCK_SKEW_SECONDS, curve)));
            act1 = initiator.start().act1();
        }

        Initiator initiator() {
            return initiator;
        }

        Responder responder() {
            return responder;
        }
    }
}
