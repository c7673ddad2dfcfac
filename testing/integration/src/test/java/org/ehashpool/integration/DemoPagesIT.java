package org.ehashpool.integration;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ehashpool.browser.PageBrowser;
import org.ehashpool.browser.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The pages of both statistics services while the demo runs, as a newcomer opens them, and against the books. */
@Timeout(600)
final class DemoPagesIT {
    /** About a million hashes. */
    private static final String QUICK_BLOCKS = "1e0fffff";

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final ContainsTextOptions LONG = new ContainsTextOptions().setTimeout((double) PATIENCE.toMillis());
    private static final Pattern RATE = Pattern.compile("[0-9] ?[kMG]?H/s");
    private static final Pattern SOME = Pattern.compile("[1-9]");
    private static final Pattern AGO = Pattern.compile("ago");

    @TempDir
    private Path home;

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final PageBrowser browser = new PageBrowser();
    private Process demo;
    private Thread reading;

    @BeforeEach
    void start() throws IOException {
        demo = DemoProcess.start(home, "demo", "--bits", QUICK_BLOCKS);
        BufferedReader output = demo.inputReader();
        reading = Thread.ofVirtual().start(() -> output.lines().forEach(lines::add));
    }

    @AfterEach
    void stop() throws InterruptedException {
        browser.close();
        miner().ifPresent(process -> signal(process, "CONT"));
        demo.toHandle().destroy();
        assertThat(demo.waitFor(90, TimeUnit.SECONDS)).isTrue();
        reading.join(Duration.ofSeconds(10));
        client.close();
    }

    @Test
    void shouldShowANewcomerWhatHappensWithoutReloadAndAgreeWithTheBooksWhenMiningStops() throws Exception {
        String pool = said(Pattern.compile("^pool-stats: +(http\\S+)/$"));
        String farm = said(Pattern.compile("^proxy-stats: +(http\\S+)/$"));
        Page ofPool = browser.page(Window.DESKTOP, pool);
        Page ofFarm = browser.page(Window.DESKTOP, farm);
        ofPool.navigate(pool + "/");
        ofFarm.navigate(farm + "/");
        for (Page page : List.of(ofPool, ofFarm)) {
            page.evaluate("window.untouched = true");
        }

        assertThat(figure(ofPool, "Last block")).containsText(AGO, LONG);
        assertThat(figure(ofPool, "Issued")).containsText(SOME, LONG);
        assertThat(figure(ofPool, "Shares a minute")).containsText(SOME, LONG);
        assertThat(ofPool.locator(".now")).containsText(RATE, LONG);
        assertThat(ofFarm.locator(".now")).containsText(RATE, LONG);
        assertThat(figure(ofFarm, "Issued")).containsText(SOME, LONG);
        assertThat(figure(ofFarm, "Chain")).containsText(SOME, LONG);
        assertThat(ofFarm.locator("[data-part=balances] td.n").first()).containsText(SOME, LONG);
        for (Page page : List.of(ofPool, ofFarm)) {
            assertThat(page.evaluate("window.untouched")).isEqualTo(true);
        }
        assertThat(browser.complaints()).isEmpty();

        signal(miner().orElseThrow(), "STOP");
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(2)).untilAsserted(() -> agree(pool, farm));
    }

    private static Locator figure(Page page, String name) {
        return page.locator(".figures > div")
                .filter(new Locator.FilterOptions()
                        .setHas(page.locator("dt", new Page.LocatorOptions().setHasText(name))));
    }

    /** What the pages' services have is what pool, mint and wallet have. */
    private void agree(String pool, String farm) throws Exception {
        JsonNode books = audit();
        assertThat(books.path("differing").asLong(-1)).isZero();
        JsonNode credited = books.at("/pool/units/0");
        JsonNode quoted = books.at("/mint/units/0");
        JsonNode ofPool = json(pool + "/api/v1/overview");
        JsonNode ofFarm = json(farm + "/api/v1/overview");
        long shares = credited.path("shares").asLong();

        assertThat(shares).isPositive();
        assertThat(accepted(pool + "/api/v1/downstreams")).isEqualTo(shares);
        assertThat(accepted(pool + "/api/v1/miners")).isEqualTo(shares);
        assertThat(accepted(farm + "/api/v1/downstreams")).isEqualTo(shares);
        assertThat(accepted(farm + "/api/v1/miners")).isEqualTo(shares);
        assertThat(ofPool.at("/quotes/0/created").asLong())
                .isEqualTo(quoted.path("quotes").asLong());
        assertThat(ofPool.at("/quotes/0/created_amount").asText())
                .isEqualTo(credited.path("credited").asText())
                .isEqualTo(quoted.at("/rows/paid").asText());
        assertThat(ofPool.at("/quotes/0/issued_amount").asText())
                .isEqualTo(ofFarm.at("/quotes/0/issued_amount").asText())
                .isEqualTo(credited.path("credited").asText())
                .isEqualTo(quoted.at("/rows/issued").asText());
        assertThat(new BigInteger(
                        json(farm + "/api/v1/balances").at("/balances/0/amount").asText()))
                .isEqualTo(new BigInteger(quoted.at("/rows/issued").asText())
                        .subtract(new BigInteger(quoted.at("/rows/fees").asText())));
        assertThat(ofFarm.at("/network/height").asLong())
                .isEqualTo(ofPool.at("/network/height").asLong());
        assertThat(ofPool.path("missing_events").asLong()).isZero();
        assertThat(ofFarm.path("missing_events").asLong()).isZero();
    }

    private long accepted(String list) throws Exception {
        JsonNode answer = json(list);
        long accepted = 0;
        for (JsonNode row : answer.path(list.substring(list.lastIndexOf('/') + 1))) {
            // A mint is a downstream, too, and brings no shares.
            accepted += row.path("accepted").asLong();
        }
        return accepted;
    }

    private JsonNode json(String url) throws Exception {
        return new ObjectMapper()
                .readTree(client.send(
                                HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                        .body());
    }

    private JsonNode audit() throws Exception {
        Process audit = DemoProcess.start(home, "audit", "--json");
        JsonNode report = new ObjectMapper().readTree(audit.getInputStream().readAllBytes());
        assertThat(audit.waitFor()).isZero();
        return report;
    }

    /** The part of a line that the demo says. */
    private String said(Pattern pattern) {
        return await().atMost(PATIENCE)
                .until(
                        () -> lines.stream()
                                .map(pattern::matcher)
                                .filter(Matcher::find)
                                .map(line -> line.group(1))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private Optional<ProcessHandle> miner() {
        return demo.descendants()
                .filter(process -> process.info().commandLine().orElse("").contains("--user demo.cpu"))
                .findFirst();
    }

    private static void signal(ProcessHandle process, String name) {
        try {
            assertThat(new ProcessBuilder("kill", "-" + name, "" + process.pid())
                            .inheritIO()
                            .start()
                            .waitFor())
                    .isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
