package org.ehashpool.noise;

/**
 * The peer broke the protocol, or the session can carry no more: the connection must be closed.
 *
 * <p>Carries no stack trace, so that a hostile peer cannot make us pay for one.
 */
public final class NoiseException extends Exception {
    /** What went wrong, for logs and metrics. */
    public enum Reason {
        /** A handshake message of another length than its 64 or 234 bytes. */
        MALFORMED_MESSAGE,
        /** A message authentication code does not match: altered, replayed, reordered, or another key. */
        DECRYPTION_FAILED,
        /** A certificate format other than version 0. */
        UNKNOWN_CERTIFICATE_VERSION,
        /** The certificate's 64 signature bytes are no BIP 340 signature: r is no x coordinate or s is not a scalar. */
        MALFORMED_SIGNATURE,
        /** The expected authority did not sign this certificate for this static key. */
        WRONG_AUTHORITY,
        /** The certificate's validity starts later than now, beyond the tolerated clock skew. */
        CERTIFICATE_NOT_YET_VALID,
        /** The certificate's validity ended before now, beyond the tolerated clock skew. */
        CERTIFICATE_EXPIRED,
        /** All 2^64 - 1 nonces of a direction are used up. */
        NONCES_EXHAUSTED,
        /** The cipher failed before or was closed. */
        CIPHER_CLOSED
    }

    private final Reason reason;

    public NoiseException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
