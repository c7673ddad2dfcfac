package org.ehashpool.kit.postgres;

import java.util.List;

/** The database cannot be trusted with money, or not be used at all; names every reason. */
public final class DatabaseRefusedException extends RuntimeException {

    private final List<String> reasons;

    DatabaseRefusedException(String database, List<String> reasons) {
        super("the database " + database + " is refused: " + String.join("; ", reasons));
        this.reasons = List.copyOf(reasons);
    }

    /** One sentence each: the setting, its value, and what it has to be. */
    public List<String> reasons() {
        return reasons;
    }
}
