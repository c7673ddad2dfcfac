package org.ehashpool.wallet.store;

import java.util.Locale;

/** How far an operation is. */
public enum OperationState {
    /** Written down; the mint may have done it. It is tried again until the mint says. */
    OPEN,
    DONE,
    /** The mint says that nothing has happened. What a late request does after all, the wallet finds. */
    FAILED;

    /** As the database and the API have it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static OperationState of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
