package org.ehashpool.noise.certificate;

import java.util.Arrays;
import org.ehashpool.noise.curve.Secp256k1;

/**
 * The public key of a pool's authority, which miners pin (4.7).
 *
 * <p>In text: base58check of the version, U16 1 in little-endian, and the 32 bytes of the x-only key.
 */
public record AuthorityPublicKey(XOnlyPublicKey key) {
    private static final int VERSION = 1;
    private static final int VERSION_LENGTH = 2;

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException that says what is wrong: a character, the checksum, the length, the version, or
     *     that the key is on no point of the curve
     */
    public static AuthorityPublicKey parse(String text, Secp256k1 curve) {
        byte[] decoded;
        try {
            decoded = Base58Check.decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("authority public key: " + e.getMessage(), e);
        }
        if (decoded.length != VERSION_LENGTH + Secp256k1.X_ONLY_LENGTH) {
            throw new IllegalArgumentException("authority public key: " + decoded.length
                    + " bytes, expected 34: a 2-byte version and a 32-byte key");
        }
        int version = (decoded[0] & 0xff) | (decoded[1] & 0xff) << 8;
        if (version != VERSION) {
            throw new IllegalArgumentException("authority public key: version " + version + ", expected " + VERSION);
        }
        byte[] key = Arrays.copyOfRange(decoded, VERSION_LENGTH, decoded.length);
        if (!curve.isXOnlyPublicKey(key)) {
            throw new IllegalArgumentException("authority public key: no point of secp256k1 has this x coordinate");
        }
        return new AuthorityPublicKey(XOnlyPublicKey.of(key));
    }

    /** The text form. */
    @Override
    public String toString() {
        byte[] versioned = new byte[VERSION_LENGTH + Secp256k1.X_ONLY_LENGTH];
        versioned[0] = VERSION;
        System.arraycopy(key.bytes(), 0, versioned, VERSION_LENGTH, Secp256k1.X_ONLY_LENGTH);
        return Base58Check.encode(versioned);
    }
}
