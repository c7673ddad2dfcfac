package org.ehashpool.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command against a pool, a mint and a wallet that all say what they are told to. */
final class AuditCommandTest {
    private static final String MINT = "02" + "ab".repeat(32);
    private static final String OURS = "03" + "11".repeat(32);
    private static final String SHARE = "00".repeat(31) + "07";
    private static final String ORDER = """
            {"share_hash":"%s","mint":"%s","state":"quoted","quote":"q","share_count":1,"amount":"8","unit":"hash",
            "locking_key":"%s"}""".formatted(SHARE, MINT.substring(2), OURS);
    private static final String QUOTE = """
            {"share_hash":"%s","quote":"q","share_count":1,"unit":"hash","locking_key":"%s","paid":"8","issued":"8",
            "created_at":1}""".formatted(SHARE, OURS);
    private static final String SUMS =
            "{\"paid\":\"8\",\"issued\":\"8\",\"signed\":\"8\",\"spent\":\"0\",\"fees\":\"0\",\"melted\":\"0\"}";

    private final StringWriter output = new StringWriter();
    private final StringWriter problems = new StringWriter();
    private final Map<String, String> answers = new HashMap<>();
    private HttpServer server;

    @TempDir
    Path directory;

    @BeforeEach
    void start() throws IOException {
        answers.put("/api/v1/status", "{\"public_key\":\"" + MINT + "\"}");
        answers.put("/api/v1/audit/ledger", """
                {"units":[{"unit":"hash","shares":1,"credited":"8","unordered":"0","bound":"0","quoted":"8"}],
                "orders_off":0,"sums_off":0,"keyless":0,"reassigned":0}""");
        answers.put("/api/v1/audit/orders", "{\"orders\":[" + ORDER + "]}");
        answers.put("/api/v1/audit/orders?after=" + SHARE, "{\"orders\":[]}");
        answers.put("/api/v1/audit/quotes", "{\"quotes\":[" + QUOTE + "]}");
        answers.put("/api/v1/audit/quotes?after=" + SHARE, "{\"quotes\":[]}");
        answers.put("/api/v1/audit/books", """
                {"units":[{"unit":"hash","quotes":1,"ledger":%s,"rows":%s,"minted":"8"}],
                "quotes_off":0,"operations_off":0,"swaps_off":0}""".formatted(SUMS, SUMS));
        answers.put(
                "/api/v1/wallet/audit/keys",
                "{\"at\":5,\"keys\":[\"" + OURS + "\"],\"mints\":[\"" + MINT + "\"],\"restored\":[]}");
        wallet("8");
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.createContext("/", this::serve);
        server.start();
    }

    private void wallet(String claimed) {
        String claims = "{\"claims\":[{\"share_hash\":\"" + SHARE + "\",\"quote\":\"q\",\"unit\":\"hash\","
                + "\"locking_key\":\"" + OURS + "\",\"claimed\":\"" + claimed + "\",\"open\":false}]}";
        String path = "/api/v1/wallet/audit/claims?mint=" + MINT;
        answers.put(path, claims);
        answers.put(path + "&share_hash=" + SHARE, claims);
        answers.put(path + "&after=" + SHARE, "{\"claims\":[]}");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        String answer = answers.get(exchange.getRequestURI().toString());
        byte[] body = (answer == null ? "{}" : answer).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer == null ? 404 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--pool", url(), "--mint", url()));
        all.addAll(List.of(arguments));
        Map<String, String> environment =
                Map.of("EHASH_POOL_TOKEN", "one", "EHASH_MINT_TOKEN", "two", "EHASH_TRANSLATOR_TOKEN", "three");
        return new CommandLine(new AuditCommand(environment, InstantSource.system()))
                .setOut(new PrintWriter(output))
                .setErr(new PrintWriter(problems))
                .execute(all.toArray(String[]::new));
    }

    @Test
    void shouldSayByItsStatusThatNoWalletWasComparedUnlessNoneIsToBe() {
        assertThat(run()).isEqualTo(4);
        assertThat(output.toString()).contains("no wallet: not compared");
        assertThat(run("--no-wallet")).isZero();
    }

    @Test
    void shouldAgreeWhenTheWalletClaimsWhatWasIssued() {
        assertThat(run("--wallet", url())).as(problems.toString()).isZero();
        assertThat(output.toString())
                .contains("wallet hash: issued to its keys 8 of 8, claimed 8")
                .contains("1 quotes of its keys agree")
                .contains("no difference");
    }

    @Test
    void shouldNameTheShareWhenTheWalletClaimsMoreOrLess() {
        wallet("9");
        assertThat(run("--wallet", url())).isEqualTo(1);
        assertThat(output.toString())
                .contains("DIFFERS  wallet-claims-more  share " + SHARE + ": issued 8, and the wallet claims 9")
                .contains("1 differences");
        wallet("3");
        assertThat(run("--wallet", url())).isEqualTo(1);
        assertThat(output.toString()).contains("wallet-claims-less");
    }

    @Test
    void shouldReadTheClaimsOfAWalletByItselfFromAFile() throws IOException {
        Path file = directory.resolve("claims");
        Files.writeString(file, """
                {"format":"ehash-wallet-claims/1","at":5,"keys":["%s"],"mints":["%s"],"restored":[]}
                {"mint":"%s","share_hash":"%s","quote":"q","unit":"hash","locking_key":"%s","claimed":"8","open":false}
                """.formatted(OURS, MINT, MINT, SHARE, OURS));
        assertThat(run("--wallet-file", file.toString()))
                .as(problems.toString())
                .isZero();
        Files.writeString(file, "nonsense");
        assertThat(run("--wallet-file", file.toString())).isEqualTo(1);
    }

    @Test
    void shouldRefuseTwoWallets() {
        assertThat(run("--wallet", url(), "--no-wallet")).isEqualTo(2);
    }
}
