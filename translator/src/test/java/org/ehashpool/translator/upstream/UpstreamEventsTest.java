package org.ehashpool.translator.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class UpstreamEventsTest {
    @Test
    void shouldWriteAFewLinesASecondWhenManyChannelsHaveTheSameTrouble() {
        Logger log = (Logger) LoggerFactory.getLogger("org.ehashpool.translator.upstream");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        log.addAppender(lines);
        try {
            UpstreamEvents events = new UpstreamEvents(() -> 0);
            for (int channel = 0; channel < 1_000; channel++) {
                events.unconfirmed("pool:34254", channel, 1);
            }
        } finally {
            log.detachAppender(lines);
        }
        assertThat(lines.list)
                .filteredOn(line -> line.getLevel().isGreaterOrEqual(Level.WARN))
                .hasSize(10);
    }
}
