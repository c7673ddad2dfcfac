package org.ehashpool.mint.quote;

import org.ehashpool.mint.store.StoredQuote;

/** What became of a {@link QuoteOrder}. */
public sealed interface OrderAnswer {

    /**
     * The quote exists and is paid, durably.
     *
     * @param existed whether it had been made before, for the same order
     */
    record Quoted(StoredQuote quote, boolean existed) implements OrderAnswer {}

    /** There is no quote for the order. */
    record Refused(Reason reason) implements OrderAnswer {}

    /** Why there is no quote. */
    enum Reason {
        /** The share hash has a quote with another amount, unit or key: an alarm on both sides. */
        CONFLICT(false),
        /** The mint does not issue that unit. */
        UNKNOWN_UNIT(false),
        /** The amount is 0. */
        INVALID_AMOUNT(false),
        /** The operator has stopped the making of quotes. */
        QUOTING_STOPPED(true),
        /** The keyset that signs for the unit has expired: nothing could be minted of the quote before a rotation. */
        KEYSET_EXPIRED(true),
        /** More than the operator allows would be owed. */
        LIMIT_REACHED(true),
        /** The mint writes nothing until the operator has judged what a restore has lost. */
        READ_ONLY(true);

        private final boolean retryable;

        Reason(boolean retryable) {
            this.retryable = retryable;
        }

        /** Whether the same order may succeed later. */
        public boolean retryable() {
            return retryable;
        }
    }
}
