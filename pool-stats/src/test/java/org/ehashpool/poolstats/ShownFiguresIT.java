package org.ehashpool.poolstats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.ehashpool.fixtures.TestPostgres;
import org.ehashpool.kit.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each figure that is shown, beside what SQL over nothing but the raw events gives. */
class ShownFiguresIT {
    /** Shares of pools with whose they are. */
    private static final String SHARES = """
            with share as (
                select event.boot, event.counted_at as at, (body->>'downstream_id')::bigint as number,
                    (body->>'channel_id')::bigint as channel, body->>'reason' as reason,
                    case type when 'share_accepted' then (body->>'count')::bigint else 0 end as accepted,
                    case type when 'share_rejected' then (body->>'count')::bigint else 0 end as rejected,
                    coalesce((body->>'work')::numeric, 0) as work
                from event where type in ('share_accepted', 'share_rejected')),
            peer as (
                select boot, counted_at as at, (body->>'downstream_id')::bigint as number, body->>'user' as device,
                    body->>'kind' as kind
                from event where type = 'downstream_connected'),
            opened as (
                select boot, (body->>'downstream_id')::bigint as number, (body->>'channel_id')::bigint as channel,
                    body->>'user' as miner, counted_at as at
                from event where type = 'channel_opened'),
            last_boot as (select max(boot) as boot from peer)
            """;

    @TempDir
    private static Path home;

    private static EmbeddedPostgres server;
    private static PoolStatsProcess service;
    private static Tables tables;
    private static Teller pool;

    @BeforeAll
    static void tell() throws Exception {
        server = TestPostgres.start(home.resolve("postgres"));
        int port = PoolStatsProcess.freePort();
        service = PoolStatsProcess.launch(home, server.loginFor("pool_stats"), port)
                .awaitReady();
        tables = new Tables(server.loginFor("pool_stats"));
        RecordedHour hour = new RecordedHour(port);
        hour.tell();
        pool = hour.secondBoot();
        live();
        // Quiet minutes have their zeros, hours that are over their sums.
        await().atMost(Duration.ofMinutes(1))
                .until(() -> tables.value("select sampled_to >= date_trunc('minute', now()) from sampling")
                                .equals("t")
                        && tables.value("select count(*) from stale_hour where bucket + interval '1 hour' <= now()")
                                .equals("0"));
    }

    @AfterAll
    static void stop() throws Exception {
        pool.close();
        service.close();
        server.close();
    }

    /** The pool lives; only heartbeats say so. */
    @BeforeEach
    void beat() throws Exception {
        live();
    }

    private static void live() throws Exception {
        pool.tell(Instant.now().toEpochMilli(), RecordedHour.heartbeat()).kept();
    }

    private static String sql(String query) {
        return tables.value(SHARES + query);
    }

    /** Before the beginning of the minute of a time, and not before so many minutes earlier. */
    private static String window(JsonNode at, int minutes) {
        return " (at < date_trunc('minute', to_timestamp(" + at.asLong() + " / 1000.0))"
                + " and at >= date_trunc('minute', to_timestamp(" + at.asLong() + " / 1000.0)) - interval '" + minutes
                + " minutes')";
    }

    private static void assertClose(JsonNode shown, String raw) {
        double expected = Double.parseDouble(raw);
        assertThat(shown.isNumber()).isTrue();
        assertThat(shown.asDouble()).isCloseTo(expected, within(Math.abs(expected) * 1e-9 + 1e-9));
    }

    private static String joined(JsonNode row, String... fields) {
        List<String> values = new ArrayList<>();
        for (String field : fields) {
            values.add(row.path(field).asText());
        }
        return String.join("|", values);
    }

    private static List<String> joined(JsonNode rows, List<String> fields) {
        List<String> all = new ArrayList<>();
        rows.forEach(row -> all.add(joined(row, fields.toArray(String[]::new))));
        return all;
    }

    private static JsonNode named(JsonNode rows, String field, String value) {
        for (JsonNode row : rows) {
            if (row.path(field).asText().equals(value)) {
                return row;
            }
        }
        throw new AssertionError(value + " is not in " + rows);
    }

    private static JsonNode device(int number) throws Exception {
        return named(service.json("/api/v1/downstreams").path("downstreams"), "user", "device-" + number);
    }

    @Test
    void shouldKeepEachEventOnceThoughItWasToldTwice() {
        assertThat(tables.value("select count(*) - count(distinct (boot, seq)) from event"))
                .isEqualTo("0");
    }

    @Test
    void shouldShowTheHashrateNowOfAnHourAndOfADay() throws Exception {
        JsonNode overview = service.json("/api/v1/overview");
        JsonNode at = overview.path("at");
        assertClose(overview.path("hashrate"), sql("select sum(work) / 300 from share where" + window(at, 5)));
        assertClose(overview.path("hashrate_hour"), sql("select sum(work) / 3600 from share where" + window(at, 60)));
        assertClose(
                overview.path("hashrate_day"),
                sql("select sum(work) / (60 * (extract(epoch from date_trunc('minute',"
                        + " to_timestamp(" + at.asLong() + " / 1000.0)) - date_trunc('minute', min(at))) / 60))"
                        + " from share where" + window(at, 1_440)));
    }

    @Test
    void shouldShowSharesPerMinuteAndRejectRateByReason() throws Exception {
        JsonNode overview = service.json("/api/v1/overview");
        JsonNode at = overview.path("at");
        assertClose(
                overview.path("shares_per_minute"),
                sql("select sum(accepted)::float8 / 5 from share where" + window(at, 5)));
        assertThat(joined(overview, "accepted_hour", "rejected_hour"))
                .isEqualTo(sql("select sum(accepted) || '|' || sum(rejected) from share where" + window(at, 60)));
        assertThat(joined(overview, "accepted_day", "rejected_day"))
                .isEqualTo(sql("select sum(accepted) || '|' || sum(rejected) from share where" + window(at, 1_440)));
        assertThat(joined(overview.path("rejections"), List.of("reason", "count")))
                .hasSize(2)
                .isEqualTo(tables.rows(SHARES + "select reason, sum(rejected) from share where reason is not null and"
                        + window(at, 60) + " group by 1 order by 2 desc, 1"));
    }

    @Test
    void shouldShowWhoIsConnectedByTheKindOfItsHandshake() throws Exception {
        JsonNode overview = service.json("/api/v1/overview");
        TreeMap<String, String> kinds = new TreeMap<>();
        overview.path("connected")
                .properties()
                .forEach(kind -> kinds.put(kind.getKey(), kind.getValue().asText()));
        assertThat(kinds.entrySet().stream().map(kind -> kind.getKey() + "|" + kind.getValue()))
                .containsExactlyElementsOf(tables.rows(
                        SHARES + "select kind, count(*) from peer natural join last_boot group by 1 order by 1"));
        assertThat(overview.path("channels").asText())
                .isEqualTo(sql("select count(*) from opened natural join last_boot"));
        assertThat(overview.path("stale").asInt()).isZero();
        assertThat(overview.path("miners").asText())
                .isEqualTo(sql("select count(distinct miner) from opened join share using (boot, number, channel)"
                        + " where share.at > "
                        + "to_timestamp(" + overview.path("at").asLong() + " / 1000.0) - interval '10 minutes'"));
    }

    @Test
    void shouldShowLifetimesThatNoReconnectAndNoRestartResets() throws Exception {
        for (int peer = 1; peer <= 4; peer++) {
            assertThat(joined(
                            device(peer),
                            "sessions",
                            "accepted",
                            "rejected",
                            "work",
                            "first_seen_at",
                            "last_active_at",
                            "last_share_at"))
                    .isEqualTo(sql("""
                            select concat_ws('|', (select count(*) from peer where device = '%1$s'), sum(accepted),
                                sum(rejected), sum(work),
                                (select (extract(epoch from min(at)) * 1000)::bigint from peer where device = '%1$s'),
                                (extract(epoch from max(share.at)) * 1000)::bigint,
                                (extract(epoch from max(share.at)) * 1000)::bigint)
                            from share join peer using (boot, number) where device = '%1$s'
                            """.formatted("device-" + peer)));
        }
        assertThat(device(2).path("sessions").asInt()).isEqualTo(3);
    }

    @Test
    void shouldShowTheSessionThatIsOpenApartFromTheLifetime() throws Exception {
        for (int peer = 1; peer <= 4; peer++) {
            JsonNode shown = device(peer);
            assertThat(joined(shown, "session_accepted", "session_rejected", "session_work"))
                    .isEqualTo(sql("select concat_ws('|', sum(accepted), sum(rejected), sum(work)) from share"
                            + " natural join last_boot where number = " + peer));
            assertThat(shown.path("session_accepted").asLong())
                    .isLessThan(shown.path("accepted").asLong());
            assertThat(shown.path("state").asText()).isEqualTo("connected");
        }
    }

    @Test
    void shouldListChannelsTruly() throws Exception {
        JsonNode detail =
                service.json("/api/v1/downstreams/" + device(1).path("id").asText());
        assertThat(joined(detail.path("channels"), List.of("number", "user", "accepted", "work")))
                .isEqualTo(tables.rows(SHARES + "select channel, miner, sum(accepted), sum(work) from share"
                        + " join opened using (boot, number, channel) where number = 1 group by boot, 1, 2"
                        + " order by boot desc"));
        assertThat(device(1).path("channels").asInt()).isEqualTo(1);
        assertThat(joined(detail.path("sessions"), List.of("number", "accepted", "rejected", "work")))
                .isEqualTo(tables.rows(SHARES + "select number, sum(accepted), sum(rejected), sum(work) from share"
                        + " where number = 1 group by boot, 1 order by boot desc"));
        assertThat(joined(detail.path("rejections"), List.of("reason", "count")))
                .isEqualTo(tables.rows(SHARES + "select reason, sum(rejected) from share where number = 1"
                        + " and reason is not null group by 1 order by 2 desc, 1"));
    }

    @Test
    void shouldShowChartsWithAveragePeakAndLow() throws Exception {
        String first = device(1).path("id").asText();
        for (String range : List.of("1h", "24h", "7d", "30d")) {
            assertSeries(service.json("/api/v1/hashrate?range=" + range), "true");
            assertSeries(service.json("/api/v1/hashrate?range=" + range + "&subject=" + first), "number = 1");
        }
    }

    private static void assertSeries(JsonNode series, String whose) {
        String minutes = SHARES
                + """
                , minute as (
                    select bucket, coalesce(sum(work), 0) as work, coalesce(sum(accepted), 0) as accepted,
                        coalesce(sum(rejected), 0) as rejected
                    from generate_series((select date_trunc('minute', min(at)) from share), to_timestamp(%1$d / 1000.0)
                        - interval '1 minute', interval '1 minute') as bucket
                    left join (select date_trunc('minute', at) as bucket, * from share where %2$s) as told using (bucket)
                    where bucket >= to_timestamp(%3$d / 1000.0) group by 1)
                """.formatted(
                        series.path("to").asLong(), whose, series.path("from").asLong());
        assertClose(series.path("average"), tables.value(minutes + "select sum(work) / count(*) / 60 from minute"));
        assertClose(series.path("peak"), tables.value(minutes + "select max(work) / 60 from minute"));
        assertClose(series.path("low"), tables.value(minutes + "select min(work) / 60 from minute"));
        List<String> steps =
                tables.rows(minutes + """
                select (extract(epoch from date_bin(interval '%d seconds', bucket, 'epoch')) * 1000)::bigint,
                    sum(accepted), sum(rejected), 60 * count(*), sum(work) / count(*) / 60 from minute group by 1 order by 1
                """.formatted(series.path("step").asLong() / 1_000));
        assertThat(joined(series.path("points"), List.of("at", "accepted", "rejected", "seconds")))
                .isEqualTo(steps.stream()
                        .map(step -> step.substring(0, step.lastIndexOf('|')))
                        .toList());
        for (int i = 0; i < steps.size(); i++) {
            assertClose(
                    series.path("points").path(i).path("hashrate"),
                    steps.get(i).substring(steps.get(i).lastIndexOf('|') + 1));
        }
    }

    @Test
    void shouldShowMinersOnWhicheverConnection() throws Exception {
        JsonNode miners = service.json("/api/v1/miners?sort=user");
        assertThat(joined(miners.path("miners"), List.of("user", "accepted", "rejected", "work", "channels")))
                .isEqualTo(tables.rows(SHARES + "select miner, sum(accepted), sum(rejected), sum(work), 1 from share"
                        + " join opened using (boot, number, channel) group by 1 order by 1"));
        JsonNode miner = miners.path("miners").path(1);
        JsonNode detail = service.json("/api/v1/miners/" + miner.path("id").asText());
        assertThat(joined(detail.path("channels"), List.of("accepted", "work")))
                .isEqualTo(tables.rows(SHARES + "select sum(accepted), sum(work) from share join opened"
                        + " using (boot, number, channel) where miner = 'user-2' group by boot, number"
                        + " order by boot desc, number desc"));
        assertSeries(
                detail.path("series"), "(boot, number) in (select boot, number from opened where miner = 'user-2')");
    }

    @Test
    void shouldShowBlocksWithWhatBecameOfThem() throws Exception {
        JsonNode overview = service.json("/api/v1/overview");
        String raw = tables.value("""
                select count(*) filter (where type = 'block_found') || '|' || count(*) filter (where type = 'block_orphaned')
                from event""");
        assertThat(joined(overview, "blocks", "orphaned")).isEqualTo(raw);
        assertThat(joined(
                        named(service.json("/api/v1/blocks").path("blocks"), "hash", RecordedHour.BLOCK),
                        "height",
                        "state",
                        "confirmations",
                        "user",
                        "found_at"))
                .isEqualTo(tables.value("""
                        select concat_ws('|', body->>'height', 'confirmed', (select body->>'confirmations' from event
                            where type = 'block_confirmed'), body->>'user', (extract(epoch from at) * 1000)::bigint)
                        from event where type = 'block_found' and body->>'hash' like 'ab%'"""));
        assertThat(joined(named(service.json("/api/v1/blocks").path("blocks"), "hash", RecordedHour.ORPHAN), "state"))
                .isEqualTo("orphaned");
    }

    /** What was dispatched is not what was issued. */
    @Test
    void shouldShowQuotesAsQuotesAndIssuanceAsIssuance() throws Exception {
        String raw = """
                select concat_ws('|', sum((body->>'count')::bigint) filter (where type = 'quote_created'),
                    sum((body->>'amount')::numeric) filter (where type = 'quote_created'),
                    sum((body->>'count')::bigint) filter (where type = 'quote_issued'),
                    sum((body->>'amount')::numeric) filter (where type = 'quote_issued'),
                    sum((body->>'count')::bigint) filter (where type = 'quote_failed')) from event""";
        String[] fields = {"created", "created_amount", "issued", "issued_amount", "failed"};
        JsonNode quotes = service.json("/api/v1/quotes?range=24h");
        assertThat(joined(quotes.path("totals").path(0), fields)).isEqualTo(tables.value(raw));
        assertThat(joined(service.json("/api/v1/overview").path("quotes").path(0), fields))
                .isEqualTo(tables.value(raw));
        assertThat(joined(quotes.path("steps"), List.of("at", "created", "created_amount", "issued_amount")))
                .isEqualTo(tables.rows("""
                        select (extract(epoch from date_bin('5 minutes', at, 'epoch')) * 1000)::bigint,
                            sum((body->>'count')::bigint) filter (where type = 'quote_created'),
                            sum((body->>'amount')::numeric) filter (where type = 'quote_created'),
                            sum((body->>'amount')::numeric) filter (where type = 'quote_issued')
                        from event where type in ('quote_created', 'quote_issued') group by 1 order by 1"""));
        assertThat(joined(quotes.path("failures"), List.of("reason", "count", "amount")))
                .isEqualTo(tables.rows("""
                        select body->>'reason', sum((body->>'count')::bigint), sum((body->>'amount')::numeric)
                        from event where type = 'quote_failed' group by 1"""));
    }

    @Test
    void shouldNotCountASharesQuoteAsAShare() throws Exception {
        JsonNode overview = service.json("/api/v1/overview");
        assertThat(tables.value("select count(*) > 0 from event where type = 'quote_created'"))
                .isEqualTo("t");
        assertThat(overview.path("accepted_day").asText())
                .isEqualTo(tables.value("""
                        select sum((body->>'count')::bigint) from event where type = 'share_accepted'
                            and counted_at < date_trunc('minute', to_timestamp(%d / 1000.0))
                        """.formatted(overview.path("at").asLong())));
    }

    @Test
    void shouldShowMintsWithTheirBacklogAndTheHeightThatServicesTell() throws Exception {
        JsonNode mint = service.json("/api/v1/mints").path("mints").path(0);
        assertThat(joined(mint, "public_key", "url", "state")).isEqualTo("02aa|https://mint|connected");
        assertThat(joined(
                        mint.path("backlogs").path(0),
                        "connections",
                        "unanswered",
                        "orders",
                        "shares",
                        "amount",
                        "refused"))
                .isEqualTo("1|4|5|6|18446744073709551615|1");
        assertThat(service.json("/api/v1/overview")
                        .path("network")
                        .path("height")
                        .asLong())
                .isEqualTo(812_345);
    }

    @Test
    void shouldShowWhatIsMissingAndWhoIsDown() throws Exception {
        JsonNode services = service.json("/api/v1/services").path("services");
        JsonNode shown = named(services, "name", "pool");
        assertThat(joined(shown, "missing_events", "unknown_gaps")).isEqualTo("5|1");
        assertThat(shown.path("status").asText()).isIn("up", "late");
        JsonNode overview = service.json("/api/v1/overview");
        assertThat(joined(overview, "missing_events", "unknown_gaps")).isEqualTo("5|1");
        // The mint said that it is ready, and nothing since.
        await().atMost(Duration.ofSeconds(30))
                .until(() -> named(service.json("/api/v1/services").path("services"), "name", "mint")
                        .path("status")
                        .asText()
                        .equals("down"));
    }

    @Test
    void shouldExportTheSameFiguresAsTables() throws Exception {
        for (String table : List.of("downstreams", "miners", "blocks")) {
            List<String> lines =
                    service.get("/api/v1/" + table + ".csv").lines().toList();
            List<String> columns = List.of(lines.getFirst().split(","));
            JsonNode rows = service.json("/api/v1/" + table).path(table);
            assertThat(lines).hasSize(rows.size() + 1);
            for (String column : List.of("id", "accepted", "rejected", "work", "hash", "height", "state")) {
                int place = columns.indexOf(column);
                if (place >= 0) {
                    assertThat(lines.stream().skip(1).map(line -> line.split(",", -1)[place]))
                            .as(table + " " + column)
                            .containsExactlyInAnyOrderElementsOf(joined(rows, List.of(column)));
                }
            }
        }
    }
}
