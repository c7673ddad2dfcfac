package org.ehashpool.noise.certificate;

import java.math.BigInteger;
import java.util.Arrays;
import org.ehashpool.noise.NoiseException;
import org.ehashpool.noise.NoiseException.Reason;
import org.ehashpool.noise.curve.Secp256k1;

/**
 * Verifies certificates against one authority.
 *
 * @param authority whose signature is demanded
 * @param clockSkewSeconds how far the two clocks may differ: a certificate counts as valid this long before its start
 *     and after its end
 * @param curve verifies the signature
 */
public record CertificateVerifier(AuthorityPublicKey authority, int clockSkewSeconds, Secp256k1 curve) {
    /** The reference implementation's tolerance. */
    public static final int DEFAULT_CLOCK_SKEW_SECONDS = 10;

    private static final BigInteger GROUP_ORDER =
            new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

    /** @throws IllegalArgumentException if the skew is negative */
    public CertificateVerifier {
        if (clockSkewSeconds < 0) {
            throw new IllegalArgumentException("clock skew must not be negative: " + clockSkewSeconds);
        }
    }

    /**
     * Accepts the certificate for this static key now, or says why not.
     *
     * <p>The signature comes before the dates, which mean nothing without it. A certificate does not name its
     * authority, so a signature that does not verify says that this authority did not sign this certificate for this
     * key, not which of the three is another.
     *
     * @param serverKey the x coordinate of the static key that the server proved to hold
     * @throws NoiseException {@code UNKNOWN_CERTIFICATE_VERSION}, {@code MALFORMED_SIGNATURE},
     *     {@code WRONG_AUTHORITY}, {@code CERTIFICATE_NOT_YET_VALID} or {@code CERTIFICATE_EXPIRED}
     */
    public void verify(Certificate certificate, XOnlyPublicKey serverKey, long nowEpochSeconds) throws NoiseException {
        if (certificate.version() != Certificate.VERSION) {
            throw new NoiseException(
                    Reason.UNKNOWN_CERTIFICATE_VERSION,
                    "certificate version " + certificate.version() + ", expected " + Certificate.VERSION);
        }
        if (!isWellFormed(certificate.signature())) {
            throw new NoiseException(Reason.MALFORMED_SIGNATURE, "the certificate's signature is no BIP 340 signature");
        }
        if (!certificate.isSignedBy(authority, serverKey, curve)) {
            throw new NoiseException(
                    Reason.WRONG_AUTHORITY, "authority " + authority + " did not sign the server's certificate");
        }
        Validity validity = certificate.validity();
        if (nowEpochSeconds + clockSkewSeconds < validity.from()) {
            throw new NoiseException(
                    Reason.CERTIFICATE_NOT_YET_VALID,
                    "the certificate is valid from " + validity.from() + ", now is " + nowEpochSeconds);
        }
        if (nowEpochSeconds - clockSkewSeconds > validity.until()) {
            throw new NoiseException(
                    Reason.CERTIFICATE_EXPIRED,
                    "the certificate was valid until " + validity.until() + ", now is " + nowEpochSeconds);
        }
    }

    private boolean isWellFormed(byte[] signature) {
        byte[] r = Arrays.copyOf(signature, Secp256k1.X_ONLY_LENGTH);
        BigInteger s = new BigInteger(1, signature, r.length, signature.length - r.length);
        return curve.isXOnlyPublicKey(r) && s.compareTo(GROUP_ORDER) < 0;
    }
}
