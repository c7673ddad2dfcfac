package org.ehashpool.statistics.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.ehashpool.browser.PageBrowser.draw;
import static org.ehashpool.browser.PageBrowser.requireAccessible;
import static org.ehashpool.browser.PageBrowser.requireFit;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ehashpool.browser.PageBrowser;
import org.ehashpool.browser.Window;
import org.ehashpool.statistics.figures.SmallPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages of a pool's operator in a real browser. */
@Timeout(300)
final class PagesIT {
    private static final Map<String, String> PAGES = Map.of(
            "overview", "/",
            "connections", "/connections?limit=12",
            "connection", "/connections/1",
            "miners", "/miners?limit=12",
            "miner", "/miners/73",
            "blocks", "/blocks",
            "quotes", "/quotes",
            "mints", "/mints",
            "services", "/services");

    private static PageBrowser browser;
    private static TestSite site;

    @BeforeAll
    static void open() throws Exception {
        browser = new PageBrowser();
        site = new TestSite("pages", 100, PoolPages.site(Optional.of(StubLookup.behindProxies())));
        SmallPool.fill(site.database, TestSite.NOON, 72);
    }

    @AfterAll
    static void close() throws Exception {
        browser.close();
        site.close();
    }

    @AfterEach
    void shouldHaveCausedNoComplaint() {
        browser.closePages();
        assertThat(browser.complaints()).isEmpty();
    }

    private static Page page(Window window, TestSite of) {
        return browser.page(window, of.address("/"));
    }

    private static List<String> pages() {
        return PAGES.keySet().stream().sorted().toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldBeAccessibleAndFitWhenAPageIsShownAnywhere(String name) {
        for (Window window : Window.ALL) {
            Page page = page(window, site);
            page.navigate(site.address(String.valueOf(PAGES.get(name))));
            assertThat(page.locator(".pulse")).hasText("Live");

            requireFit(page, name + "-" + window.name());
            page.context().close();
        }
    }

    @Test
    void shouldShowWhatAKeyEarnedAnywhereWhenItsRequestIsPasted() {
        for (Window window : Window.ALL) {
            Page page = page(window, site);
            page.navigate(site.address("/miners"));
            page.getByText("What a key earned").click();
            requireFit(page, "earnings-form-" + window.name());

            page.getByLabel("Signed request of a lookup").fill("{\"expired\": true}");
            page.getByText("Show", new Page.GetByTextOptions().setExact(true)).click();
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("The request has expired");
            requireFit(page, "earnings-refused-" + window.name());

            page.getByLabel("Signed request of a lookup").fill(StubLookup.REQUEST);
            page.keyboard().press("Tab");
            page.keyboard().press("Tab");
            page.keyboard().press("Enter");
            assertThat(page.locator("tbody").first()).containsText("36,893,488,147,419,103,230");
            assertThat(page.getByLabel("Signed request of a lookup")).hasValue("");
            requireFit(page, "earnings-" + window.name());
            page.context().close();
        }
    }

    @Test
    void shouldShowABlockWithoutReloadWhenOneIsFound() throws Exception {
        try (TestSite live = new TestSite("live_pages")) {
            SmallPool.fill(live.database, TestSite.NOON, 12);
            Page page = page(Window.DESKTOP, live);
            page.navigate(live.address("/blocks"));
            assertThat(page.locator(".pulse")).hasText("Live");
            page.evaluate("window.untouched = true");

            live.database.runAt(TestSite.NOON, """
                    insert into block values ('ab', 912999, 1, 1, 'antminer.barn-1', 'found', 0, {0}, {0})""");

            assertThat(page.locator("tbody tr").first()).containsText("912,999");
            assertThat(page.evaluate("window.untouched")).isEqualTo(true);
        }
    }

    @Test
    void shouldSayWhenItIsNotLiveAndRecoverWhenTheDatabaseComesBack() throws Exception {
        try (TestSite failing = new TestSite("failing_pages")) {
            SmallPool.fill(failing.database, TestSite.NOON, 12);
            Page page = page(Window.DESKTOP, failing);
            page.navigate(failing.address("/"));
            assertThat(page.locator(".pulse")).hasText("Live");

            failing.broken = true;
            assertThat(page.locator(".pulse")).hasText("No figures: trying again");

            failing.broken = false;
            assertThat(page.locator(".pulse")).hasText("Live");
        }
    }

    @Test
    void shouldShowWhatIsMissingWhenThePoolIsGone() throws Exception {
        try (TestSite stale = new TestSite("stale_pages")) {
            SmallPool.fill(stale.database, TestSite.NOON, 12);
            stale.now.set(TestSite.NOON.plus(Duration.ofMinutes(3)));
            stale.database.runAt(
                    TestSite.NOON, "insert into gap (boot, from_seq, to_seq, noticed_at) values (1, 5, 1204, {0})");
            Page page = page(Window.DESKTOP, stale);
            page.navigate(stale.address("/"));

            assertThat(page.locator(".notices")).containsText("pool pool-1 is down");
            assertThat(page.locator(".notices")).containsText("1,200 events are missing");
            draw(page, "stale-desktop-light");
            page.navigate(stale.address("/connections"));
            assertThat(page.locator("tbody .state").first()).hasText("not heard of");
        }
    }

    @Test
    void shouldSayWhatComesWhenThereIsNothingYet() throws Exception {
        try (TestSite empty = new TestSite("empty_pages")) {
            for (Window window : Window.ALL) {
                Page page = page(window, empty);
                for (String path :
                        List.of("/", "/connections", "/miners", "/blocks", "/quotes", "/mints", "/services")) {
                    page.navigate(empty.address(path));
                    assertThat(page.locator(".empty").first()).isVisible();
                    if (window.equals(Window.DESKTOP)) {
                        requireAccessible(page, path);
                    }
                    if (path.equals("/")) {
                        draw(page, "empty-" + window.name());
                    }
                }
                page.context().close();
            }
        }
    }

    @Test
    void shouldSearchSortAndPageWhenAListIsLong() {
        Page page = page(Window.DESKTOP, site);
        page.navigate(site.address("/connections?limit=20"));
        assertThat(page.locator("tbody tr")).hasCount(20);

        page.getByText("Next").click();
        assertThat(page.locator(".pages")).containsText("21 to 40 of 72");

        page.locator("thead").getByText("User").click();
        assertThat(page.locator("th[aria-sort=ascending]")).hasText("User");
        assertThat(page.locator("tbody tr").first()).containsText("10.0.0.");

        page.locator("input[name=q]").fill("bitaxe");
        page.keyboard().press("Enter");
        assertThat(page.locator("tbody tr")).hasCount(2);

        page.locator("tbody a").first().click();
        assertThat(page.locator("h1")).containsText("bitaxe.");
    }

    @Test
    void shouldTellTimesLocallyWithUtcBesideWhenThereIsScript() {
        Page page = page(Window.DESKTOP, site);
        page.navigate(site.address("/blocks"));

        assertThat(page.locator("tbody time").first()).hasText("23 Nov 2026, 08:27:56");
        assertThat(page.locator("tbody time").first()).hasAttribute("title", "2026-11-23 07:27:56 UTC");
    }

    @Test
    void shouldTellAPointOfTheChartWhenKeysMoveThroughIt() {
        Page page = page(Window.DESKTOP, site);
        page.navigate(site.address("/"));
        assertThat(page.locator(".pulse")).hasText("Live");

        page.locator(".plot").focus();
        page.keyboard().press("End");

        assertThat(page.locator(".tip")).containsText("PH/s");
        assertThat(page.locator(".tip")).containsText("23 Nov 2026");
    }

    @Test
    void shouldBeCompleteWhenThereIsNoScript() {
        Page page = browser.page(
                Window.DESKTOP, site.address("/"), new Browser.NewContextOptions().setJavaScriptEnabled(false));
        page.navigate(site.address("/"));

        assertThat(page.locator(".now")).containsText("PH/s");
        assertThat(page.locator(".chart .line")).isVisible();
        assertThat(page.locator(".chart .x time").last()).hasText("12:34");
    }
}
