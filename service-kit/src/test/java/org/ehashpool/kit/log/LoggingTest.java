package org.ehashpool.kit.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LoggingTest {
    private static final Logger LOG = LoggerFactory.getLogger("org.example.one");

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    @Test
    void shouldWriteWhatLevelsLetThroughWhenLoggersHaveTheirOwn() {
        Logger other = LoggerFactory.getLogger("org.other");
        try (Logging logging = start(LogFormat.HUMAN, LogLevel.WARN, Map.of("org.example", LogLevel.DEBUG), false)) {
            LOG.debug("one");
            other.info("two");
            other.warn("three");
            logging.reconfigure(new LogConfig(LogFormat.HUMAN, LogLevel.INFO, Map.of()));
            LOG.debug("four");
            other.info("five");
        }

        assertThat(written()).contains("one", "three", "five").doesNotContain("two", "four");
    }

    @Test
    void shouldFollowTerminalWhenFormatIsAuto() {
        try (Logging logging = start(LogFormat.AUTO, LogLevel.INFO, Map.of(), false)) {
            LOG.info("for_machines");
            logging.reconfigure(new LogConfig(LogFormat.HUMAN, LogLevel.INFO, Map.of()));
            LOG.info("for_people");
        }

        assertThat(written().lines()).first().asString().startsWith("{\"at\":");
        assertThat(written().lines()).last().asString().endsWith("one for_people");
        assertThat(written()).doesNotContain("\u001b");
    }

    @Test
    void shouldWriteWhatLibrariesLogWhenTheyUsePlatformLogging() {
        Logging logging = start(LogFormat.HUMAN, LogLevel.INFO, Map.of(), false);
        try (logging) {
            java.util.logging.Logger.getLogger("org.driver").log(Level.WARNING, "could not {0}", "connect");
        }

        assertThat(written()).endsWith("WARN  driver could not connect\n");
    }

    private Logging start(LogFormat format, LogLevel level, Map<String, LogLevel> levels, boolean terminal) {
        return Logging.start(new LogConfig(format, level, levels), output, terminal);
    }

    private String written() {
        return output.toString(StandardCharsets.UTF_8);
    }
}
