package org.ehashpool.poolstats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ehashpool.fixtures.TestPostgres;
import org.ehashpool.kit.postgres.embedded.EmbeddedPostgres;
import org.ehashpool.stats.event.StatsEvent;
import org.ehashpool.stats.frame.Frames;
import org.ehashpool.stats.message.StatsMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a sender does costs itself only. */
class HostileSendersIT {
    @TempDir
    private static Path home;

    private static EmbeddedPostgres server;
    private static PoolStatsProcess service;
    private static Tables tables;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        server = TestPostgres.start(home.resolve("postgres"));
        port = PoolStatsProcess.freePort();
        service = PoolStatsProcess.launch(
                        home,
                        server.loginFor("pool_stats"),
                        port,
                        "POOL_STATS__LISTEN__HANDSHAKE_TIMEOUT",
                        "2s",
                        "POOL_STATS__LISTEN__MAX_CONNECTIONS_PER_ADDRESS",
                        "64")
                .awaitReady();
        tables = new Tables(server.loginFor("pool_stats"));
    }

    @AfterAll
    static void stop() {
        service.close();
        server.close();
    }

    @Test
    void shouldRefuseAWrongTokenAndAnUnknownVersion() throws Exception {
        try (Teller stranger = new Teller(port)) {
            stranger.say(Teller.hello("pool", "a", "1", "a wrong one"));
            assertRefused(stranger, "unauthorised");
        }
        try (Teller newer = new Teller(port)) {
            newer.say(new StatsMessage.Hello(9, 7, "pool", "a", "1".repeat(32), PoolStatsProcess.TOKEN, null));
            assertRefused(newer, "unsupported-version");
        }
        assertThat(service.log()).doesNotContain(PoolStatsProcess.TOKEN).doesNotContain("a wrong one");
    }

    @Test
    void shouldUnderstandANewerSenderThatAlsoSpeaksTheOldVersion() throws Exception {
        try (Teller newer = new Teller(port)) {
            newer.say(new StatsMessage.Hello(9, 1, "pool", "newer", "2".repeat(32), PoolStatsProcess.TOKEN, null));
            assertThat(newer.hear()).isEqualTo(new StatsMessage.Welcome(1, 0));
        }
    }

    @Test
    void shouldRefuseWhatIsNoMessage() throws Exception {
        for (byte[] bytes : List.of(
                ByteBuffer.allocate(4).putInt(Integer.MAX_VALUE).array(),
                ByteBuffer.allocate(4).putInt(0).array(),
                Frames.frame("no JSON".getBytes(StandardCharsets.UTF_8)),
                Frames.frame("{\"type\":\"ack\",\"seq\":1}".getBytes(StandardCharsets.UTF_8)),
                Frames.frame("{\"seq\":1,\"at\":1,\"type\":\"x\"}".getBytes(StandardCharsets.UTF_8)),
                "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8))) {
            try (Teller teller = new Teller(port)) {
                teller.raw(bytes);
                assertRefused(teller, "malformed");
            }
        }
    }

    @Test
    void shouldRefuseANumberThatLeavesSomethingOut() throws Exception {
        try (Teller teller = Teller.of(port, "pool", "hasty", "3")) {
            teller.from(5).tell(1, shares(1));
            assertRefused(teller, "out-of-order");
        }
    }

    @Test
    void shouldEndAConnectionThatSaysNothingInTime() throws Exception {
        try (Teller silent = new Teller(port)) {
            assertRefused(silent, "busy");
        }
    }

    @Test
    void shouldGiveABootsPlaceToItsNewestConnection() throws Exception {
        try (Teller first = Teller.of(port, "pool", "twice", "4");
                Teller second = Teller.of(port, "pool", "twice", "4")) {
            assertRefused(first, "busy");
            second.tell(Instant.now().toEpochMilli(), shares(1)).kept();
        }
    }

    /** What Postgres does not take in a document or a sum is kept without what it says; others go on. */
    @Test
    void shouldKeepAsideWhatTheTablesDoNotTake() throws Exception {
        try (Teller hostile = Teller.of(port, "pool", "hostile", "5");
                Teller honest = Teller.of(port, "pool", "honest", "6")) {
            int seq = 0;
            for (String field :
                    List.of("\"x\":\"\\u0000\"", "\"x\":\"\\ud800\"", "\"x\":1e999999999", "\"x\":{\"\\u0000\":1}")) {
                hostile.raw(Frames.frame(
                        ("{\"seq\":" + ++seq + ",\"at\":9223372036854775807,\"type\":\"strange\"," + field + "}")
                                .getBytes(StandardCharsets.UTF_8)));
                honest.tell(Instant.now().toEpochMilli(), shares(1));
            }
            hostile.from(seq + 1)
                    .tell(
                            Long.MAX_VALUE,
                            new StatsEvent.ShareAccepted(
                                    1,
                                    1,
                                    Long.MAX_VALUE,
                                    BigInteger.TWO.pow(256).subtract(BigInteger.ONE)),
                            new StatsEvent.BlockFound(
                                    "x".repeat(1_000), Long.MAX_VALUE, Long.MAX_VALUE, "y".repeat(1_000)),
                            new StatsEvent.DownstreamConnected(
                                    Long.MAX_VALUE,
                                    "k".repeat(1_000),
                                    "p".repeat(1_000),
                                    "v".repeat(1_000),
                                    null,
                                    Long.MAX_VALUE),
                            new StatsEvent.ChannelOpened(
                                    Long.MAX_VALUE, 1, "k".repeat(1_000), "u".repeat(1_000), Double.MAX_VALUE),
                            new StatsEvent.Hashrate(Long.MAX_VALUE, Double.MAX_VALUE, 1),
                            new StatsEvent.ShareAccepted(1, 1, 1, BigInteger.TEN))
                    .kept();
            honest.kept();
        }
        assertThat(
                        tables.value(
                                "select sum(accepted) from downstream join sender on sender.id = sender_id where instance = 'honest'"))
                .isEqualTo("4");
        assertThat(tables.value(
                        "select last_seq from boot join sender on sender.id = sender_id where instance = 'hostile'"))
                .isEqualTo("10");
    }

    @Test
    void shouldServeAnHonestSenderWhileOthersFillAllTheirPlaces() throws Exception {
        List<Teller> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                Teller teller = new Teller(port);
                teller.raw(new byte[] {0, 0, 100});
                idle.add(teller);
            }
            try (Teller honest = Teller.of(port, "pool", "patient", "7")) {
                honest.tell(Instant.now().toEpochMilli(), shares(1)).kept();
            }
        } finally {
            for (Teller teller : idle) {
                teller.close();
            }
        }
        assertThat(service.isReady()).isTrue();
    }

    @Test
    void shouldRefuseASecondProcessOnTheSameSchema() throws Exception {
        try (PoolStatsProcess second =
                PoolStatsProcess.launch(home, server.loginFor("pool_stats"), PoolStatsProcess.freePort())) {
            assertThat(second.exitStatus()).isEqualTo(1);
            assertThat(second.log()).contains("writes to this schema: only one may");
        }
        assertThat(service.isReady()).isTrue();
    }

    private static StatsEvent shares(long count) {
        return new StatsEvent.ShareAccepted(1, 1, count, BigInteger.TEN);
    }

    private static void assertRefused(Teller teller, String code) throws Exception {
        assertThat(teller.hear())
                .isInstanceOfSatisfying(
                        StatsMessage.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
        assertThatThrownBy(teller::hear).isInstanceOf(IOException.class);
    }
}
