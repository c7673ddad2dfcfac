package org.ehashpool.cashu.quote;

import java.util.List;
import java.util.Optional;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.point.SecretKey;

/**
 * The signatures with which a locked quote's owner mints from it (NUT-20). In a batch (NUT-29) each quote's signature
 * covers its own id and all of the outputs.
 */
public final class QuoteSignatures {

    private QuoteSignatures() {}

    /**
     * Signs for outputs, in the form that is current.
     *
     * @param quote the quote's id, as the mint wrote it
     * @param outputs all of the request's, in its order
     * @param randomness 32 fresh random bytes
     * @return 128 hexadecimal digits
     */
    public static String sign(String quote, List<BlindedMessage> outputs, SecretKey key, byte[] randomness) {
        return Signatures.sign(QuoteMessage.CURRENT.of(quote, outputs), key, randomness);
    }

    /** Signs as mints from before the current form want it. */
    public static String signLegacy(String quote, List<BlindedMessage> outputs, SecretKey key, byte[] randomness) {
        return Signatures.sign(QuoteMessage.LEGACY.of(quote, outputs), key, randomness);
    }

    /**
     * Whether the key has signed for these outputs, in the current form or the one before.
     *
     * @param signature hexadecimal digits; anything else is no signature
     */
    public static boolean verify(String quote, List<BlindedMessage> outputs, PublicKey key, String signature) {
        Optional<byte[]> bytes = Signatures.parse(signature);
        return bytes.isPresent()
                && (Signatures.verify(QuoteMessage.CURRENT.of(quote, outputs), key, bytes.get())
                        || Signatures.verify(QuoteMessage.LEGACY.of(quote, outputs), key, bytes.get()));
    }
}
