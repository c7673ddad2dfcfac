package org.ehashpool.statistics.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.ehashpool.statistics.figures.SmallPool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The pages in a real browser. With {@code -Dscreenshots=DIRECTORY} each one is also drawn to a file there: the pictures
 * of the documentation.
 */
@Timeout(300)
final class PagesIT {
    private static final @Nullable String SCREENSHOTS = System.getProperty("screenshots");
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

    private static Playwright playwright;
    private static Browser browser;
    private static TestSite site;

    private final List<String> complaints = new ArrayList<>();
    private @Nullable BrowserContext context;

    @BeforeAll
    static void open() throws Exception {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium())
                        .setArgs(List.of("--no-sandbox", "--disable-gpu")));
        site = new TestSite("pages", 100, PoolPages.site(Optional.of(StubLookup.behindProxies())));
        SmallPool.fill(site.database, TestSite.NOON, 72);
    }

    private static Path chromium() {
        return Stream.of(System.getenv("PATH").split(":"))
                .flatMap(directory -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("install the package \"chromium\" of your system"));
    }

    @AfterAll
    static void close() throws Exception {
        browser.close();
        playwright.close();
        site.close();
    }

    @AfterEach
    void shouldHaveCausedNoComplaint() {
        if (context != null) {
            context.close();
        }
        assertThat(complaints).isEmpty();
    }

    /** A browser's window. */
    private record Window(String name, int width, int height, ColorScheme scheme) {}

    private static List<Window> windows() {
        return List.of(
                new Window("desktop-light", 1280, 800, ColorScheme.LIGHT),
                new Window("desktop-dark", 1280, 800, ColorScheme.DARK),
                new Window("phone-light", 360, 740, ColorScheme.LIGHT),
                new Window("phone-dark", 360, 740, ColorScheme.DARK));
    }

    private Page page(Window window, TestSite of) {
        BrowserContext opened = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(window.width(), window.height())
                .setColorScheme(window.scheme())
                .setReducedMotion(ReducedMotion.REDUCE)
                .setLocale("en-GB")
                .setTimezoneId("Europe/Zurich"));
        context = opened;
        Page page = opened.newPage();
        page.onConsoleMessage(message -> {
            if (!message.type().equals("log")
                    && !message.text().contains("503")
                    && !message.text().contains("403")
                    && !message.text().contains("500")) {
                complaints.add(message.type() + ": " + message.text());
            }
        });
        page.onPageError(error -> complaints.add("error: " + error));
        page.onRequest(request -> {
            if (!request.url().startsWith(of.address("/"))) {
                complaints.add("a request to " + request.url());
            }
        });
        return page;
    }

    private static List<String> pages() {
        return PAGES.keySet().stream().sorted().toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldBeAccessibleAndFitWhenAPageIsShownAnywhere(String name) {
        for (Window window : windows()) {
            Page page = page(window, site);
            page.navigate(site.address(String.valueOf(PAGES.get(name))));
            assertThat(page.locator(".pulse")).hasText("Live");

            fits(page, name + "-" + window.name());
            page.context().close();
        }
    }

    private static void fits(Page page, String name) {
        var violations = new AxeBuilder(page).analyze().getViolations();
        assertThat(violations.stream()
                        .map(rule -> rule.getId() + ": "
                                + rule.getNodes().getFirst().getHtml() + " "
                                + rule.getNodes().getFirst().getAny()))
                .as(name)
                .isEmpty();
        int overflow = (int) page.evaluate("document.documentElement.scrollWidth - innerWidth");
        assertThat(overflow).as(name).isLessThanOrEqualTo(0);
        picture(page, name);
    }

    private static void picture(Page page, String name) {
        Optional.ofNullable(SCREENSHOTS)
                .ifPresent(directory -> page.screenshot(new Page.ScreenshotOptions()
                        .setPath(Path.of(directory, name + ".png"))
                        .setFullPage(true)));
    }

    @Test
    void shouldShowWhatAKeyEarnedAnywhereWhenItsRequestIsPasted() {
        for (Window window : windows()) {
            Page page = page(window, site);
            page.navigate(site.address("/miners"));
            page.getByText("What a key earned").click();
            fits(page, "earnings-form-" + window.name());

            page.getByLabel("Signed request of a lookup").fill("{\"expired\": true}");
            page.getByText("Show", new Page.GetByTextOptions().setExact(true)).click();
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("The request has expired");
            fits(page, "earnings-refused-" + window.name());

            page.getByLabel("Signed request of a lookup").fill(StubLookup.REQUEST);
            page.keyboard().press("Tab");
            page.keyboard().press("Tab");
            page.keyboard().press("Enter");
            assertThat(page.locator("tbody").first()).containsText("36,893,488,147,419,103,230");
            assertThat(page.getByLabel("Signed request of a lookup")).hasValue("");
            fits(page, "earnings-" + window.name());
            page.context().close();
        }
    }

    @Test
    void shouldShowABlockWithoutReloadWhenOneIsFound() throws Exception {
        try (TestSite live = new TestSite("live_pages")) {
            SmallPool.fill(live.database, TestSite.NOON, 12);
            Page page = page(windows().getFirst(), live);
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
            Page page = page(windows().getFirst(), failing);
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
            Page page = page(windows().getFirst(), stale);
            page.navigate(stale.address("/"));

            assertThat(page.locator(".notices")).containsText("pool pool-1 is down");
            assertThat(page.locator(".notices")).containsText("1,200 events are missing");
            picture(page, "stale-desktop-light");
            page.navigate(stale.address("/connections"));
            assertThat(page.locator("tbody .state").first()).hasText("not heard of");
        }
    }

    @Test
    void shouldSayWhatComesWhenThereIsNothingYet() throws Exception {
        try (TestSite empty = new TestSite("empty_pages")) {
            for (Window window : windows()) {
                Page page = page(window, empty);
                for (String path :
                        List.of("/", "/connections", "/miners", "/blocks", "/quotes", "/mints", "/services")) {
                    page.navigate(empty.address(path));
                    assertThat(page.locator(".empty").first()).isVisible();
                    assertThat(new AxeBuilder(page)
                                    .analyze().getViolations().stream().map(rule -> rule.getId()))
                            .as(path)
                            .isEmpty();
                    if (path.equals("/")) {
                        picture(page, "empty-" + window.name());
                    }
                }
                page.context().close();
            }
        }
    }

    @Test
    void shouldSearchSortAndPageWhenAListIsLong() {
        Page page = page(windows().getFirst(), site);
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
        Page page = page(windows().getFirst(), site);
        page.navigate(site.address("/blocks"));

        assertThat(page.locator("tbody time").first()).hasText("23 Nov 2026, 08:27:56");
        assertThat(page.locator("tbody time").first()).hasAttribute("title", "2026-11-23 07:27:56 UTC");
    }

    @Test
    void shouldTellAPointOfTheChartWhenKeysMoveThroughIt() {
        Page page = page(windows().getFirst(), site);
        page.navigate(site.address("/"));
        assertThat(page.locator(".pulse")).hasText("Live");

        page.locator(".plot").focus();
        page.keyboard().press("End");

        assertThat(page.locator(".tip")).containsText("PH/s");
        assertThat(page.locator(".tip")).containsText("23 Nov 2026");
    }

    @Test
    void shouldBeCompleteWhenThereIsNoScript() {
        BrowserContext plain = browser.newContext(
                new Browser.NewContextOptions().setJavaScriptEnabled(false).setViewportSize(1280, 800));
        context = plain;
        Page page = plain.newPage();
        page.navigate(site.address("/"));

        assertThat(page.locator(".now")).containsText("PH/s");
        assertThat(page.locator(".chart .line")).isVisible();
        assertThat(page.locator(".chart .x time").last()).hasText("12:34");
    }
}
