package org.ehashpool.kit.postgres;

import java.sql.SQLException;

/**
 * The connection was lost while the answer to COMMIT was outstanding: the transaction may be durable, or not. It is
 * never run again by itself; the caller has to look for what it wrote.
 */
public final class CommitOutcomeUnknownException extends RuntimeException {

    CommitOutcomeUnknownException(SQLException cause) {
        super("whether the transaction was committed is unknown: " + cause.getMessage(), cause);
    }
}
