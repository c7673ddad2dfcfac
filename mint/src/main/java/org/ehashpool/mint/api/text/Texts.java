package org.ehashpool.mint.api.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.ehashpool.cashu.json.MeltMessages.MeltAnswer;
import org.ehashpool.cashu.json.MeltMessages.MeltState;
import org.ehashpool.cashu.json.QuoteMessages.QuoteAnswer;
import org.ehashpool.cashu.json.StateMessages.SpentState;
import org.ehashpool.cashu.json.StateMessages.StateEntry;
import org.ehashpool.cashu.quote.QuoteCounters;
import org.ehashpool.mint.quote.QuoteIds;
import org.ehashpool.mint.restore.ProofState;
import org.ehashpool.mint.store.StoredMelt;
import org.ehashpool.mint.store.StoredQuote;

/** Quotes, their ids and proofs' states, as wallets read and write them. */
public final class Texts {

    private Texts() {}

    /** A quote as it is answered and notified of. */
    public static QuoteAnswer answer(StoredQuote quote) {
        return new QuoteAnswer(
                quote.id().toString(),
                quote.method(),
                quote.request(),
                quote.unit(),
                quote.amount(),
                quote.expiry(),
                quote.lockingKey(),
                new QuoteCounters(quote.paid(), quote.issued(), quote.updatedAt()));
    }

    /** A melt quote as it is answered and notified of. */
    public static MeltAnswer answer(StoredMelt quote) {
        return melt(quote, quote.payment().isPresent() ? MeltState.PAID : MeltState.UNPAID);
    }

    /** The notice that a melt quote is being paid. */
    public static MeltAnswer pending(StoredMelt quote) {
        return melt(quote, MeltState.PENDING);
    }

    private static MeltAnswer melt(StoredMelt quote, MeltState state) {
        Optional<StoredMelt.Payment> shown = state == MeltState.PAID ? quote.payment() : Optional.empty();
        return new MeltAnswer(
                quote.id().toString(),
                quote.request(),
                quote.unit(),
                quote.amount(),
                quote.feeReserve(),
                state,
                OptionalLong.of(quote.expiry()),
                shown.map(StoredMelt.Payment::preimage),
                shown.map(StoredMelt.Payment::change));
    }

    /** A proof's state as it is answered and notified of. */
    public static StateEntry answer(ProofState state) {
        return new StateEntry(state.y(), state.spent() ? SpentState.SPENT : SpentState.UNSPENT, state.witness());
    }

    /** The ids; empty when one of them cannot be of this mint. */
    public static Optional<List<UUID>> ids(List<String> texts) {
        List<UUID> ids = new ArrayList<>(texts.size());
        for (String text : texts) {
            Optional<UUID> id = QuoteIds.parse(text);
            if (id.isEmpty()) {
                return Optional.empty();
            }
            ids.add(id.get());
        }
        return Optional.of(ids);
    }
}
