package org.ehashpool.cashu.blind;

import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.point.SecretKey;

/**
 * Blind Diffie-Hellman key exchange, as NUT-00 has it: the wallet blinds Y, the mint multiplies by its key, the wallet
 * takes the blinding off.
 */
public final class Blinding {

    private Blinding() {}

    /**
     * B_ = Y + rG.
     *
     * @param y of the secret, by {@link HashToCurve}
     * @param blindingFactor r; never to be used again
     */
    public static PublicKey blind(PublicKey y, SecretKey blindingFactor) {
        return y.plus(blindingFactor.publicKey())
                .orElseThrow(() -> new IllegalArgumentException("the blinding factor belongs to the point itself"));
    }

    /** C_ = kB_. */
    public static PublicKey sign(PublicKey blinded, SecretKey mintKey) {
        return blinded.times(mintKey);
    }

    /**
     * C = C_ − rK.
     *
     * @throws IllegalArgumentException if the signature is none: C_ = rK, of no Y
     */
    public static PublicKey unblind(PublicKey signature, SecretKey blindingFactor, PublicKey mintKey) {
        return signature
                .minus(mintKey.times(blindingFactor))
                .orElseThrow(() -> new IllegalArgumentException("the blind signature signs nothing"));
    }

    /** Whether kY = C. */
    public static boolean verify(PublicKey y, PublicKey signature, SecretKey mintKey) {
        return y.times(mintKey).equals(signature);
    }
}
