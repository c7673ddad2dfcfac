package org.ehashpool.conservation.schedule;

import java.util.Locale;

/** A link that a relay stands on: who dials whom. */
public enum Link {
    MINER_POOL,
    OTHER_MINER_POOL,
    TRANSLATOR_POOL,
    MINT_POOL,
    /** The same two again, at the same time. */
    OTHER_MINT_POOL,
    WALLET_MINT,
    POOL_POSTGRES,
    MINT_POSTGRES,
    TRANSLATOR_POSTGRES;

    /** As the schedule is printed. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
