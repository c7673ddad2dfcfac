package org.ehashpool.kit.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/** {@code 2026-11-22T15:55:01.123Z INFO  PoolEvents share_rejected reason=stale-share}; a stack trace follows indented. */
final class HumanLine implements LineFormat {
    static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final String RESET = "\u001b[0m";
    private static final String FAINT = "\u001b[2m";
    private static final String BOLD_RED = "\u001b[1;31m";
    private static final String YELLOW = "\u001b[33m";
    private static final String GREEN = "\u001b[32m";

    private final boolean coloured;

    HumanLine(boolean coloured) {
        this.coloured = coloured;
    }

    @Override
    public String format(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(160);
        TIME.formatTo(event.getInstant(), line);
        String level = event.getLevel().toString();
        line.append(' ');
        painted(line, level, colour(event.getLevel()));
        line.append(" ".repeat(Math.max(1, 6 - level.length())));
        String logger = event.getLoggerName();
        line.append(logger, logger.lastIndexOf('.') + 1, logger.length()).append(' ');
        PrintableText.append(line, LineFormat.text(event.getFormattedMessage()), MAXIMUM_EVENT);
        for (KeyValuePair pair : LineFormat.pairs(event)) {
            line.append(' ');
            painted(line, pair.key + "=", FAINT);
            value(line, LineFormat.text(pair.value));
        }
        @Nullable IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            line.append("\n  ").append(StackText.of(thrown).replace("\n", "\n  "));
        }
        return line.append('\n').toString();
    }

    private static void value(StringBuilder line, String text) {
        if (PrintableText.needsQuotes(text)) {
            line.append('"');
            PrintableText.append(line, text, MAXIMUM_VALUE);
            line.append('"');
        } else {
            PrintableText.append(line, text, MAXIMUM_VALUE);
        }
    }

    private void painted(StringBuilder line, String text, String colour) {
        if (coloured) {
            line.append(colour).append(text).append(RESET);
        } else {
            line.append(text);
        }
    }

    private static String colour(Level level) {
        if (level.isGreaterOrEqual(Level.ERROR)) {
            return BOLD_RED;
        }
        if (level.isGreaterOrEqual(Level.WARN)) {
            return YELLOW;
        }
        return level.isGreaterOrEqual(Level.INFO) ? GREEN : FAINT;
    }
}
