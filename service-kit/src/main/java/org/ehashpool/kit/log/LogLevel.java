package org.ehashpool.kit.log;

import ch.qos.logback.classic.Level;

/** The least severe events that are logged. */
public enum LogLevel {
    OFF(Level.OFF),
    ERROR(Level.ERROR),
    WARN(Level.WARN),
    INFO(Level.INFO),
    DEBUG(Level.DEBUG),
    TRACE(Level.TRACE);

    // Immutable, though its class does not say so.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Level level;

    LogLevel(Level level) {
        this.level = level;
    }

    Level level() {
        return level;
    }
}
