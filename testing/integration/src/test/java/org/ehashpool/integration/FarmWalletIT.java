package org.ehashpool.integration;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.token.TokenCodec;
import org.ehashpool.cashu.wallet.WalletSeed;
import org.ehashpool.kit.postgres.embedded.PostgresLogin;
import org.ehashpool.proxystats.ProxyStatsMain;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The wallet of a translator as its operator uses it in a browser, with a pool and a mint. With
 * {@code -Dscreenshots=DIRECTORY} each page is also drawn to a file there: the pictures of the documentation.
 */
@Timeout(300)
class FarmWalletIT extends WalletScenario {
    private static final String SIGN_IN = "a-token-for-the-pages";
    private static final String OTHER_WORDS =
            "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";

    private final List<String> complaints = new ArrayList<>();
    private Playwright playwright;
    private Browser browser;
    private String pages;
    private LocalTranslator translator;
    private LocalTranslator other;

    /** A browser's window. */
    private record Window(String name, int width, int height, ColorScheme scheme) {}

    private static final List<Window> WINDOWS = List.of(
            new Window("desktop-light", 1280, 800, ColorScheme.LIGHT),
            new Window("desktop-dark", 1280, 800, ColorScheme.DARK),
            new Window("phone-light", 360, 740, ColorScheme.LIGHT),
            new Window("phone-dark", 360, 740, ColorScheme.DARK));

    @BeforeEach
    void open() throws Exception {
        String mintAddress = "127.0.0.1:" + freePort();
        String key = WalletSeed.ofWords(WORDS, "").quoteKey(0).publicKey().toString();
        LocalPool pool = pool(Map.of("POOL__USERS__0__NAME", key), 1);
        translator = closing(LocalTranslator.start(
                walletEnvironment("wallet", WORDS, login("translator"), mintAddress), pool.url()));
        other = closing(LocalTranslator.start(
                walletEnvironment("other", OTHER_WORDS, login(2, "translator"), mintAddress), pool.url()));
        mineOneShareFor(pool, key);
        setAmount("1000");
        closing(LocalMint.start(
                seed(1),
                mintLogin(1),
                Map.of("MINT__PUBLIC__LISTEN", mintAddress, "MINT__ORDERING__MINT_URL", "http://" + mintAddress),
                mintUrl(pool)));
        awaitUnspent(translator, "1000");
        int port = freePort();
        pages = "http://127.0.0.1:" + port;
        closing(startStatistics(port));
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium())
                        .setArgs(List.of("--no-sandbox", "--disable-gpu")));
    }

    @AfterEach
    void close() {
        browser.close();
        playwright.close();
        assertThat(complaints).isEmpty();
    }

    private LocalService startStatistics(int port) throws IOException {
        PostgresLogin login = login("proxy_stats");
        Map<String, String> environment = new HashMap<>();
        environment.put("PROXY_STATS__HTTP__LISTEN", "127.0.0.1:" + port);
        environment.put("PROXY_STATS__LISTEN__ADDRESS", "127.0.0.1:" + freePort());
        environment.put("PROXY_STATS__DATABASE__URL", login.url());
        environment.put("PROXY_STATS__DATABASE__USER", login.user());
        environment.put("PROXY_STATS__DATABASE__PASSWORD", login.password());
        environment.put("PROXY_STATS__TRANSLATOR__API", translator.address());
        environment.put("PROXY_STATS__TRANSLATOR__TOKEN", TOKEN);
        environment.put("PROXY_STATS__WEB__TOKEN", SIGN_IN);
        return LocalService.start(ProxyStatsMain.service(), environment);
    }

    private static Path chromium() {
        return Stream.of(System.getenv("PATH").split(":"))
                .flatMap(directory -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("install the package \"chromium\" of your system"));
    }

    private Page page(Browser.NewContextOptions options) {
        Page page = browser.newContext(options.setReducedMotion(ReducedMotion.REDUCE)
                        .setLocale("en-GB")
                        .setTimezoneId("Europe/Zurich"))
                .newPage();
        page.onConsoleMessage(message -> {
            if (!message.type().equals("log") && !message.text().contains("status of ")) {
                complaints.add(message.type() + ": " + message.text());
            }
        });
        page.onPageError(error -> complaints.add("error: " + error));
        page.onRequest(request -> {
            if (!request.url().startsWith(pages + "/")) {
                complaints.add("a request to " + request.url());
            }
            if (request.url().contains("cashu")) {
                complaints.add("a token in " + request.url());
            }
        });
        return page;
    }

    private void signIn(Page page) {
        page.navigate(pages + "/wallet");
        page.getByText("Open the wallet").click();
        page.getByLabel("Token of this service").fill(SIGN_IN);
        click(page, "Sign in");
        assertThat(page.locator("h1")).hasText("History");
    }

    private static void click(Page page, String button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button))
                .click();
    }

    private static String send(Page page, String url, String amount) {
        page.navigate(url + "/wallet/send");
        page.getByLabel("Amount").fill(amount);
        click(page, "Make a token");
        assertThat(page.locator("h1")).hasText("Sent");
        return page.locator("#text").inputValue();
    }

    private JsonNode receive(LocalTranslator by, String token) {
        return by.post(
                "/api/v1/wallet/receive",
                TOKEN,
                new ObjectMapper().createObjectNode().put("token", token).toString());
    }

    private int sends() {
        int sends = 0;
        for (JsonNode operation :
                translator.json("/api/v1/wallet/history", TOKEN).path("operations")) {
            sends += operation.path("kind").asText().equals("send") ? 1 : 0;
        }
        return sends;
    }

    @Test
    void shouldMoveEcashBetweenTwoWalletsWhenTheOperatorClicks() {
        Page page = page(new Browser.NewContextOptions().setViewportSize(1280, 800));
        signIn(page);
        assertThat(page.locator(".amount")).hasText("1,000");

        String token = send(page, pages, "300");
        assertThat(page.locator("svg.qr")).isVisible();
        assertThat(TokenCodec.decode(token).amount()).contains(Amount.of(300));
        assertThat(receive(other, token).path("amount").asText()).isEqualTo("300");
        awaitUnspent(translator, "700");

        String back = other.post("/api/v1/wallet/send", TOKEN, "{\"amount\": \"120\", \"unit\": \"hash\"}")
                .path("token")
                .asText();
        page.navigate(pages + "/wallet/receive");
        page.getByLabel("Token").fill(back);
        click(page, "Receive");
        assertThat(page.getByRole(AriaRole.STATUS).getByText("Received: 120 ehash."))
                .isVisible();
        assertThat(page.locator(".amount")).hasText("820");

        // A double click, and the same form once more after going back.
        page.navigate(pages + "/wallet/send");
        page.getByLabel("Amount").fill("50");
        String key = page.locator("input[name=key]").inputValue();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Make a token"))
                .dblclick();
        assertThat(page.locator("h1")).hasText("Sent");
        String once = page.url();
        page.navigate(pages + "/wallet/send");
        page.evaluate("key => document.querySelector('input[name=key]').value = key", key);
        page.getByLabel("Amount").fill("50");
        click(page, "Make a token");
        assertThat(page).hasURL(once);
        page.reload();
        assertThat(sends()).isEqualTo(2);

        click(page, "Take it back");
        assertThat(page.getByRole(AriaRole.STATUS).getByText("Taken back: 50 ehash."))
                .isVisible();
        awaitUnspent(translator, "820");
        page.navigate(once);
        assertThat(page.locator(".empty")).containsText("There is no token any more");

        click(page, "Sign out");
        page.navigate(once);
        assertThat(page.locator("h1")).hasText("Sign in");
    }

    @Test
    void shouldSendAndSayWhatIsWrongWhenThereIsNoScript() {
        Page page = page(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        signIn(page);

        assertThat(TokenCodec.decode(send(page, pages, "7")).amount()).contains(Amount.of(7));
        page.navigate(pages + "/wallet/send");
        page.getByLabel("Amount").fill("5000");
        click(page, "Make a token");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Not sent.");
        page.navigate(pages + "/wallet/receive");
        page.getByLabel("Token").fill("cashuBnonsense");
        click(page, "Receive");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Not received.");
        assertThat(sends()).isEqualTo(1);
    }

    @Test
    void shouldBeAccessibleAndFitWhenAPageIsShownAnywhere() {
        Page first = page(new Browser.NewContextOptions().setViewportSize(1280, 800));
        signIn(first);
        send(first, pages, "300");
        String sent = first.url();
        BrowserContext signedIn = first.context();
        for (Window window : WINDOWS) {
            Page page = page(new Browser.NewContextOptions()
                    .setViewportSize(window.width(), window.height())
                    .setColorScheme(window.scheme())
                    .setStorageState(signedIn.storageState()));
            fits(page, "/wallet", "", window);
            fits(page, "/wallet/sign-in", "sign-in-", window);
            fits(page, "/wallet/history", "history-", window);
            fits(page, "/wallet/send", "send-", window);
            fits(page, "/wallet/receive", "receive-", window);
            fits(page, sent.substring(pages.length()), "sent-", window);
            page.context().close();
        }
        translator.close();
        for (Window window : WINDOWS) {
            Page page = page(new Browser.NewContextOptions()
                    .setViewportSize(window.width(), window.height())
                    .setColorScheme(window.scheme())
                    .setStorageState(signedIn.storageState()));
            fits(page, "/wallet/history", "away-", window);
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("The translator does not answer");
            page.navigate(pages + "/wallet");
            assertThat(page.locator("h1")).hasText("Wallet");
            page.context().close();
        }
        closed(translator);
    }

    private void fits(Page page, String path, String name, Window window) {
        page.navigate(pages + path);
        String of = name + window.name();
        assertThat(new AxeBuilder(page)
                        .analyze().getViolations().stream()
                                .map(rule -> rule.getId() + ": "
                                        + rule.getNodes().getFirst().getHtml()))
                .as(of)
                .isEmpty();
        int overflow = (int) page.evaluate("document.documentElement.scrollWidth - innerWidth");
        assertThat(overflow).as(of).isLessThanOrEqualTo(0);
        Optional.ofNullable(System.getProperty("screenshots"))
                .ifPresent(directory -> page.screenshot(new Page.ScreenshotOptions()
                        .setPath(Path.of(directory, "proxy-wallet-" + of + ".png"))
                        .setFullPage(true)));
    }
}
