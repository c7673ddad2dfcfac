package org.ehashpool.benchmarks;

import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.ehashpool.noise.NoiseException;
import org.ehashpool.noise.Secret;
import org.ehashpool.noise.certificate.AuthorityKeyPair;
import org.ehashpool.noise.certificate.CertificateVerifier;
import org.ehashpool.noise.curve.EllSwiftKeyPair;
import org.ehashpool.noise.curve.Secp256k1;
import org.ehashpool.noise.handshake.Initiator;
import org.ehashpool.noise.handshake.KeySource;
import org.ehashpool.noise.handshake.Responder;
import org.ehashpool.noise.handshake.ServerAuthentication;
import org.ehashpool.noise.handshake.ServerIdentity;

/** A server with a certificate, and clients that hold it to its authority. */
final class HandshakeParties {
    /** Seconds since the epoch. */
    static final long NOW = 1_800_000_000L;

    private final Secp256k1 curve;
    private final Initiator initiator;
    private final Initiator repeating;
    private final Responder responder;
    private final Secret repeatedSecret;
    private final byte[] act1;
    private final byte[] act2;
    private final Queue<EllSwiftKeyPair> repeated = new ArrayDeque<>();

    /** With keys for so many handshakes of {@link #repeating} made beforehand. */
    HandshakeParties(String curveName, int repetitions) {
        SecureRandom random = new SecureRandom();
        curve = Curves.named(curveName, random);
        AuthorityKeyPair authority = AuthorityKeyPair.generate(curve, random);
        KeySource keys = KeySource.random(curve, random);
        responder = new Responder(
                curve,
                keys,
                ServerIdentity.issuing(
                        curve, authority, EllSwiftKeyPair.generate(curve, random), TimeUnit.DAYS.toSeconds(1), random));
        ServerAuthentication authentication = new ServerAuthentication.Pinned(
                new CertificateVerifier(authority.publicKey(), CertificateVerifier.DEFAULT_CLOCK_SKEW_SECONDS, curve));
        initiator = new Initiator(curve, keys, authentication);
        repeatedSecret = EllSwiftKeyPair.generateSecret(curve, random);
        act1 = curve.createEncoding(repeatedSecret, new byte[Secp256k1.RANDOMNESS_LENGTH]);
        try {
            act2 = responder.respond(act1, NOW).act2();
        } catch (NoiseException e) {
            throw new IllegalStateException(e);
        }
        for (int i = 0; i < repetitions; i++) {
            repeated.add(pair());
        }
        repeating = new Initiator(curve, this::next, authentication);
    }

    /** With a fresh key for each handshake. */
    Initiator initiator() {
        return initiator;
    }

    /** With one key, which it got ready-made: its act 1 is always {@link #act1}, and {@link #act2} the answer. */
    Initiator repeating() {
        return repeating;
    }

    /** With a fresh key for each handshake. */
    Responder responder() {
        return responder;
    }

    byte[] act1() {
        return act1;
    }

    byte[] act2() {
        return act2;
    }

    private EllSwiftKeyPair next() {
        EllSwiftKeyPair prepared = repeated.poll();
        return prepared == null ? pair() : prepared;
    }

    private EllSwiftKeyPair pair() {
        return EllSwiftKeyPair.of(curve, repeatedSecret.apply(Secret::copyOf), act1);
    }
}
