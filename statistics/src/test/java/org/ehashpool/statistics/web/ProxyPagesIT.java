package org.ehashpool.statistics.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.ehashpool.browser.PageBrowser.draw;
import static org.ehashpool.browser.PageBrowser.requireAccessible;
import static org.ehashpool.browser.PageBrowser.requireFit;

import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.ehashpool.browser.PageBrowser;
import org.ehashpool.browser.Window;
import org.ehashpool.statistics.figures.SmallFarm;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages of a farm's operator in a real browser; what a wallet does is not among them. */
@Timeout(300)
final class ProxyPagesIT {
    private static final Map<String, String> PAGES = Map.of(
            "overview", "/",
            "wallet", "/wallet",
            "connections", "/connections?limit=12",
            "connection", "/connections/1",
            "miners", "/miners?limit=12",
            "miner", "/miners/73",
            "pool", "/pool",
            "services", "/services");

    private static PageBrowser browser;
    private static TestSite site;

    @BeforeAll
    static void open() throws Exception {
        browser = new PageBrowser();
        site = new TestSite("farm_pages", 100, ProxyPages.site());
        SmallFarm.fill(site.database, TestSite.NOON, 72);
    }

    @AfterAll
    static void close() {
        browser.close();
        site.close();
    }

    @AfterEach
    void shouldHaveCausedNoComplaint() {
        browser.closePages();
        assertThat(browser.complaints()).isEmpty();
    }

    private static Page page(TestSite of) {
        return browser.page(Window.DESKTOP, of.address("/"));
    }

    private static List<String> pages() {
        return PAGES.keySet().stream().sorted().toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldBeAccessibleAndFitWhenAPageIsShownAnywhere(String name) {
        for (Window window : Window.ALL) {
            Page page = browser.page(window, site.address("/"));
            page.navigate(site.address(String.valueOf(PAGES.get(name))));
            assertThat(page.locator(".pulse")).hasText("Live");

            requireFit(page, "proxy-" + name + "-" + window.name());
            page.context().close();
        }
    }

    @Test
    void shouldSayWhatToTypeAndCopyItWhenAMinerIsToBeSetUp() {
        Page page = page(site);
        page.navigate(site.address("/miners"));

        assertThat(page.getByLabel("Pool or URL")).hasValue("stratum+tcp://translator.farm.example:34255");
        assertThat(page.getByLabel("Password")).hasValue("x");
        page.locator("button[data-copies=url-0]").click();
        assertThat(page.locator(".copies .copied").first()).hasText("Copied");

        // What was copied is what is pasted.
        page.locator("input[name=q]").focus();
        page.keyboard().press("Control+v");
        assertThat(page.locator("input[name=q]")).hasValue("stratum+tcp://translator.farm.example:34255");
    }

    @Test
    void shouldGuessTheTranslatorsAddressWhenItListensOnAll() throws Exception {
        try (TestSite near = new TestSite("near_farm", 100, ProxyPages.site())) {
            SmallFarm.fill(near.database, TestSite.NOON, 12);
            near.database.run("update service set health_url = 'http://127.0.0.1:9109/health/live'");
            Page page = page(near);
            page.navigate(near.address("/miners"));
            assertThat(page.getByLabel("Pool or URL")).hasValue("stratum+tcp://127.0.0.1:34255");

            near.database.run("""
                    update service set details = jsonb_set(details, '{sv1,port}', '3333')""");

            assertThat(page.getByLabel("Pool or URL")).hasValue("stratum+tcp://127.0.0.1:3333");
            assertThat(page.locator("button[data-copies=url-0]")).isVisible();
        }
    }

    @Test
    void shouldSayWhoIsPaidWhenMinersAreNamedForKeysAndOthers() {
        Page page = page(site);
        page.navigate(site.address("/miners?q=attic"));
        assertThat(page.locator("tbody tr")).hasCount(1);
        assertThat(page.locator("tbody tr")).containsText("key 0279be66…16f81798");

        page.navigate(site.address("/miners?q=bitaxe"));
        assertThat(page.locator("tbody tr")).hasCount(2);
        assertThat(page.locator("tbody tr").first()).containsText("the translator's wallet");
    }

    @Test
    void shouldTellTheBalanceOfAnHourWhenKeysMoveThroughTheChart() {
        Page page = page(site);
        page.navigate(site.address("/wallet?range=1h"));
        assertThat(page.locator(".pulse")).hasText("Live");

        page.locator(".plot").focus();
        page.keyboard().press("End");

        // The last whole minute, 12:33, at both mints.
        assertThat(page.locator(".tip")).containsText("1,198,652,371");
    }

    @Test
    void shouldShowNoFailureWhenNoneWasTold() {
        Page page = page(site);
        page.navigate(site.address("/pool"));

        assertThat(page.locator("tbody .state").first()).hasText("in use");
        assertThat(page.getByText("last failure")).hasCount(0);
    }

    @Test
    void shouldShowABalanceWithoutReloadWhenItGrows() throws Exception {
        try (TestSite live = new TestSite("live_farm", 100, ProxyPages.site())) {
            SmallFarm.fill(live.database, TestSite.NOON, 12);
            Page page = page(live);
            page.navigate(live.address("/wallet"));
            assertThat(page.locator(".pulse")).hasText("Live");
            page.evaluate("window.untouched = true");

            live.database.run("update balance set amount = 4097 where mint like '%second%'");

            assertThat(page.locator("[data-part=balances]")).containsText("4,097");
            assertThat(page.evaluate("window.untouched")).isEqualTo(true);
        }
    }

    @Test
    void shouldSearchAndPageWhenAListIsLong() {
        Page page = page(site);
        page.navigate(site.address("/miners?limit=20"));
        assertThat(page.locator("tbody tr")).hasCount(20);

        page.getByText("Next").click();
        assertThat(page.locator(".pages")).containsText("21 to 40 of ");
        page.locator("input[name=q]").fill("nobody-of-that-name");
        page.keyboard().press("Enter");
        assertThat(page.locator(".empty")).containsText("Nothing found");
    }

    @Test
    void shouldSayWhatComesWhenThereIsNothingYet() throws Exception {
        try (TestSite empty = new TestSite("empty_farm", 100, ProxyPages.site())) {
            for (Window window : Window.ALL) {
                Page page = browser.page(window, empty.address("/"));
                for (String path : List.of("/", "/wallet", "/connections", "/miners", "/pool", "/services")) {
                    page.navigate(empty.address(path));
                    assertThat(page.locator(".empty, .none").first()).isVisible();
                    if (window.equals(Window.DESKTOP)) {
                        requireAccessible(page, path);
                    }
                }
                page.navigate(empty.address("/"));
                draw(page, "proxy-empty-" + window.name());
                page.context().close();
            }
        }
    }

    @Test
    void shouldShowThatTheTranslatorIsGoneWhenItFellSilent() throws Exception {
        try (TestSite stale = new TestSite("stale_farm", 100, ProxyPages.site())) {
            SmallFarm.fill(stale.database, TestSite.NOON, 12);
            stale.now.set(TestSite.NOON.plus(Duration.ofMinutes(3)));
            Page page = page(stale);

            page.navigate(stale.address("/pool"));
            assertThat(page.locator(".notices")).containsText("translator barn is down");
            assertThat(page.locator("tbody .state").first()).hasText("not heard of");
            page.navigate(stale.address("/miners"));
            assertThat(page.locator(".setup")).containsText("not heard of");
            requireFit(page, "proxy-stale-desktop-light");
        }
    }
}
