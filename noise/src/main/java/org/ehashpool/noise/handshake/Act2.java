package org.ehashpool.noise.handshake;

import org.ehashpool.noise.certificate.Certificate;
import org.ehashpool.noise.curve.Secp256k1;
import org.ehashpool.noise.transport.CipherState;

/**
 * The layout of act 2: ephemeral key, encrypted static key, encrypted certificate (4.5.2).
 *
 * <p>The specification's "170 bytes" is from before keys were ElligatorSwift-encoded; its own table adds up to 234.
 */
final class Act2 {
    static final int ENCRYPTED_STATIC_KEY = Secp256k1.ENCODING_LENGTH;
    static final int ENCRYPTED_CERTIFICATE = ENCRYPTED_STATIC_KEY + Secp256k1.ENCODING_LENGTH + CipherState.TAG_LENGTH;
    static final int LENGTH = ENCRYPTED_CERTIFICATE + Certificate.LENGTH + CipherState.TAG_LENGTH;

    private Act2() {}
}
