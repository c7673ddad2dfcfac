package org.ehashpool.mint.core;

import java.security.SecureRandom;
import java.util.List;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.cashu.quote.LookupSignatures;
import org.ehashpool.cashu.quote.QuoteSignatures;

/** Signatures of quotes' owners. */
public final class Signing {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Signing() {}

    public static String forQuote(String quote, List<BlindedMessage> outputs, byte[] secretKey) {
        return QuoteSignatures.sign(quote, outputs, SecretKey.of(secretKey), randomness());
    }

    public static String forLookup(PublicKey mint, byte[] secretKey, long timestamp) {
        return LookupSignatures.sign(mint, SecretKey.of(secretKey), timestamp, randomness());
    }

    private static byte[] randomness() {
        byte[] randomness = new byte[32];
        RANDOM.nextBytes(randomness);
        return randomness;
    }
}
