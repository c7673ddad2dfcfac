package org.ehashpool.kit.sv2;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.ehashpool.kit.sv2.link.CloseCause;
import org.ehashpool.kit.sv2.link.CloseReason;
import org.ehashpool.kit.sv2.link.LinkCounters;
import org.ehashpool.kit.sv2.link.TrafficTotals;
import org.ehashpool.kit.sv2.setup.ConnectionKind;
import org.ehashpool.sv2.codec.Extensions;
import org.ehashpool.sv2.message.Protocol;
import org.ehashpool.sv2.type.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class Sv2EventsTest {

    private static final ConnectionInfo INFO = new ConnectionInfo(
            1,
            ConnectionKind.of(0, 0, ""),
            new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 4_000),
            Protocol.MINING,
            2,
            0,
            0,
            Extensions.NONE,
            Bytes.of(new byte[32]),
            Loopback.TESTER,
            Optional.empty(),
            Instant.EPOCH);

    private final Logger log = (Logger) LoggerFactory.getLogger("org.ehashpool.sv2");
    private final Level before = log.getLevel();
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final AtomicLong now = new AtomicLong();
    private final Sv2Events events = new Sv2Events("events-test", now::get);

    @BeforeEach
    void capture() {
        log.setLevel(Level.INFO);
        log.setAdditive(false);
        appender.start();
        log.addAppender(appender);
    }

    @AfterEach
    void restore() {
        log.detachAppender(appender);
        log.setAdditive(true);
        log.setLevel(before);
    }

    @Test
    void shouldWriteAFewLinesPerSecondAndCountTheRestWhenPeersComeAndGo() {
        for (int i = 0; i < 50; i++) {
            events.connected(INFO, Duration.ofMillis(1));
            disconnected(CloseReason.PEER_CLOSED);
        }
        assertThat(lines()).hasSize(10);
        now.addAndGet(1_000_000_000L);
        events.connected(INFO, Duration.ofMillis(1));
        assertThat(lines()).hasSize(11);
        assertThat(lines().getLast().getKeyValuePairs())
                .anySatisfy(pair -> assertThat(pair.key + "=" + pair.value).isEqualTo("suppressed=90"));
    }

    @Test
    void shouldStillTellOfOrdinaryPeersWhenHostileOnesFillTheirLines() {
        for (int i = 0; i < 50; i++) {
            disconnected(CloseReason.DECRYPTION_FAILED);
        }
        assertThat(lines()).hasSize(10);
        events.connected(INFO, Duration.ofMillis(1));
        assertThat(lines()).hasSize(11);
    }

    private void disconnected(CloseReason reason) {
        events.disconnected(INFO, CloseCause.of(reason, ""), new LinkCounters(new TrafficTotals()));
    }

    private List<ILoggingEvent> lines() {
        return appender.list.stream()
                .filter(event -> event.getKeyValuePairs().stream().anyMatch(pair -> "events-test".equals(pair.value)))
                .toList();
    }
}
