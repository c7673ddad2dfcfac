package org.ehashpool.kit.postgres.embedded;

import org.jspecify.annotations.Nullable;

/** The embedded PostgreSQL cannot be started, backed up or restored; the message tells an operator what to do. */
public final class EmbeddedPostgresException extends RuntimeException {

    EmbeddedPostgresException(String message) {
        super(message);
    }

    EmbeddedPostgresException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
