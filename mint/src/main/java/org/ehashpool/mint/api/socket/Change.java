package org.ehashpool.mint.api.socket;

import com.fasterxml.jackson.databind.JsonNode;
import org.ehashpool.mint.api.text.Texts;
import org.ehashpool.mint.restore.ProofState;
import org.ehashpool.mint.store.StoredMelt;
import org.ehashpool.mint.store.StoredQuote;

/**
 * A state of a thing.
 *
 * @param version grows with every change of the thing: whoever knows two states knows the newer
 * @param payload as it is notified
 */
record Change(Topic topic, long version, JsonNode payload) {

    static Change of(StoredQuote quote) {
        return new Change(
                Topic.ofQuote(quote.method(), quote.id().toString()),
                quote.updatedAt(),
                Texts.answer(quote).toJson());
    }

    static Change of(StoredMelt quote) {
        return new Change(
                Topic.ofMelt(quote.id().toString()),
                quote.payment().isPresent() ? 2 : 0,
                Texts.answer(quote).toJson());
    }

    /** Between unpaid and paid. */
    static Change pending(StoredMelt quote) {
        return new Change(
                Topic.ofMelt(quote.id().toString()), 1, Texts.pending(quote).toJson());
    }

    static Change of(ProofState state) {
        return new Change(
                Topic.ofProof(state.y()),
                state.spent() ? 1 : 0,
                Texts.answer(state).toJson());
    }
}
