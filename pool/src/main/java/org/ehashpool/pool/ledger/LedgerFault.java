package org.ehashpool.pool.ledger;

import org.ehashpool.kit.postgres.CommitOutcomeUnknownException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What a failed transaction means for the credits in it. */
enum LedgerFault {
    /** One of the hashes is there already, or is being added by somebody else. */
    HASH_TAKEN,
    /** One of the values cannot be kept. */
    BAD_VALUE,
    /** The database could not do it, or it is not known whether it did. */
    AWAY;

    private static final String UNIQUE_VIOLATION = "23505";
    private static final String DATA_EXCEPTION = "22";
    private static final String CONSTRAINT_VIOLATION = "23";

    /** By the state that the server gave. */
    static LedgerFault of(Throwable failure) {
        if (failure instanceof CommitOutcomeUnknownException) {
            return AWAY;
        }
        ServerErrorMessage error = error(failure);
        String state = error == null || error.getSQLState() == null ? "" : error.getSQLState();
        if (state.equals(UNIQUE_VIOLATION)) {
            return HASH_TAKEN;
        }
        // Without a constraint or column it is not about a value: a row that no partition takes, for one.
        boolean constraint = error != null && (error.getConstraint() != null || error.getColumn() != null);
        return state.startsWith(DATA_EXCEPTION) || (state.startsWith(CONSTRAINT_VIOLATION) && constraint)
                ? BAD_VALUE
                : AWAY;
    }

    private static @Nullable ServerErrorMessage error(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PSQLException answer && answer.getServerErrorMessage() != null) {
                return answer.getServerErrorMessage();
            }
        }
        return null;
    }
}
