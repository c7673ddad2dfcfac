package org.ehashpool.mint.api.socket;

import java.util.Optional;
import java.util.Set;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.mint.quote.QuoteIds;

/**
 * One thing that can be subscribed to.
 *
 * @param kind {@link #PROOF_STATE}, a method's {@code …_mint_quote}, or {@code bolt11_melt_quote}
 * @param id in its one spelling: Y in lower-case hex, or a quote's id
 */
record Topic(String kind, String id) {

    static final String PROOF_STATE = "proof_state";
    private static final String MINT_QUOTE = "_mint_quote";
    /** Where melting is not disabled. */
    private static final String BOLT11 = "bolt11";

    private static final String BOLT11_MELT_QUOTE = "bolt11_melt_quote";

    static Topic ofProof(PublicKey y) {
        return new Topic(PROOF_STATE, y.toString());
    }

    static Topic ofQuote(String method, String id) {
        return new Topic(method + MINT_QUOTE, id);
    }

    static Topic ofMelt(String id) {
        return new Topic(BOLT11_MELT_QUOTE, id);
    }

    /** Whether a mint with those methods has things of that kind. */
    static boolean isKind(String kind, Set<String> methods) {
        return kind.equals(PROOF_STATE)
                || methods.stream().anyMatch(method -> kind.equals(method + MINT_QUOTE))
                || (methods.contains(BOLT11) && kind.equals(BOLT11_MELT_QUOTE));
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

    boolean isMelt() {
        return kind.equals(BOLT11_MELT_QUOTE);
    }

    /** Of a mint quote's kind. */
    String method() {
        return kind.substring(0, kind.length() - MINT_QUOTE.length());
    }
}
