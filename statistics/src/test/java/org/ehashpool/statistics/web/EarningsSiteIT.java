package org.ehashpool.statistics.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class EarningsSiteIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HTML = "text/html";
    private static final String PAGE = "/earnings";
    private static final String API = "/api/v1/earnings";
    private static final StubLookup LOOKUP = new StubLookup();

    private static TestSite site;

    @BeforeAll
    static void open() throws Exception {
        site = new TestSite("earnings", 100, PoolPages.site(Optional.of(StubLookup.of(LOOKUP))));
        site.database.runAt(TestSite.NOON, """
                insert into sender (service, instance, first_seen_at)
                values ('pool', 'a', {0}), ('translator', 'b', {0})""");
        miner(1, StubLookup.KEY, 5);
        miner(1, StubLookup.KEY.toUpperCase(Locale.ROOT) + ".rig", 7);
        // Of these the key is only the beginning, or only what a translator was told.
        miner(1, StubLookup.KEY + "0", 100);
        miner(2, StubLookup.KEY, 1000);
    }

    private static void miner(int sender, String user, int accepted) {
        site.database.runAt(TestSite.NOON, """
                insert into miner (sender_id, user_identity, first_seen_at, last_active_at, accepted, rejected, work,
                    last_share_at)
                values (%d, '%s', {0}, {0}, %d, 1, 18446744073709551616, {0})""".formatted(sender, user, accepted));
    }

    @AfterAll
    static void close() throws Exception {
        site.close();
    }

    private static HttpResponse<String> form(String client, String mint, String request) throws Exception {
        return form(site, client, mint, request);
    }

    private static HttpResponse<String> form(TestSite of, String client, String mint, String request) throws Exception {
        return of.post(
                PAGE,
                client,
                "application/x-www-form-urlencoded",
                "mint=" + URLEncoder.encode(mint, StandardCharsets.UTF_8) + "&request="
                        + URLEncoder.encode(request, StandardCharsets.UTF_8));
    }

    @Test
    void shouldShowWhatKeysEarnedAndWereCreditedWithoutScriptWhenTheFormIsSent() throws Exception {
        HttpResponse<String> page = form("192.0.2.1", StubLookup.OTHER_MINT, " " + StubLookup.REQUEST + "\r\n");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("form-action 'self'")
                .doesNotContain("unsafe");
        assertThat(page.body())
                .contains("36,893,488,147,419,103,230")
                .contains("18,446,744,073,709,551,615")
                .contains("accepted 12 shares with 36,893,488,147,419,103,232 hashes of work")
                .contains("rejected 2;")
                .contains("No quote is locked to this key")
                .contains("No channel was ever opened in this key's name")
                .contains("Not everything is counted")
                .contains("As " + StubLookup.OTHER_MINT + " said it")
                .contains("value=\"" + StubLookup.OTHER_MINT + "\" selected")
                .doesNotContain("request in order");
    }

    @Test
    void shouldSayWhatIsWrongAndKeepWhatWasPastedWhenTheMintRefuses() throws Exception {
        HttpResponse<String> page = form("192.0.2.2", StubLookup.MINT, "</textarea><script>");

        assertThat(page.statusCode()).isEqualTo(403);
        assertThat(page.body())
                .contains("The request has expired")
                .contains("&lt;b&gt;too late")
                .contains("&lt;/textarea&gt;&lt;script&gt;")
                .doesNotContain("<b>too late");
    }

    @Test
    void shouldAskNobodyWhenNothingWasPasted() throws Exception {
        int before = LOOKUP.asked.size();

        HttpResponse<String> empty = form("192.0.2.3", StubLookup.MINT, "  ");
        HttpResponse<String> plain = site.post(PAGE, "192.0.2.3", "text/plain", "request=1");

        assertThat(empty.statusCode()).isEqualTo(400);
        assertThat(empty.body()).contains("Nothing was given");
        assertThat(plain.statusCode()).isEqualTo(400);
        assertThat(LOOKUP.asked).hasSize(before);
    }

    @Test
    void shouldShowWhatTheMintSaidWhenTheDatabaseIsAway() throws Exception {
        site.broken = true;
        try {
            assertThat(form("192.0.2.4", StubLookup.MINT, StubLookup.REQUEST).body())
                    .contains("36,893,488,147,419,103,230")
                    .contains("cannot be read now");
        } finally {
            site.broken = false;
        }
    }

    @Test
    void shouldAnswerProgramsAsDescribedWhenTheyAsk() throws Exception {
        JsonNode document =
                JSON.readTree(site.get("/api/v1/openapi.json", "*/*").body());
        HttpResponse<String> answer = site.post(API, "192.0.2.5", "application/json", StubLookup.REQUEST);

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode json = JSON.readTree(answer.body());
        SiteIT.assertSame(API, document, document.at("/components/schemas/Earnings"), json);
        assertThat(json.at("/mint").asText()).isEqualTo(StubLookup.MINT);
        assertThat(json.at("/keys/0/earned/totals/0/unclaimed").asText()).isEqualTo("18446744073709551615");
        assertThat(json.at("/keys/0/credited/accepted").asLong()).isEqualTo(12);
        assertThat(json.at("/keys/1/credited").isNull()).isTrue();
        HttpResponse<String> refused = site.post(API + "?mint=x", "192.0.2.5", "application/json", "{}");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(JSON.readTree(refused.body()).at("/error/code").asText()).isEqualTo("expired");
        assertThat(site.post(API, "192.0.2.5", "application/json", " ".repeat(16_385))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void shouldRefuseOneAddressAndNoOtherWhenItAsksTooOften() throws Exception {
        HttpResponse<String> last = form("192.0.2.6", StubLookup.MINT, StubLookup.REQUEST);
        for (int i = 0; i < 200 && last.statusCode() == 200; i++) {
            last = form("192.0.2.6", StubLookup.MINT, StubLookup.REQUEST);
        }

        assertThat(last.statusCode()).isEqualTo(429);
        assertThat(last.headers().firstValue("Retry-After")).hasValue("2");
        assertThat(last.body()).contains("Too many requests");
        assertThat(form("192.0.2.7", StubLookup.MINT, StubLookup.REQUEST).statusCode())
                .isEqualTo(200);
    }

    @Test
    void shouldHaveNoSuchPageWhenNoMintMayBeAsked() throws Exception {
        assertThat(site.get("/miners", HTML).body()).contains("href=\"./earnings\"");
        try (TestSite without = new TestSite("no_earnings")) {
            assertThat(without.get("/miners", HTML).body()).doesNotContain("earnings");
            assertThat(without.get(PAGE, HTML).statusCode()).isEqualTo(404);
            assertThat(form(without, "192.0.2.8", StubLookup.MINT, StubLookup.REQUEST)
                            .statusCode())
                    .isIn(404, 405);
        }
    }
}
