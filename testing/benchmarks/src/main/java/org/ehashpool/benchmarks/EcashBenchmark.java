package org.ehashpool.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.blind.BlindSignature;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.blind.Blinding;
import org.ehashpool.cashu.blind.DleqProofs;
import org.ehashpool.cashu.blind.HashToCurve;
import org.ehashpool.cashu.curve.CurveSelection;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.cashu.proof.Proof;
import org.ehashpool.cashu.signing.SigningKeys;
import org.jspecify.annotations.Nullable;
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

/** What a mint computes for an output and for an input. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1, timeUnit = TimeUnit.SECONDS)
@Measurement(iterations = 7, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class EcashBenchmark {

    private static final Amount AMOUNT = Amount.of(8);

    /** The curve's implementation. */
    @Param({"native", "java"})
    public String curve = "";

    private @Nullable Prepared prepared;

    private record Prepared(
            SigningKeys keys, BlindedMessage message, BlindSignature signature, PublicKey key, Proof proof) {}

    /** Makes the keys. The process has one curve: it is chosen before its first use. */
    @Setup
    public void prepare() {
        System.setProperty(CurveSelection.PROPERTY, curve);
        SigningKeys keys = SigningKeys.derive(new byte[64], "hash", 0, 0, OptionalLong.empty());
        PublicKey key = keys.keyset().keys().find(AMOUNT).orElseThrow();
        String secret =
                HexFormat.of().formatHex("a secret of 32 bytes in 64 digits".getBytes(StandardCharsets.US_ASCII));
        SecretKey blindingFactor = SecretKey.parse("5a".repeat(SecretKey.LENGTH));
        BlindedMessage message =
                new BlindedMessage(AMOUNT, keys.id(), Blinding.blind(HashToCurve.of(secret), blindingFactor));
        BlindSignature signature = keys.sign(message);
        prepared = new Prepared(
                keys,
                message,
                signature,
                key,
                new Proof(AMOUNT, keys.id(), secret, Blinding.unblind(signature.point(), blindingFactor, key)));
    }

    private Prepared prepared() {
        return Objects.requireNonNull(prepared, "prepare() comes first");
    }

    /** A blind signature with its proof, from the bytes of the request. */
    @Benchmark
    @Limit("point.signature")
    @Goal(perSecond = 8_000, wantedPerSecond = 14_000, when = "curve=native")
    public BlindSignature sign() {
        Prepared given = prepared();
        return given.keys()
                .sign(new BlindedMessage(
                        AMOUNT,
                        given.keys().id(),
                        PublicKey.of(given.message().point().toBytes())));
    }

    /** An input: Y, and the mint's signature on it. */
    @Benchmark
    @Limit("point.times")
    public boolean verifyInput() {
        Proof proof = prepared().proof();
        return prepared().keys().verify(proof, proof.y());
    }

    /** Y of a secret. */
    @Benchmark
    public PublicKey hashToCurve() {
        return prepared().proof().y();
    }

    /** What a wallet computes for a blind signature: whether the published key signed. */
    @Benchmark
    @Limit("point.verification")
    public boolean verifyDleq() {
        Prepared given = prepared();
        return DleqProofs.verify(
                given.signature().dleq(),
                given.key(),
                given.message().point(),
                given.signature().point());
    }
}
