package org.ehashpool.noise.handshake;

import org.ehashpool.noise.curve.EllSwiftKeyPair;
import org.ehashpool.noise.curve.Secp256k1;

/**
 * The side that connects. Thread-safe as its key source is; makes any number of handshakes.
 *
 * @param curve computes
 * @param ephemeralKeys gives each handshake its key
 * @param authentication what servers are held to
 */
public record Initiator(Secp256k1 curve, KeySource ephemeralKeys, ServerAuthentication authentication) {
    /** Begins a handshake: act 1 is ready to be sent (4.5.1.1). */
    public AwaitingAct2 start() {
        EllSwiftKeyPair ephemeral = ephemeralKeys.next();
        return new AwaitingAct2(curve, authentication, ephemeral);
    }
}
