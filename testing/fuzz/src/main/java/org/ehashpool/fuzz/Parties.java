package org.ehashpool.fuzz;

import java.util.Arrays;
import org.ehashpool.noise.Secret;
import org.ehashpool.noise.certificate.AuthorityKeyPair;
import org.ehashpool.noise.certificate.Certificate;
import org.ehashpool.noise.certificate.CertificateVerifier;
import org.ehashpool.noise.certificate.Validity;
import org.ehashpool.noise.certificate.XOnlyPublicKey;
import org.ehashpool.noise.curve.EllSwiftKeyPair;
import org.ehashpool.noise.curve.Secp256k1;
import org.ehashpool.noise.handshake.Initiator;
import org.ehashpool.noise.handshake.Responder;
import org.ehashpool.noise.handshake.ServerAuthentication;
import org.ehashpool.noise.handshake.ServerIdentity;

/** An authority, a server and a client with fixed keys: the same input always means the same handshake. */
final class Parties {
    static final Secp256k1 CURVE = Curves.SELECTED;
    static final int SKEW_SECONDS = 10;

    /** Within {@link #VALIDITY}, seconds since the epoch. */
    static final long NOW = 1_800_000_000L;

    static final Validity VALIDITY = new Validity(NOW - 1_000, NOW + 1_000);

    /** Signs {@link #CERTIFICATE} and nothing else, so that whatever else it seems to have signed is forged. */
    static final AuthorityKeyPair AUTHORITY = AuthorityKeyPair.of(CURVE, secret(1));

    static final CertificateVerifier VERIFIER = new CertificateVerifier(AUTHORITY.publicKey(), SKEW_SECONDS, CURVE);
    static final XOnlyPublicKey SERVER_KEY = XOnlyPublicKey.of(CURVE.xOnlyPublicKey(secret(2)));
    static final Certificate CERTIFICATE = AUTHORITY.issue(SERVER_KEY, VALIDITY, filled(3));

    /** Holds the server to the authority. */
    static final Initiator INITIATOR = new Initiator(CURVE, () -> pair(4), new ServerAuthentication.Pinned(VERIFIER));

    private static final EllSwiftKeyPair SERVER_PAIR = pair(2);

    private Parties() {}

    /** A server with its true key, presenting that certificate. */
    static Responder responder(Certificate certificate) {
        return new Responder(CURVE, () -> pair(5), ServerIdentity.fixed(SERVER_PAIR, certificate));
    }

    private static EllSwiftKeyPair pair(int number) {
        Secret secret = secret(number);
        return EllSwiftKeyPair.of(CURVE, secret, CURVE.createEncoding(secret, filled(number)));
    }

    static Secret secret(int number) {
        return Secret.owning(filled(number));
    }

    static byte[] filled(int value) {
        byte[] bytes = new byte[Secp256k1.SECRET_LENGTH];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
