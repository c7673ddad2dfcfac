package org.ehashpool.statistics.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.ehashpool.statistics.figures.SmallPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class SiteIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HTML = "text/html";
    private static final String ANY = "*/*";
    private static final List<String> PAGES = List.of(
            "/",
            "/connections",
            "/miners",
            "/blocks",
            "/quotes",
            "/mints",
            "/services",
            "/connections/1",
            "/miners/73");

    private static TestSite site;

    @BeforeAll
    static void open() throws Exception {
        site = new TestSite("site");
        SmallPool.fill(site.database, TestSite.NOON, 72);
    }

    @AfterAll
    static void close() throws Exception {
        site.close();
    }

    private static JsonNode json(String path) throws Exception {
        HttpResponse<String> response = site.get(path, ANY);
        assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    @Test
    void shouldShowEveryPageWithoutScriptWhenAsked() throws Exception {
        for (String path : PAGES) {
            HttpResponse<String> page = site.get(path, HTML);

            assertThat(page.statusCode()).as(path).isEqualTo(200);
            assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'none'")
                    .doesNotContain("unsafe");
            assertThat(page.body()).as(path).contains("<h1>").doesNotContain("style=\"");
        }
    }

    @Test
    void shouldLinkRelativelyWhenItIsBehindAPrefix() throws Exception {
        for (String path : PAGES) {
            String body = site.get(path, HTML).body();
            var link = Pattern.compile("(?:href|src|data-live)=\"([^\"]*)\"").matcher(body);

            while (link.find()) {
                assertThat(link.group(1)).as(path).doesNotStartWith("/").doesNotContain("://");
            }
        }
    }

    @Test
    void shouldEscapeWhatPeersSayOfThemselvesWhenItIsShown() throws Exception {
        try (TestSite hostile = new TestSite("hostile")) {
            SmallPool.fill(hostile.database, TestSite.NOON, 3);
            hostile.database.run(
                    "update downstream set vendor = '<script>alert(1)</script>', user_identity = '\"><img src=x>'");

            String page = hostile.get("/connections", HTML).body();
            String search =
                    hostile.get("/connections?q=%22%3E%3Cscript%3E", HTML).body();
            String export = hostile.get("/api/v1/downstreams.csv", ANY).body();

            assertThat(page)
                    .contains("&lt;script")
                    .doesNotContain("<script>alert")
                    .doesNotContain("<img");
            assertThat(search).doesNotContain("\"><script>");
            assertThat(export).contains("\"\"\"><img src=x>\"");
        }
    }

    @Test
    void shouldKeepFormulasOutOfExportsWhenAPeerNamesItselfOne() throws Exception {
        assertThat(FigureJson.csv(Cell.class, List.of(new Cell("=1+1"), new Cell("a,\"b"))))
                .isEqualTo("""
                text\r
                '=1+1\r
                "a,""b"\r
                """);
    }

    private record Cell(String text) {}

    @Test
    void shouldDescribeEveryRouteAndFieldWhenTheDocumentIsRead() throws Exception {
        JsonNode document = json("/api/v1/openapi.json");
        Set<String> described = new TreeSet<>();
        document.path("paths").fieldNames().forEachRemaining(described::add);

        for (String path : described) {
            if (!document.path("paths").path(path).has("get")) {
                assertThat(path).isEqualTo("/api/v1/earnings");
                continue;
            }
            HttpResponse<String> answer =
                    site.get(path.replace("miners/{id}", "miners/73").replace("{id}", "1"), ANY);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            JsonNode schema = document.at("/paths/" + path.replace("/", "~1") + "/get/responses/200/content")
                    .path("application/json")
                    .path("schema");
            if (!path.endsWith(".csv") && !path.endsWith("openapi.json")) {
                assertSame(path, document, schema, JSON.readTree(answer.body()));
            }
        }
        assertThat(described).contains("/api/v1/hashrate.csv").hasSize(26);
    }

    /** Every object has the fields that are described, and no others. */
    static void assertSame(String path, JsonNode document, JsonNode schema, JsonNode value) {
        JsonNode any = schema.path("anyOf").path(0);
        JsonNode named = any.isMissingNode() ? schema : any;
        JsonNode resolved =
                named.has("$ref") ? document.at(named.path("$ref").asText().substring(1)) : named;
        if (value.isObject() && resolved.has("properties")) {
            List<String> fields = new ArrayList<>();
            value.fieldNames().forEachRemaining(fields::add);
            List<String> expected = new ArrayList<>();
            resolved.path("properties").fieldNames().forEachRemaining(expected::add);
            assertThat(fields).as(path).containsExactlyInAnyOrderElementsOf(expected);
            fields.forEach(field -> assertSame(
                    path + "." + field, document, resolved.path("properties").path(field), value.path(field)));
        }
        if (value.isArray()) {
            value.forEach(item -> assertSame(path + "[]", document, resolved.path("items"), item));
        }
        if (value.isTextual()) {
            assertThat(resolved.path("type").toString()).as(path).contains("string");
        }
        if (value.isNumber()) {
            assertThat(resolved.path("type").toString()).as(path).containsAnyOf("integer", "number");
        }
    }

    @Test
    void shouldAnswerWithFiveHundredPointsAtMostWhenAskedForAChart() throws Exception {
        for (String range : List.of("1h", "24h", "7d", "30d")) {
            assertThat(json("/api/v1/hashrate?range=" + range).path("points").size())
                    .as(range)
                    .isBetween(50, 500);
        }
        assertThat(site.get("/api/v1/hashrate?range=1y", ANY).statusCode()).isEqualTo(400);
        assertThat(site.get("/api/v1/downstreams?sort=nonsense", ANY).statusCode())
                .isEqualTo(400);
        assertThat(site.get("/api/v1/downstreams?limit=501", ANY).statusCode()).isEqualTo(400);
        assertThat(site.get("/api/v1/downstreams/999999", ANY).statusCode()).isEqualTo(404);
        assertThat(site.get("/api/v1/downstreams/x", ANY).statusCode()).isEqualTo(404);
    }

    @Test
    void shouldTellAmountsExactlyWhenTheyAreBeyondDoubles() throws Exception {
        assertThat(json("/api/v1/mints").at("/mints/0/backlogs/0/amount").asText())
                .isEqualTo("9007199254740993");
        assertThat(site.get("/mints", HTML).body()).contains("9,007,199,254,740,993");
    }

    @Test
    void shouldExportEveryRowWhenAskedForATable() throws Exception {
        String[] lines =
                site.get("/api/v1/downstreams.csv?sort=user", ANY).body().split("\r\n");

        assertThat(lines).hasSize(73);
        assertThat(lines[0]).startsWith("id,service,instance,state,kind,vendor,user,host,peer,hashrate,channels");
    }

    @Test
    void shouldAnswerPeopleWithAPageAndProgramsWithJsonWhenSomethingIsMissing() throws Exception {
        assertThat(site.get("/connections/424242", HTML).body()).contains("Nothing here");
        assertThat(site.get("/connections/424242", HTML).statusCode()).isEqualTo(404);
        assertThat(site.get("/no/such/page", HTML).body()).contains("href=\"../../");
        assertThat(site.get("/no/such/page", ANY).body()).startsWith("{\"error\"");
    }

    @Test
    void shouldSayThatFiguresCannotBeReadWhenTheDatabaseIsAway() throws Exception {
        try (TestSite failing = new TestSite("failing")) {
            failing.broken = true;

            HttpResponse<String> page = failing.get("/", HTML);

            assertThat(page.statusCode()).isEqualTo(500);
            assertThat(page.body()).contains("cannot be read").contains("http-equiv=\"refresh\"");
            assertThat(page.body()).doesNotContain("the test broke it");
        }
    }

    @Test
    void shouldSendOnlyWhatChangedWhenAPageIsWatched() throws Exception {
        try (TestSite live = new TestSite("live")) {
            SmallPool.fill(live.database, TestSite.NOON, 5);
            HttpResponse<InputStream> stream = live.stream("/live/blocks");
            assertThat(stream.headers().firstValue("Content-Encoding")).isNotEqualTo(Optional.of("gzip"));
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
                assertThat(next(lines)).contains("\"rows\"").contains("912,314").contains("\"notices\"");

                live.database.runAt(TestSite.NOON, """
                        insert into block values ('ab', 912346, 1, null, null, 'found', 0, {0}, {0})""");
                String news = next(lines);
                while (news.contains("\"parts\":{}")) {
                    news = next(lines);
                }

                assertThat(news).contains("912,346").doesNotContain("\"notices\"");
            }
        }
    }

    private static String next(BufferedReader lines) throws Exception {
        String line = lines.readLine();
        while (!line.startsWith("data: ")) {
            line = lines.readLine();
        }
        return line;
    }

    @Test
    void shouldRefuseOneMoreViewerAndForgetThoseWhoLeftWhenItIsFull() throws Exception {
        try (TestSite full = new TestSite("crowded", 1)) {
            HttpResponse<InputStream> first = full.stream("/live/blocks");

            assertThat(full.get("/live/blocks", ANY).statusCode()).isEqualTo(503);

            first.body().close();
            Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                HttpResponse<InputStream> again = full.stream("/live/blocks");
                try (var body = again.body()) {
                    assertThat(again.statusCode()).isEqualTo(200);
                    assertThat(body.read()).isEqualTo(':');
                }
            });
        }
    }
}
