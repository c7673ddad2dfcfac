package org.ehashpool.statistics.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class ProxySiteIT {
    private static final String HTML = "text/html";
    private static final List<String> PAGES = List.of("/", "/wallet", "/connections", "/miners", "/pool", "/services");

    private static TestSite site;

    @BeforeAll
    static void open() throws Exception {
        site = new TestSite("farm_site", 100, ProxyPages.site());
        site.database.runAt(TestSite.NOON, """
                insert into sender (service, instance, first_seen_at) values ('translator', 'barn', {0})""");
        site.database.runAt(TestSite.NOON, """
                insert into service (sender_id, name, instance, state, version, last_heartbeat_at, details)
                select id, service, instance, 'running', '1', {0}, '{"upstream": {"upstreams": [
                    {"url": "stratum2+tcp://first.example", "in_use": false, "accepted_work": "1000"},
                    {"url": "stratum2+tcp://second.example", "in_use": true, "accepted_work": "3000"}]},
                    "sv1": {"answer_mean_ms": 12.5}}'::jsonb
                from sender""");
        site.database.runAt(TestSite.NOON, """
                insert into balance (sender_id, mint, unit, amount, at)
                select id, 'https://mint.example', 'hash', 18446744073709551615, {0} from sender""");
    }

    @AfterAll
    static void close() throws Exception {
        site.close();
    }

    private static String page(String path) throws Exception {
        HttpResponse<String> page = site.get(path, HTML);
        assertThat(page.statusCode()).as(path + ": " + page.body()).isEqualTo(200);
        return page.body();
    }

    @Test
    void shouldHaveEachLinkAnsweredWhenAPageIsShown() throws Exception {
        for (String path : PAGES) {
            var link = Pattern.compile("href=\"(?:\\./)?([a-z][^\"#?]*)").matcher(page(path));

            while (link.find()) {
                assertThat(site.get("/" + link.group(1), HTML).statusCode())
                        .as(path + " to " + link.group(1))
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void shouldShowTheWholeAmountWhenItIsTheGreatestThereIs() throws Exception {
        assertThat(page("/wallet"))
                .contains("https://mint.example")
                .contains("18,446,744,073,709,551,615")
                .contains("translator barn");
    }

    @Test
    void shouldShowWhichPoolIsInUseAndItsShareWhenATranslatorHasTwo() throws Exception {
        String page = page("/pool");

        String first = page.substring(page.indexOf("first.example"), page.indexOf("second.example"));
        String second = page.substring(page.indexOf("second.example"));
        assertThat(first).contains("spare").contains("25").doesNotContain("in use");
        assertThat(second).contains("in use").contains("75").contains("12.5");
    }

    @Test
    void shouldSayThatATranslatorIsNotHeardOfWhenItFellSilent() throws Exception {
        site.now.set(TestSite.NOON.plus(Duration.ofMinutes(1)));
        try {
            assertThat(site.get("/pool?range=7d", HTML).body())
                    .contains("not heard of")
                    .doesNotContain("in use");
        } finally {
            site.now.set(TestSite.NOON);
        }
    }
}
