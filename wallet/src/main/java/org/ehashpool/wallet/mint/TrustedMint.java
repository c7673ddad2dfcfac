package org.ehashpool.wallet.mint;

import java.util.Optional;
import org.ehashpool.cashu.point.PublicKey;

/**
 * A mint whose ecash the wallet takes.
 *
 * @param publicKey what its information has to name; without it, what it named first
 */
public record TrustedMint(MintUrl url, Optional<PublicKey> publicKey) {

    /**
     * Of {@code URL} or {@code URL#PUBLIC-KEY}.
     *
     * @throws IllegalArgumentException saying what was expected
     */
    public static TrustedMint parse(String text) {
        int hash = text.indexOf('#');
        return hash < 0
                ? new TrustedMint(new MintUrl(text), Optional.empty())
                : new TrustedMint(
                        new MintUrl(text.substring(0, hash)), Optional.of(PublicKey.parse(text.substring(hash + 1))));
    }
}
