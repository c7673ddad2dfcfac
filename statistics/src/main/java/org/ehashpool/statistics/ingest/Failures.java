package org.ehashpool.statistics.ingest;

import java.sql.SQLException;
import org.ehashpool.kit.postgres.CommitOutcomeUnknownException;
import org.ehashpool.kit.postgres.DatabaseBusyException;

/** Why a transaction failed: for what it holds, or for the database's sake. */
final class Failures {
    private static final String DATA_EXCEPTION = "22";
    private static final String INTEGRITY_VIOLATION = "23";

    private Failures() {}

    /** Whether the same group would fail again. */
    static boolean isOfContent(RuntimeException failure) {
        if (failure instanceof CommitOutcomeUnknownException || failure instanceof DatabaseBusyException) {
            return false;
        }
        boolean ofDatabase = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                ofDatabase = true;
                String state = sql.getSQLState();
                if (state != null && (state.startsWith(DATA_EXCEPTION) || state.startsWith(INTEGRITY_VIOLATION))) {
                    return true;
                }
            }
        }
        return !ofDatabase && failure instanceof IllegalArgumentException;
    }
}
