package org.ehashpool.kit.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/** Writes an event as one line. */
interface LineFormat {
    int MAXIMUM_EVENT = 4096;
    int MAXIMUM_VALUE = 2048;
    int MAXIMUM_STACK = 16_384;

    /** The line with its end. */
    String format(ILoggingEvent event);

    static List<KeyValuePair> pairs(ILoggingEvent event) {
        @Nullable List<KeyValuePair> pairs = event.getKeyValuePairs();
        return pairs == null ? List.of() : pairs;
    }

    /** A value whose own toString fails must not cost the line. */
    @SuppressWarnings("PatternMatchingInstanceof")
    static String text(@Nullable Object value) {
        try {
            return String.valueOf(value);
        } catch (RuntimeException e) {
            return "unprintable:" + e.getClass().getName();
        }
    }
}
