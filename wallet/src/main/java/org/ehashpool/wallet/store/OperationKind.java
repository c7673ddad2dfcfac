package org.ehashpool.wallet.store;

import java.util.Locale;

/** What moves ecash. */
public enum OperationKind {
    /** Mints from quotes. */
    CLAIM,
    /** Makes a token. */
    SEND,
    /** Takes a token. */
    RECEIVE,
    /** Takes back a token that nobody has claimed. */
    RECLAIM,
    /** Makes few proofs of many. */
    CONSOLIDATE,
    /** Got back with the seed. */
    RESTORE,
    /** Makes a token for whoever asked the faucet. */
    FAUCET;

    /** Whether a token is made, for somebody else. */
    public boolean isSend() {
        return this == SEND || this == FAUCET;
    }

    /** As the database and the API have it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static OperationKind of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
