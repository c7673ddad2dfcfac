package org.ehashpool.wallet.store;

import java.util.Locale;

/** What has become of a proof, as far as the wallet knows. */
public enum ProofState {
    UNSPENT,
    /** In a token that nobody has claimed yet. */
    RESERVED,
    /** Input of an open operation. */
    PENDING,
    SPENT;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ProofState of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
