package org.ehashpool.kit.postgres;

/** As many transactions run and wait as may; this one was not begun, and may be tried again later. */
public final class DatabaseBusyException extends RuntimeException {

    DatabaseBusyException(String message) {
        // A peer's load causes it: it costs no stack trace.
        super(message, null, false, false);
    }
}
