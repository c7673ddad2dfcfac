package org.ehashpool.kit.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * One JSON object: {@code at}, {@code level}, {@code logger}, {@code thread}, {@code event}, then the event's own pairs,
 * then {@code error} and {@code stack} where something was thrown. Whole numbers and booleans are JSON's own.
 */
final class JsonLine implements LineFormat {
    private static final Set<String> OWN = Set.of("at", "level", "logger", "thread", "event", "error", "stack");

    @Override
    public String format(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(256).append("{\"at\":\"");
        HumanLine.TIME.formatTo(event.getInstant(), line);
        line.append('"');
        member(line, "level", event.getLevel().toString().toLowerCase(Locale.ROOT), MAXIMUM_VALUE);
        member(line, "logger", event.getLoggerName(), MAXIMUM_VALUE);
        member(line, "thread", event.getThreadName(), MAXIMUM_VALUE);
        member(line, "event", LineFormat.text(event.getFormattedMessage()), MAXIMUM_EVENT);
        for (KeyValuePair pair : LineFormat.pairs(event)) {
            // A second member of the same name would hide one of the two from most readers.
            String key = OWN.contains(pair.key) ? pair.key + "_" : pair.key;
            pair(line, key, pair.value);
        }
        @Nullable IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            @Nullable String message = thrown.getMessage();
            member(line, "error", thrown.getClassName() + (message == null ? "" : ": " + message), MAXIMUM_EVENT);
            member(line, "stack", StackText.of(thrown), MAXIMUM_STACK + 1);
        }
        return line.append("}\n").toString();
    }

    private static void pair(StringBuilder line, String key, @Nullable Object value) {
        switch (value) {
            case Long number -> name(line, key).append(number.longValue());
            case Integer number -> name(line, key).append(number.intValue());
            case Boolean truth -> name(line, key).append(truth.booleanValue());
            case null -> name(line, key).append("null");
            default -> member(line, key, LineFormat.text(value), MAXIMUM_VALUE);
        }
    }

    private static void member(StringBuilder line, String key, String text, int limit) {
        name(line, key).append('"');
        PrintableText.append(line, text, limit);
        line.append('"');
    }

    private static StringBuilder name(StringBuilder line, String key) {
        line.append(",\"");
        PrintableText.append(line, key, MAXIMUM_VALUE);
        return line.append("\":");
    }
}
