package org.ehashpool.poolstats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ehashpool.fixtures.TestPostgres;
import org.ehashpool.kit.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each figure as it stands on the pages, beside the API's, on the recorded hour on which {@link ShownFiguresIT} compares the
 * API with the raw events.
 */
class PageFiguresIT {
    @TempDir
    private static Path home;

    private static EmbeddedPostgres server;
    private static PoolStatsProcess service;
    private static Teller pool;

    @BeforeAll
    static void tell() throws Exception {
        server = TestPostgres.start(home.resolve("postgres"));
        int port = PoolStatsProcess.freePort();
        service = PoolStatsProcess.launch(home, server.loginFor("pool_stats"), port)
                .awaitReady();
        Tables tables = new Tables(server.loginFor("pool_stats"));
        RecordedHour hour = new RecordedHour(port);
        hour.tell();
        pool = hour.secondBoot();
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

    /** The pool lives, and the minute does not end between the API's answer and the page. */
    @BeforeEach
    void live() throws Exception {
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            long second = Instant.now().getEpochSecond() % 60;
            return second >= 3 && second < 45;
        });
        pool.tell(Instant.now().toEpochMilli(), RecordedHour.heartbeat()).kept();
    }

    private static ShownPage page(String path) throws Exception {
        return new ShownPage(service.get(path));
    }

    private static void assertShown(String shown, JsonNode figure) {
        assertThat(figure.isNumber()).as(figure.toString()).isTrue();
        assertThat(ShownPage.standsFor(shown, figure.asDouble()))
                .as(shown + " for " + figure)
                .isTrue();
    }

    private static void assertPart(String shown, JsonNode part, JsonNode rest) {
        double percent = 100.0 * part.asLong() / (part.asLong() + rest.asLong());
        assertThat(ShownPage.standsFor(shown, percent))
                .as(shown + " for " + percent)
                .isTrue();
    }

    private static String count(JsonNode figure) {
        return String.format(Locale.ENGLISH, "%,d", figure.bigIntegerValue());
    }

    private static String amount(JsonNode figure) {
        return String.format(Locale.ENGLISH, "%,d", new BigInteger(figure.asText()));
    }

    private static String time(JsonNode at) {
        return Instant.ofEpochMilli(at.asLong()).toString();
    }

    @Test
    void shouldShowTheOverviewAsTheApiDoes() throws Exception {
        JsonNode api = service.json("/api/v1/overview");
        ShownPage page = page("/?range=24h");
        long connected = 0;
        for (JsonNode kind : api.path("connected")) {
            connected += kind.asLong();
        }
        assertThat(page.figure("Connected", 0)).isEqualTo(Long.toString(connected));
        assertThat(page.figure("Miners at work", 0)).isEqualTo(count(api.path("miners")));
        assertThat(page.figure("Miners at work", 1)).isEqualTo(count(api.path("channels")) + " open channels");
        assertShown(page.figure("Shares a minute", 0), api.path("shares_per_minute"));
        assertThat(page.figure("Shares a minute", 1)).isEqualTo(count(api.path("accepted_day")) + " in 24 h");
        assertPart(page.figure("Rejected, last hour", 0), api.path("rejected_hour"), api.path("accepted_hour"));
        String rejected = page.figure("Rejected, last hour", 1);
        assertThat(rejected).startsWith(count(api.path("rejected_hour")) + " shares; ");
        assertPart(rejected.substring(rejected.indexOf("; ") + 2), api.path("rejected_day"), api.path("accepted_day"));
        assertShown(page.now(), api.path("hashrate"));
        JsonNode quotes = api.path("quotes").path(0);
        assertThat(page.figure("Issued", 0)).isEqualTo(amount(quotes.path("issued_amount")) + " ehash");
        assertThat(page.figure("Issued", 1)).isEqualTo(amount(quotes.path("day_issued_amount")) + " in 24 h");
        assertThat(page.figure("Quotes", 0)).isEqualTo(count(quotes.path("created")));
        assertThat(page.figure("Quotes", 1).replace(" ,", ","))
                .isEqualTo("of " + amount(quotes.path("created_amount")) + " ehash, " + count(quotes.path("failed"))
                        + " failed");
        assertThat(page.figure("Last block", 0))
                .isEqualTo(time(api.path("last_block").path("found_at")));
        assertThat(page.figure("Last block", 1))
                .isEqualTo(count(api.path("blocks")) + " found, " + count(api.path("orphaned")) + " orphaned");
        assertThat(page.figure("Chain", 0)).isEqualTo(count(api.path("network").path("height")));
        assertThat(page.figure("Chain", 1)).startsWith("difficulty ");
        assertShown(
                page.figure("Chain", 1).substring("difficulty ".length()),
                api.path("network").path("difficulty"));
        assertThat(page.reasons()).isEqualTo(reasons(api.path("rejections")));
        for (JsonNode one : api.path("services")) {
            assertThat(page.row(one.path("id").asText()).get(1))
                    .isEqualTo(one.path("status").asText());
        }
    }

    private static Map<String, Long> reasons(JsonNode rejections) {
        Map<String, Long> reasons = new LinkedHashMap<>();
        rejections.forEach(one ->
                reasons.put(one.path("reason").asText(), one.path("count").asLong()));
        return reasons;
    }

    @Test
    void shouldShowLevelsAndStepsOfChartsAsTheApiDoes() throws Exception {
        String device = device(1).path("id").asText();
        for (String range : List.of("1h", "24h", "7d", "30d")) {
            assertSeries(page("/?range=" + range), service.json("/api/v1/hashrate?range=" + range));
            assertSeries(
                    page("/connections/" + device + "?range=" + range),
                    service.json("/api/v1/hashrate?range=" + range + "&subject=" + device));
        }
    }

    private static void assertSeries(ShownPage page, JsonNode series) {
        assertShown(page.figure("Average", 0), series.path("average"));
        assertShown(page.figure("Peak", 0), series.path("peak"));
        assertShown(page.figure("Low", 0), series.path("low"));
        List<List<String>> steps = page.table("as-table");
        assertThat(steps).isNotEmpty();
        for (List<String> step : steps) {
            JsonNode point = point(series.path("points"), step.getFirst());
            assertShown(step.get(1), point.path("hashrate"));
            assertThat(step.get(2)).isEqualTo(count(point.path("accepted")));
            assertThat(step.get(3)).isEqualTo(count(point.path("rejected")));
        }
    }

    private static JsonNode point(JsonNode points, String at) {
        for (JsonNode point : points) {
            if (time(point.path("at")).equals(at)) {
                return point;
            }
        }
        throw new AssertionError(at + " is not in " + points);
    }

    private static JsonNode device(int number) throws Exception {
        for (JsonNode one : service.json("/api/v1/downstreams").path("downstreams")) {
            if (one.path("user").asText().equals("device-" + number)) {
                return one;
            }
        }
        throw new AssertionError("no device-" + number);
    }

    @Test
    void shouldShowConnectionsAsTheApiDoes() throws Exception {
        JsonNode all = service.json("/api/v1/downstreams").path("downstreams");
        ShownPage page = page("/connections");
        assertThat(all).isNotEmpty();
        for (JsonNode one : all) {
            List<String> cells = page.row(one.path("id").asText());
            assertThat(cells.get(1)).isEqualTo(one.path("state").asText());
            assertShown(cells.get(3), one.path("hashrate"));
            assertThat(cells.get(5)).isEqualTo(count(one.path("channels")));
            assertThat(ShownPage.number(cells.get(6)))
                    .isEqualTo(one.path("session_accepted").asLong());
            assertThat(cells.get(7)).startsWith(count(one.path("accepted")) + " " + count(one.path("sessions")) + " ");
            assertThat(ShownPage.number(cells.get(8)))
                    .isEqualTo(one.path("rejected").asLong());
            if (one.path("rejected").asLong() > 0) {
                assertPart(
                        cells.get(8).substring(cells.get(8).indexOf(' ') + 1),
                        one.path("rejected"),
                        one.path("accepted"));
            }
            assertThat(cells.get(9)).isEqualTo(time(one.path("last_active_at")));
        }
    }

    @Test
    void shouldShowAConnectionAsTheApiDoes() throws Exception {
        for (int number = 1; number <= 4; number++) {
            String id = device(number).path("id").asText();
            JsonNode api = service.json("/api/v1/downstreams/" + id);
            JsonNode one = api.path("downstream");
            ShownPage page = page("/connections/" + id);
            assertShown(page.figure("Hashrate", 0), one.path("hashrate"));
            assertThat(page.figure("Session", 0)).isEqualTo(count(one.path("session_accepted")));
            assertThat(page.figure("Session", 1))
                    .isEqualTo("accepted, " + count(one.path("session_rejected")) + " rejected");
            assertThat(page.figure("Lifetime", 0)).isEqualTo(count(one.path("accepted")));
            assertThat(page.figure("Lifetime", 1)).startsWith("accepted, " + count(one.path("rejected")) + " rejected");
            assertThat(page.figure("Last share", 0)).isEqualTo(time(one.path("last_share_at")));
            assertThat(page.figure("Sessions", 0)).isEqualTo(count(one.path("sessions")));
            for (JsonNode channel : api.path("channels")) {
                assertChannel(page.row(channel.path("id").asText()), channel);
            }
            List<List<String>> sessions = page.table("aria-label=\"Sessions\"");
            assertThat(sessions).hasSize(api.path("sessions").size());
            for (int i = 0; i < sessions.size(); i++) {
                JsonNode session = api.path("sessions").path(i);
                assertThat(sessions.get(i).get(2)).isEqualTo(count(session.path("accepted")));
                assertThat(sessions.get(i).get(3)).isEqualTo(count(session.path("rejected")));
            }
            assertThat(page.reasons()).isEqualTo(reasons(api.path("rejections")));
        }
    }

    private static void assertChannel(List<String> cells, JsonNode channel) {
        assertShown(cells.get(3), channel.path("nominal_hashrate"));
        assertThat(cells.get(4)).isEqualTo(count(channel.path("accepted")));
        assertThat(cells.get(5)).isEqualTo(count(channel.path("rejected")));
    }

    /** Of the last five minutes, so there is one only for who works now. */
    private static void assertDifficulty(String shown, JsonNode figure) {
        if (figure.isNull()) {
            assertThat(shown).isEqualTo("no share");
        } else {
            assertShown(shown, figure);
        }
    }

    @Test
    void shouldShowMinersAsTheApiDoes() throws Exception {
        JsonNode all = service.json("/api/v1/miners").path("miners");
        ShownPage page = page("/miners");
        assertThat(all).isNotEmpty();
        for (JsonNode one : all) {
            String id = one.path("id").asText();
            List<String> cells = page.row(id);
            assertShown(cells.get(1), one.path("hashrate"));
            assertDifficulty(cells.get(3), one.path("difficulty"));
            assertThat(cells.get(4)).isEqualTo(count(one.path("channels")));
            assertThat(cells.get(5)).isEqualTo(count(one.path("accepted")));
            assertThat(ShownPage.number(cells.get(6)))
                    .isEqualTo(one.path("rejected").asLong());
            assertThat(cells.get(8)).isEqualTo(time(one.path("last_share_at")));
            ShownPage own = page("/miners/" + id);
            assertShown(own.figure("Hashrate", 0), one.path("hashrate"));
            assertDifficulty(own.figure("Difficulty", 0), one.path("difficulty"));
            assertThat(own.figure("Accepted", 0)).isEqualTo(count(one.path("accepted")));
            assertThat(own.figure("Rejected", 0)).isEqualTo(count(one.path("rejected")));
            JsonNode api = service.json("/api/v1/miners/" + id);
            for (JsonNode channel : api.path("channels")) {
                assertChannel(own.row(channel.path("id").asText()), channel);
            }
        }
    }

    @Test
    void shouldShowBlocksAsTheApiDoes() throws Exception {
        JsonNode all = service.json("/api/v1/blocks").path("blocks");
        ShownPage page = page("/blocks");
        assertThat(all).hasSize(2);
        for (JsonNode block : all) {
            List<String> cells = page.row(block.path("hash").asText());
            assertThat(cells.get(0)).isEqualTo(count(block.path("height")));
            assertThat(cells.get(1)).isEqualTo(block.path("state").asText());
            assertThat(cells.get(2)).isEqualTo(time(block.path("found_at")));
            assertThat(cells.get(4)).isEqualTo(count(block.path("confirmations")));
        }
    }

    @Test
    void shouldShowQuotesAsTheApiDoes() throws Exception {
        JsonNode api = service.json("/api/v1/quotes?range=24h");
        ShownPage page = page("/quotes?range=24h");
        List<List<String>> totals = page.table("Quotes of all time");
        assertThat(totals).hasSize(api.path("totals").size()).isNotEmpty();
        for (int i = 0; i < totals.size(); i++) {
            JsonNode total = api.path("totals").path(i);
            List<String> cells = totals.get(i);
            assertThat(cells.subList(2, 5))
                    .containsExactly(
                            count(total.path("created")),
                            amount(total.path("created_amount")),
                            amount(total.path("issued_amount")));
            assertThat(cells.get(5).replace(",", ""))
                    .isEqualTo(new BigInteger(total.path("created_amount").asText())
                            .subtract(new BigInteger(total.path("issued_amount").asText()))
                            .toString());
            assertThat(cells.get(6)).isEqualTo(count(total.path("failed")));
        }
        List<List<String>> failures = page.table("aria-label=\"Failed quotes\"");
        assertThat(failures).hasSize(api.path("failures").size()).isNotEmpty();
        for (int i = 0; i < failures.size(); i++) {
            JsonNode failure = api.path("failures").path(i);
            assertThat(failures.get(i).get(2)).isEqualTo(count(failure.path("count")));
            assertThat(failures.get(i).get(3)).isEqualTo(amount(failure.path("amount")) + " ehash");
        }
        List<List<String>> steps = page.table("as-table");
        assertThat(steps).isNotEmpty();
        for (List<String> step : steps) {
            JsonNode point = point(api.path("steps"), step.getFirst());
            assertThat(step.subList(1, step.size()))
                    .contains(amount(point.path("created_amount")), amount(point.path("issued_amount")));
        }
    }

    @Test
    void shouldShowMintsAndServicesAsTheApiDoes() throws Exception {
        JsonNode mint = service.json("/api/v1/mints").path("mints").path(0);
        List<String> cells = page("/mints").row(mint.path("public_key").asText());
        JsonNode backlog = mint.path("backlogs").path(0);
        assertThat(cells.get(1)).isEqualTo(mint.path("state").asText());
        assertThat(cells.subList(3, 7))
                .containsExactly(
                        count(backlog.path("orders")),
                        count(backlog.path("shares")),
                        amount(backlog.path("amount")),
                        count(backlog.path("refused")));
        ShownPage services = page("/services");
        for (JsonNode one : service.json("/api/v1/services").path("services")) {
            List<String> shown = services.row(one.path("id").asText());
            assertThat(shown.get(1)).startsWith(one.path("status").asText());
            assertThat(shown.get(2)).isEqualTo(one.path("state").asText());
            assertThat(ShownPage.number(shown.get(7)))
                    .isEqualTo(one.path("missing_events").asLong());
            if (one.path("unknown_gaps").asLong() > 0) {
                assertThat(shown.get(7)).endsWith("and " + count(one.path("unknown_gaps")) + " unknown ends");
            }
        }
    }
}
