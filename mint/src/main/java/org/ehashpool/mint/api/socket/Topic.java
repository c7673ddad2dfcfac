package org.ehashpool.mint.api.socket;

import java.util.Optional;
import java.util.Set;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.mint.quote.QuoteIds;

/**
 * One thing that can be subscribed to.
 *
 * @param kind {@link #PROOF_STATE}, or a method's {@code …_mint_quote}
 * @param id in its one spelling: Y in lower-case hex, or a quote's id
 */
record Topic(String kind, String id) {

    static final String PROOF_STATE = "proof_state";
    private static final String MINT_QUOTE = "_mint_quote";

    static Topic ofProof(PublicKey y) {
        return new Topic(PROOF_STATE, y.toString());
    }

    static Topic ofQuote(String method, String id) {
        return new Topic(method + MINT_QUOTE, id);
    }

    /** Whether a mint with those methods has things of that kind. */
    static boolean isKind(String kind, Set<String> methods) {
        return kind.equals(PROOF_STATE) || methods.stream().anyMatch(method -> kind.equals(method + MINT_QUOTE));
    }

    /** What a filter names; empty when no such thing can be. */
    static Optional<Topic> read(String kind, String filter) {
        if (!kind.equals(PROOF_STATE)) {
            return QuoteIds.parse(filter).map(id -> new Topic(kind, id.toString()));
        }
        try {
            return Optional.of(ofProof(PublicKey.parse(filter)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    boolean isProof() {
        return kind.equals(PROOF_STATE);
    }

    /** Of a quote's kind. */
    String method() {
        return kind.substring(0, kind.length() - MINT_QUOTE.length());
    }
}
