package org.ehashpool.cashu.quote;

/** What older wallets read in a quote's {@code state}: it follows from the counters. */
public enum QuoteState {
    /** Nothing was paid. */
    UNPAID,
    /** More was paid than was issued. */
    PAID,
    /** All that was paid was issued. */
    ISSUED
}
