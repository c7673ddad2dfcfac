package org.ehashpool.browser;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Headless Chromium, and what its pages complained of. For one thread. A page that is not there is a complaint; other
 * answers that are failures are the test's to judge.
 */
public final class PageBrowser implements AutoCloseable {
    private static final Optional<Path> SCREENSHOTS =
            Optional.ofNullable(System.getProperty("screenshots")).map(Path::of);

    private static final Predicate<String> FAILED_ANSWER =
            Pattern.compile("status of (?!404)[45][0-9]{2}").asPredicate();

    private final Playwright playwright;
    private final Browser browser;
    private final List<String> complaints = new ArrayList<>();

    /**
     * Starts it.
     *
     * @throws IllegalStateException without Chromium on the PATH
     */
    public PageBrowser() {
        Path program = chromium();
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-gpu-rasterization")));
    }

    private static Path chromium() {
        return Stream.of(System.getenv("PATH").split(":"))
                .flatMap(directory -> Stream.of(
                                "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("install the package \"chromium\" of your system"));
    }

    /**
     * An empty page of a visitor whom nobody knows.
     *
     * @param site what every request has to begin with; others are complaints
     */
    public Page page(Window window, String site) {
        return page(window, site, new Browser.NewContextOptions());
    }

    /** The same with more of the visitor's: what he is signed in to, or that he has no script. */
    public Page page(Window window, String site, Browser.NewContextOptions visitor) {
        BrowserContext context = browser.newContext(visitor.setViewportSize(window.width(), window.height())
                .setColorScheme(window.scheme())
                .setReducedMotion(ReducedMotion.REDUCE)
                .setLocale("en-GB")
                .setTimezoneId("Europe/Zurich"));
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (!message.type().equals("log") && !FAILED_ANSWER.test(message.text())) {
                complaints.add(message.type() + ": " + message.text());
            }
        });
        page.onPageError(error -> complaints.add("error: " + error));
        page.onRequest(request -> {
            if (!request.url().startsWith(site)) {
                complaints.add("a request to " + request.url());
            }
        });
        return page;
    }

    /**
     * Judges what is shown, and draws it if pictures are wanted.
     *
     * @param name of the picture, without the ending
     * @throws AssertionError if axe finds it inaccessible, or it is wider than its window
     */
    public static void requireFit(Page page, String name) {
        requireAccessible(page, name);
        int overflow = (int) page.evaluate("document.documentElement.scrollWidth - innerWidth");
        if (overflow > 0) {
            throw new AssertionError(name + " is " + overflow + " pixels wider than its window");
        }
        draw(page, name);
    }

    /**
     * Judges what is shown.
     *
     * @throws AssertionError if axe finds it inaccessible
     */
    public static void requireAccessible(Page page, String name) {
        List<String> violations = new AxeBuilder(page)
                .analyze().getViolations().stream()
                        .map(rule -> rule.getId() + ": "
                                + rule.getNodes().getFirst().getHtml() + " "
                                + rule.getNodes().getFirst().getAny())
                        .toList();
        if (!violations.isEmpty()) {
            throw new AssertionError(name + ": " + String.join("; ", violations));
        }
    }

    /** Draws the whole page to a file if pictures are wanted. */
    public static void draw(Page page, String name) {
        SCREENSHOTS.ifPresent(directory -> page.screenshot(new Page.ScreenshotOptions()
                .setPath(directory.resolve(name + ".png"))
                .setFullPage(true)));
    }

    /** Ends all pages. */
    public void closePages() {
        List.copyOf(browser.contexts()).forEach(BrowserContext::close);
    }

    /** Errors and warnings in consoles, and requests to elsewhere, since this was asked last. */
    public List<String> complaints() {
        List<String> all = List.copyOf(complaints);
        complaints.clear();
        return all;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
