package org.ehashpool.integration;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ehashpool.browser.PageBrowser;
import org.ehashpool.browser.Window;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.token.TokenCodec;
import org.ehashpool.cashu.wallet.WalletSeed;
import org.ehashpool.kit.postgres.embedded.PostgresLogin;
import org.ehashpool.proxystats.ProxyStatsMain;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The wallet of a translator as its operator uses it in a browser, with a pool and a mint. */
@Timeout(300)
class FarmWalletIT extends WalletScenario {
    private static final String SIGN_IN = "a-token-for-the-pages";
    private static final String OTHER_WORDS =
            "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";

    /** Addresses, in which no token may be. */
    private final List<String> asked = new ArrayList<>();

    private PageBrowser browser;
    private String pages;
    private LocalTranslator translator;
    private LocalTranslator other;

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
        browser = new PageBrowser();
    }

    @AfterEach
    void close() {
        browser.close();
        assertThat(browser.complaints()).isEmpty();
        assertThat(asked).noneMatch(url -> url.contains("cashu"));
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

    private Page page(Window window, Browser.NewContextOptions visitor) {
        Page page = browser.page(window, pages + "/", visitor);
        page.onRequest(request -> asked.add(request.url()));
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
        Page page = page(Window.DESKTOP, new Browser.NewContextOptions());
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
        Page page = page(Window.DESKTOP, new Browser.NewContextOptions().setJavaScriptEnabled(false));
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
        Page first = page(Window.DESKTOP, new Browser.NewContextOptions());
        signIn(first);
        send(first, pages, "300");
        String sent = first.url();
        BrowserContext signedIn = first.context();
        for (Window window : Window.ALL) {
            Page page = page(window, new Browser.NewContextOptions().setStorageState(signedIn.storageState()));
            fits(page, "/wallet", "", window);
            fits(page, "/wallet/sign-in", "sign-in-", window);
            fits(page, "/wallet/history", "history-", window);
            fits(page, "/wallet/send", "send-", window);
            fits(page, "/wallet/receive", "receive-", window);
            fits(page, sent.substring(pages.length()), "sent-", window);
            page.context().close();
        }
        translator.close();
        for (Window window : Window.ALL) {
            Page page = page(window, new Browser.NewContextOptions().setStorageState(signedIn.storageState()));
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
        PageBrowser.requireFit(page, "proxy-wallet-" + name + window.name());
    }
}
