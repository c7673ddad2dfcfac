package org.ehashpool.cli.mint;

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
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class MintCommandTest {

    private static final String TOKEN = "secret-token";
    private static final String KEYSETS = """
            {"at":0,"keysets":[{"id":"01ab","unit":"hash","active":true,"input_fee_ppk":100,"final_expiry":null,
            "retired_at":null,"issued":"18446744073709551615","redeemed":"5","outstanding":"7"},
            {"id":"01cd","unit":"hash","active":false,"input_fee_ppk":0,"final_expiry":4102444800,"retired_at":null,
            "issued":"1","redeemed":"1","outstanding":"0"}]}""";

    @TempDir
    private Path directory;

    private final StringWriter output = new StringWriter();
    private final List<String> requests = new ArrayList<>();
    private String answer = "{}";
    private int status = 200;
    private HttpServer mint = listen();

    private HttpServer listen() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
            server.createContext("/", this::serve);
            return server;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void start() {
        mint.start();
    }

    @AfterEach
    void stop() {
        mint.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8) + " "
                + exchange.getRequestHeaders().getFirst("Authorization"));
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void shouldKnowEveryCommandThatTheManualShows() throws Exception {
        List<String> shown = Files.readString(Path.of("..", "docs", "mint.md"))
                .lines()
                .filter(line -> line.startsWith("./ehash mint "))
                .toList();

        assertThat(shown).hasSizeGreaterThan(5);
        for (String line : shown) {
            String[] words = line.replace("\"an inspection\"", "inspection").split(" ", -1);
            CommandLine.ParseResult read =
                    new CommandLine(new MintCommand(Map.of())).parseArgs(Arrays.copyOfRange(words, 2, words.length));
            assertThat(read.hasSubcommand()).as(line).isTrue();
        }
    }

    @Test
    void shouldShowATableOfKeysetsWhenAsked() {
        answer = KEYSETS;

        assertThat(run("keysets")).isZero();

        assertThat(requests).containsExactly("GET /api/v1/keysets  Bearer " + TOKEN);
        assertThat(output.toString().lines())
                .containsExactly(
                        "keyset  unit  state     fee ppk  expiry                issued                redeemed  outstanding",
                        "01ab    hash  active    100      never                 18446744073709551615  5         7",
                        "01cd    hash  inactive  0        2100-01-01T00:00:00Z  1                     1         0");
    }

    @Test
    void shouldPrintTheAnswerWhenJsonIsWanted() {
        answer = "{\"a\":\"18446744073709551616\"}";

        assertThat(run("report", "--json")).isZero();

        assertThat(output.toString()).contains("\"a\" : \"18446744073709551616\"");
    }

    @Test
    void shouldOrderWhatWasSaidWhenACommandIsGiven() {
        assertThat(run("rotate", "--fee-ppk", "100", "--final-expiry", "2100-01-01T00:00:00Z", "--json"))
                .isZero();
        assertThat(run("limit", "--unit", "hash", "--to", "18446744073709551615", "--json"))
                .isZero();
        assertThat(run("limit", "--to", "none", "--json")).isZero();
        assertThat(run("stop-quoting", "--reason", "an inspection", "--json")).isZero();
        assertThat(run("resume-quoting", "--json")).isZero();
        assertThat(run("deactivate", "--unit", "hash", "--json")).isZero();
        assertThat(run("retire", "--json")).isZero();
        assertThat(run("release", "--nothing-was-lost", "--json")).isZero();

        assertThat(requests.stream().map(request -> request.replace(" Bearer " + TOKEN, "")))
                .containsExactly(
                        "POST /api/v1/keysets/rotate {\"unit\":\"hash\",\"input_fee_ppk\":100,\"final_expiry\":4102444800}",
                        "POST /api/v1/limit {\"unit\":\"hash\",\"limit\":\"18446744073709551615\"}",
                        "POST /api/v1/limit {\"unit\":\"hash\",\"limit\":null}",
                        "POST /api/v1/quoting/stop {\"reason\":\"an inspection\"}",
                        "POST /api/v1/quoting/resume {}",
                        "POST /api/v1/keysets/deactivate {\"unit\":\"hash\"}",
                        "POST /api/v1/retire {}",
                        "POST /api/v1/release {\"nothing_was_lost\":true}");
    }

    @Test
    void shouldStateWhatMayBeLostWhenRetired() {
        answer = "{\"read_only\":{\"since\":0,\"reason\":\"restored\"},\"newest_known\":1000,\"retired\":[\"01ab\"],"
                + "\"successors\":[\"01cd\"],"
                + "\"possible_loss\":[{\"unit\":\"hash\",\"circulating\":\"8\",\"mintable\":\"3\"}]}";

        assertThat(run("retire")).isZero();

        assertThat(output.toString())
                .contains("read-only since 1970-01-01T00:00:00Z: restored")
                .contains("newest that is known: 1970-01-01T00:00:01Z")
                .contains("retired   01ab")
                .contains("signs now 01cd")
                .contains("at most 8 of tokens that may be spent a second time, 3 of quotes that may be minted");
    }

    @Test
    void shouldFailWithTheMintsWordsWhenItRefuses() {
        status = 409;
        answer = "{\"error\":{\"code\":\"refused\",\"message\":\"no such unit: sat\"}}";
        assertThat(run("rotate", "--unit", "sat")).isEqualTo(1);
        status = 401;
        assertThat(run("keysets")).isEqualTo(1);
        status = 403;
        assertThat(run("keysets")).isEqualTo(1);
        status = 200;
        answer = "<html>";
        assertThat(run("keysets")).isEqualTo(1);
        mint.stop(0);
        assertThat(run("keysets")).isEqualTo(1);

        assertThat(output.toString())
                .contains("no such unit: sat")
                .contains("does not accept this token")
                .contains("set its http.token")
                .contains("is no mint")
                .contains("no mint answers at")
                .doesNotContain(TOKEN);
    }

    @Test
    void shouldReadTheTokenFromAFileThatOnlyItsOwnerMayRead() throws IOException {
        Path file = directory.resolve("token");
        Files.writeString(file, "from-a-file\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(run("status", "--token-file", file.toString())).isEqualTo(2);
        assertThat(output.toString()).contains("chmod 600");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        assertThat(run("status", "--token-file", file.toString())).isZero();

        assertThat(requests).containsExactly("GET /api/v1/status  Bearer from-a-file");
    }

    @Test
    void shouldExplainWhenArgumentsAreWrong() {
        assertThat(run()).isEqualTo(2);
        assertThat(execute(Map.of(), "keysets")).isEqualTo(2);
        assertThat(run("rotate", "--fee-ppk", "-1")).isEqualTo(2);
        assertThat(run("rotate", "--final-expiry", "tomorrow")).isEqualTo(2);
        assertThat(run("release")).isEqualTo(2);
        assertThat(run("stop-quoting")).isEqualTo(2);

        assertThat(output.toString())
                .contains("mint needs one of:")
                .contains("give --token-file, or EHASH_MINT_TOKEN")
                .contains("--fee-ppk is 0 or more")
                .contains("2030-01-01T00:00:00Z")
                .contains("--nothing-was-lost")
                .contains("--reason");
        assertThat(requests).isEmpty();
    }

    private int run(String... arguments) {
        return execute(Map.of("EHASH_MINT_TOKEN", TOKEN), arguments);
    }

    private int execute(Map<String, String> environment, String... arguments) {
        PrintWriter writer = new PrintWriter(output);
        List<String> all = new ArrayList<>(List.of(arguments));
        if (!all.isEmpty()) {
            all.add("--url");
            all.add("http://127.0.0.1:" + mint.getAddress().getPort());
        }
        return new CommandLine(new MintCommand(environment))
                .setOut(writer)
                .setErr(writer)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    writer.println(failure.getMessage());
                    return 1;
                })
                .execute(all.toArray(String[]::new));
    }
}
