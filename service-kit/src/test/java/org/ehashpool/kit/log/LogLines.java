package org.ehashpool.kit.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/** Events to format. */
final class LogLines {
    private LogLines() {}

    /** Pairs are key, value, key, value … */
    static LoggingEvent event(String message, @Nullable Object... pairs) {
        LoggingEvent event = new LoggingEvent();
        event.setLoggerContext(new LoggerContext());
        event.setInstant(Instant.parse("2026-11-22T15:55:01.123456Z"));
        event.setLevel(Level.INFO);
        event.setLoggerName("org.ehashpool.pool.PoolEvents");
        event.setThreadName("loop-1");
        event.setMessage(message);
        List<KeyValuePair> list = new ArrayList<>();
        for (int index = 0; index < pairs.length; index += 2) {
            list.add(new KeyValuePair(String.valueOf(pairs[index]), pairs[index + 1]));
        }
        event.setKeyValuePairs(list);
        return event;
    }

    static LoggingEvent thrown(String message, Throwable thrown) {
        LoggingEvent event = event(message);
        event.setThrowableProxy(new ThrowableProxy(thrown));
        return event;
    }
}
