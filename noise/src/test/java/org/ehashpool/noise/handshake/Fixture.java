package org.ehashpool.noise.handshake;

import static org.ehashpool.noise.Vectors.hex;

import org.ehashpool.noise.Secret;
import org.ehashpool.noise.certificate.AuthorityKeyPair;
import org.ehashpool.noise.certificate.Certificate;
import org.ehashpool.noise.certificate.CertificateVerifier;
import org.ehashpool.noise.certificate.Validity;
import org.ehashpool.noise.certificate.XOnlyPublicKey;
import org.ehashpool.noise.curve.EllSwiftKeyPair;
import org.ehashpool.noise.curve.Secp256k1;

/** Two parties with fixed keys: every run gives the same bytes. */
record Fixture(Secp256k1 curve) {
    static final long FROM = 1_700_000_000;
    static final long UNTIL = 1_700_003_600;
    static final long NOW = FROM + 60;
    static final int SKEW = 10;

    static byte[] repeated(int value) {
        return hex("%02x".formatted(value).repeat(32));
    }

    /** Secret {@code value} repeated, encoded with the next value repeated as randomness. */
    EllSwiftKeyPair pair(int value) {
        return pair(value, repeated(value));
    }

    /** As above, in an array whose end the caller watches. */
    EllSwiftKeyPair pair(int value, byte[] secret) {
        byte[] encoding = curve.createEncoding(Secret.copyOf(repeated(value)), repeated(value + 1));
        return EllSwiftKeyPair.of(curve, Secret.owning(secret), encoding);
    }

    AuthorityKeyPair authority() {
        return AuthorityKeyPair.of(curve, Secret.owning(repeated(0x71)));
    }

    EllSwiftKeyPair staticKey() {
        return pair(0x51);
    }

    Certificate certificate(AuthorityKeyPair authority) {
        byte[] serverKey = curve.xOnlyPublicKey(staticKey().secret());
        return authority.issue(XOnlyPublicKey.of(serverKey), new Validity(FROM, UNTIL), repeated(0x73));
    }

    ServerIdentity identity() {
        return ServerIdentity.fixed(staticKey(), certificate(authority()));
    }

    Responder responder() {
        return new Responder(curve, () -> pair(0x31), identity());
    }

    Initiator initiator() {
        return new Initiator(curve, () -> pair(0x11), pinned());
    }

    ServerAuthentication pinned() {
        return new ServerAuthentication.Pinned(
                new CertificateVerifier(authority().publicKey(), SKEW, curve));
    }
}
