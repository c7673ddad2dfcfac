package org.ehashpool.poolstats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import org.ehashpool.fixtures.TestPostgres;
import org.ehashpool.kit.postgres.embedded.EmbeddedPostgres;
import org.ehashpool.stats.event.StatsEvent;
import org.ehashpool.stats.message.MessageJson;
import org.ehashpool.stats.message.StatsMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An hour of mixed events: reconnects, restarts, a lost end, duplicates, gaps, a clock that is ahead, events that come
 * late. Each figure is compared with what SQL over the raw events says.
 */
class FiguresIT {
    private static long hourAgo;

    @TempDir
    private static Path home;

    private static EmbeddedPostgres server;
    private static PoolStatsProcess service;
    private static Tables tables;

    @BeforeAll
    static void tellAnHour() throws Exception {
        hourAgo = Instant.now().minus(70, ChronoUnit.MINUTES).toEpochMilli();
        server = TestPostgres.start(home.resolve("postgres"));
        int port = PoolStatsProcess.freePort();
        service = PoolStatsProcess.launch(home, server.loginFor("pool_stats"), port)
                .awaitReady();
        tables = new Tables(server.loginFor("pool_stats"));
        Random random = new Random(4);
        try (Teller first = Teller.of(port, "pool", "a", "1")) {
            for (long number = 1; number <= 5; number++) {
                first.tell(hourAgo, connected(number, "vendor-" + number % 2), opened(number, 1, "user-" + number));
            }
            shares(first, random, 400, 5);
            first.tell(
                    minutes(30),
                    new StatsEvent.DownstreamDisconnected(1, "closed"),
                    connected(6, "vendor-1"),
                    opened(6, 1, "user-1"));
            shares(first, random, 400, 6);
            first.kept();
        }
        // Everything is told a second time, and some of it is new.
        try (Teller again = Teller.of(port, "pool", "a", "1")) {
            long last = again.lastSeq();
            assertThat(last).isEqualTo(10 + 400 + 3 + 400);
            again.from(last - 49);
            for (int i = 0; i < 50; i++) {
                again.tell(minutes(31), accepted(2, 1, 1, 1_000_000));
            }
            again.tell(minutes(32), accepted(2, 1, 1, 777));
            again.say(new StatsMessage.Gap(last + 2, last + 11));
            again.from(last + 12).tell(minutes(33), accepted(77, 3, 2, 500)).kept();
        }
        // A restart without a farewell, and a clock that is an hour ahead.
        long ahead = Instant.now().plus(1, ChronoUnit.HOURS).toEpochMilli();
        try (Teller second = Teller.of(port, "pool", "a", "2")) {
            second.tell(minutes(40), connected(1, "vendor-1"), opened(1, 1, "user-1"));
            shares(second, random, 200, 1);
            second.tell(ahead, accepted(1, 1, 3, 333));
            second.tell(
                    minutes(50),
                    new StatsEvent.BlockFound("ab".repeat(32), 7L, 1L, "user-1"),
                    new StatsEvent.BlockConfirmed("ab".repeat(32), 7L, 100));
            second.tell(minutes(51), unknown()).kept();
        }
        try (Teller mint = Teller.of(port, "mint", "m", "3")) {
            for (int minute = 0; minute < 60; minute++) {
                mint.tell(
                        minutes(minute),
                        new StatsEvent.QuoteCreated(null, "hash", 2, BigInteger.valueOf(10 + minute)),
                        new StatsEvent.QuoteIssued(null, "hash", 1, BigInteger.valueOf(minute)),
                        new StatsEvent.QuoteFailed(null, "hash", "busy", 1, BigInteger.ONE),
                        new StatsEvent.Balance("m", "hash", BigInteger.valueOf(minute * 3L)));
            }
            mint.kept();
        }
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
        server.close();
    }

    @Test
    void shouldCountTheWholeAsTheRawEventsDo() {
        assertThat(tables.value("select sum(accepted), sum(rejected), sum(work) from sample where subject = 0"))
                .isEqualTo(tables.value("""
                        select sum((body->>'count')::bigint) filter (where type = 'share_accepted'),
                            sum((body->>'count')::bigint) filter (where type = 'share_rejected'),
                            sum((body->>'work')::numeric) filter (where type = 'share_accepted')
                        from event where known"""));
    }

    @Test
    void shouldCountEachMinuteAsTheRawEventsDo() {
        assertThat(tables.rows(
                        "select bucket, accepted, work from sample where subject = 0 and accepted > 0 order by 1"))
                .isNotEmpty()
                .isEqualTo(tables.rows("""
                                select date_trunc('minute', counted_at), sum((body->>'count')::bigint), sum((body->>'work')::numeric)
                                from event where type = 'share_accepted' group by 1 order by 1"""));
    }

    @Test
    void shouldCountEachConnectionAsTheRawEventsDo() {
        assertThat(tables.rows("select boot, number, accepted, rejected, work from session order by boot, number"))
                .isEqualTo(tables.rows("""
                                select boot, (body->>'downstream_id')::bigint,
                                    coalesce(sum((body->>'count')::bigint) filter (where type = 'share_accepted'), 0),
                                    coalesce(sum((body->>'count')::bigint) filter (where type = 'share_rejected'), 0),
                                    coalesce(sum((body->>'work')::numeric), 0)
                                from event where body ? 'downstream_id' group by 1, 2 order by 1, 2"""));
    }

    @Test
    void shouldKeepLifetimeCountersAcrossReconnects() {
        assertThat(tables.value("""
                                select count(*) from downstream join (
                                    select downstream_id, count(*) as sessions, sum(accepted) as accepted, sum(work) as work
                                    from session group by 1) as counted on counted.downstream_id = downstream.id
                                where (downstream.sessions, downstream.accepted, downstream.work)
                                    is distinct from (counted.sessions, counted.accepted, counted.work)""")).isEqualTo("0");
        assertThat(tables.value("select sessions from downstream where vendor = 'vendor-1'"))
                .isEqualTo("5");
    }

    @Test
    void shouldCountEachMinerAsTheRawEventsDo() {
        assertThat(tables.rows("select user_identity, accepted, work from miner where accepted > 0 order by 1"))
                .isEqualTo(tables.rows("""
                                select opened.body->>'user', sum((share.body->>'count')::bigint), sum((share.body->>'work')::numeric)
                                from event share join event opened on opened.boot = share.boot
                                    and opened.type = 'channel_opened'
                                    and opened.body->'downstream_id' = share.body->'downstream_id'
                                    and opened.body->'channel_id' = share.body->'channel_id'
                                where share.type = 'share_accepted' group by 1 order by 1"""));
    }

    @Test
    void shouldCountReasonsAsTheRawEventsDo() {
        assertThat(tables.rows("select reason, sum(count) from rejection group by 1 order by 1"))
                .isNotEmpty()
                .isEqualTo(tables.rows("""
                                select body->>'reason', sum((body->>'count')::bigint)
                                from event where type = 'share_rejected' group by 1 order by 1"""));
    }

    @Test
    void shouldTellIssuanceFromQuotes() {
        String raw = tables.value("""
                select sum((body->>'count')::bigint) filter (where type = 'quote_created'),
                    sum((body->>'amount')::numeric) filter (where type = 'quote_created'),
                    sum((body->>'count')::bigint) filter (where type = 'quote_issued'),
                    sum((body->>'amount')::numeric) filter (where type = 'quote_issued'),
                    sum((body->>'count')::bigint) filter (where type = 'quote_failed'),
                    sum((body->>'amount')::numeric) filter (where type = 'quote_failed')
                from event""");
        assertThat(
                        tables.value(
                                "select created, created_amount, issued, issued_amount, failed, failed_amount from quote_total"))
                .isEqualTo(raw);
        assertThat(tables.value("select sum(created_amount), sum(issued_amount) from quote_history"))
                .isEqualTo(tables.value("select created_amount, issued_amount from quote_total"));
        assertThat(tables.value("select sum(amount) from quote_failure")).isEqualTo("60");
    }

    @Test
    void shouldKeepTheLastBalanceAndOneOfEachMinute() {
        assertThat(tables.value("select amount from balance")).isEqualTo("177");
        assertThat(tables.value("select count(*), max(amount) from balance_history"))
                .isEqualTo("60|177");
    }

    @Test
    void shouldKeepBlocksWithWhoFoundThem() {
        assertThat(tables.value("""
                                select state, height, confirmations, user_identity, (select vendor from downstream
                                    where downstream.id = block.downstream_id) from block""")).isEqualTo("confirmed|7|100|user-1|vendor-1");
    }

    @Test
    void shouldKnowWhatIsMissing() {
        assertThat(tables.rows("select from_seq, to_seq from gap order by 1")).containsExactly("815|824", "826|null");
    }

    @Test
    void shouldCloseWhatALostBootHadOpen() {
        assertThat(tables.value("""
                                select count(*) from session join boot on boot.id = session.boot
                                where boot_id like '1%' and (disconnected_at is null
                                    or (reason = 'unknown' and disconnected_at <> last_active_at))""")).isEqualTo("0");
        assertThat(
                        tables.value(
                                "select count(*) from channel where closed_at is null and session_id in (select id from session where disconnected_at is not null)"))
                .isEqualTo("0");
    }

    @Test
    void shouldKeepUnknownEventsAside() {
        assertThat(tables.value("select type, count from unknown_event")).isEqualTo("moon_phase|1");
        assertThat(tables.value("select body->>'phase' from event where not known"))
                .isEqualTo("full");
    }

    @Test
    void shouldFillQuietMinutesAndRollUpHoursThatAddUp() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> tables.value(
                                "select count(*) from stale_hour where bucket < date_trunc('hour', now()) - interval '1 minute'")
                        .equals("0"));
        assertThat(tables.value("""
                                select count(*) from sample_hour join (
                                    select date_trunc('hour', bucket) as bucket, subject, sum(accepted) as accepted,
                                        sum(work) as work, max(work) / 60 as peak, min(work) / 60 as low
                                    from sample group by 1, 2) as minutes using (bucket, subject)
                                where sample_hour.accepted <> minutes.accepted or sample_hour.work <> minutes.work
                                    or abs(sample_hour.peak - minutes.peak) > 1e-6
                                    or abs(sample_hour.low - minutes.low) > 1e-6""")).isEqualTo("0");
        assertThat(tables.value("select count(*) > 0 from sample_hour")).isEqualTo("t");
        assertThat(
                        tables.value(
                                "select count(*) from sample_day d where work <> (select sum(work) from sample_hour h where h.subject = d.subject and h.bucket >= d.bucket and h.bucket < d.bucket + interval '1 day')"))
                .isEqualTo("0");
    }

    private static void shares(Teller teller, Random random, int events, int downstreams) throws Exception {
        for (int i = 0; i < events; i++) {
            long at = minutes(random.nextInt(60)) + random.nextInt(60_000);
            long number = 1L + random.nextInt(downstreams);
            if (random.nextInt(10) == 0) {
                teller.tell(
                        at,
                        new StatsEvent.ShareRejected(
                                number, 1, List.of("stale-share", "low").get(random.nextInt(2)), 1));
            } else {
                teller.tell(at, accepted(number, 1, 1 + random.nextInt(3), random.nextLong(1L << 50)));
            }
        }
    }

    private static StatsEvent unknown() throws Exception {
        String text = "{\"seq\":1,\"at\":1,\"type\":\"moon_phase\",\"phase\":\"full\"}";
        return ((StatsMessage.Event) MessageJson.readFromSender(text.getBytes(StandardCharsets.UTF_8))).event();
    }

    private static long minutes(int after) {
        return hourAgo + after * 60_000L;
    }

    private static StatsEvent accepted(long number, long channel, long count, long work) {
        return new StatsEvent.ShareAccepted(number, channel, count, BigInteger.valueOf(work));
    }

    private static StatsEvent connected(long number, String vendor) {
        return new StatsEvent.DownstreamConnected(number, "miner", "192.0.2.1:" + (4_000 + number), vendor, null, 0);
    }

    private static StatsEvent opened(long number, long channel, String user) {
        return new StatsEvent.ChannelOpened(number, channel, "extended", user, 1e12);
    }
}
