package org.ehashpool.noise.handshake;

import java.security.SecureRandom;
import org.ehashpool.noise.certificate.AuthorityKeyPair;
import org.ehashpool.noise.certificate.Certificate;
import org.ehashpool.noise.curve.EllSwiftKeyPair;
import org.ehashpool.noise.curve.Secp256k1;

/**
 * Who a responder is: its static key, and the certificate for it. Thread-safe.
 *
 * <p>The certificate is signed once in a while, not in every handshake.
 */
public sealed interface ServerIdentity permits ServerIdentity.Fixed, Issuing {
    /** The static key with the one encoding of it that every handshake sends, encrypted, and hashes. */
    EllSwiftKeyPair staticKey();

    /** The certificate to present now. */
    Certificate certificateAt(long nowEpochSeconds);

    /** An identity whose certificate was issued elsewhere, by an authority whose secret is not on this machine. */
    static ServerIdentity fixed(EllSwiftKeyPair staticKey, Certificate certificate) {
        return new Fixed(staticKey, certificate);
    }

    /**
     * An identity that has its certificate issued here, and again when half its validity is over. A certificate is
     * valid from ten minutes before its issue, for peers whose clocks are behind.
     *
     * @param validitySeconds from a certificate's issue to its end; also how long a stolen static key is good for
     * @throws IllegalArgumentException if the validity is not positive
     */
    static ServerIdentity issuing(
            Secp256k1 curve,
            AuthorityKeyPair authority,
            EllSwiftKeyPair staticKey,
            long validitySeconds,
            SecureRandom random) {
        return new Issuing(curve, authority, staticKey, validitySeconds, random);
    }

    /** See {@link #fixed}. */
    record Fixed(EllSwiftKeyPair staticKey, Certificate certificate) implements ServerIdentity {
        @Override
        public Certificate certificateAt(long nowEpochSeconds) {
            return certificate;
        }
    }
}
