package org.ehashpool.cashu.token;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.ehashpool.cashu.amount.Amount;

/**
 * A token.
 *
 * @param parts each of one mint; version 4 has exactly one
 * @param unit for people; a proof's unit is its keyset's
 * @param memo for people
 */
public record Token(List<Part> parts, Optional<String> unit, Optional<String> memo) {
    public Token {
        parts = List.copyOf(parts);
    }

    /**
     * The proofs of one mint.
     *
     * @param mint its URL, without slashes at the end
     */
    public record Part(String mint, List<TokenProof> proofs) {
        public Part {
            mint = withoutSlashes(mint);
            proofs = List.copyOf(proofs);
        }

        /** NUT-00: "The mint URL MUST be normalized by stripping any trailing slashes". */
        private static String withoutSlashes(String url) {
            int end = url.length();
            while (end > 0 && url.charAt(end - 1) == '/') {
                end--;
            }
            return url.substring(0, end);
        }
    }

    /** What all proofs are worth; empty if that is above 2^64 − 1. */
    public Optional<Amount> amount() {
        Collection<Amount> amounts = parts.stream()
                .flatMap(part -> part.proofs().stream())
                .map(TokenProof::amount)
                .toList();
        return Amount.sum(amounts);
    }
}
