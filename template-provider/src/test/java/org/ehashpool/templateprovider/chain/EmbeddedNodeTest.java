package org.ehashpool.templateprovider.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.ehashpool.kit.config.ByteSize;
import org.ehashpool.kit.config.HostPort;
import org.ehashpool.kit.config.Secret;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.ehashpool.mining.transaction.RawTransaction;
import org.ehashpool.mining.transaction.TransactionOutput;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.templateprovider.chain.consensus.Draft;
import org.ehashpool.templateprovider.chain.consensus.TransactionWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole node over HTTP on loopback, friends and foes. */
@Timeout(60)
class EmbeddedNodeTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CONNECTIONS = 8;

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final ServiceMetrics metrics = ServiceMetrics.create("template-provider", "1");
    private final HttpClient http = HttpClient.newHttpClient();
    private EmbeddedNode node;
    private String login = "";

    private EmbeddedNode node(double transactionsPerSecond, Duration timeout) {
        return new EmbeddedNode(
                new ChainConfig(
                        Optional.empty(),
                        "207fffff",
                        new HostPort("127.0.0.1", 0),
                        Optional.of("alice"),
                        Optional.of(Secret.of("in wonderland")),
                        CONNECTIONS,
                        timeout,
                        Duration.ofMillis(100),
                        Duration.ofSeconds(30),
                        transactionsPerSecond,
                        1_000,
                        new ByteSize(1 << 20)),
                directory,
                vertx,
                InstantSource.system(),
                System::nanoTime,
                new SecureRandom(),
                metrics);
    }

    @BeforeEach
    void start() throws Exception {
        begin(0, Duration.ofSeconds(30));
    }

    private void begin(double transactionsPerSecond, Duration timeout) throws Exception {
        node = node(transactionsPerSecond, timeout);
        node.start().await(20, TimeUnit.SECONDS);
        login = Files.readString(node.cookieFile());
    }

    private void beginAgain(double transactionsPerSecond, Duration timeout) throws Exception {
        node.stop().await(10, TimeUnit.SECONDS);
        metrics.registry().clear();
        begin(transactionsPerSecond, timeout);
    }

    @AfterEach
    void stop() throws Exception {
        node.stop().await(10, TimeUnit.SECONDS);
        vertx.close().await(10, TimeUnit.SECONDS);
        metrics.close();
    }

    private HttpRequest post(String body, String user) {
        return HttpRequest.newBuilder(URI.create("http://" + node.address() + "/"))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private HttpResponse<String> send(String body) throws Exception {
        return http.send(post(body, login), HttpResponse.BodyHandlers.ofString());
    }

    private static String request(String method, String parameters) {
        return "{\"id\":7,\"method\":\"" + method + "\",\"params\":" + parameters + "}";
    }

    private JsonNode call(String method, String parameters) throws Exception {
        JsonNode answer = JSON.readTree(send(request(method, parameters)).body());
        assertThat(answer.path("error").isNull()).as(answer.toString()).isTrue();
        assertThat(answer.path("id").intValue()).isEqualTo(7);
        return answer.path("result");
    }

    private JsonNode error(String method, String parameters) throws Exception {
        return JSON.readTree(send(request(method, parameters)).body()).path("error");
    }

    private JsonNode template() throws Exception {
        return call("getblocktemplate", "[{\"rules\":[\"segwit\"]}]");
    }

    @Test
    void shouldMineBlocksFromTemplatesWhileTransactionsCome() throws Exception {
        beginAgain(200, Duration.ofSeconds(30));
        for (int i = 0; i < 3; i++) {
            Awaitility.await().until(() -> template().path("transactions").size() > 5);
            JsonNode template = template();
            String block = TemplateSolver.solve(template);
            assertThat(call("getblocktemplate", "[{\"mode\":\"proposal\",\"data\":\"" + block + "\"}]")
                            .isNull())
                    .isTrue();
            assertThat(call("submitblock", "[\"" + block + "\"]").isNull()).isTrue();
            assertThat(call("submitblock", "[\"" + block + "\"]").textValue()).isEqualTo("duplicate");
            assertThat(call("getblockcount", "[]").intValue()).isEqualTo(111 + i);
            String hash = call("getbestblockhash", "[]").textValue();
            JsonNode full = call("getblock", "[\"" + hash + "\",2]");
            assertThat(full.path("tx")).hasSize(template.path("transactions").size() + 1);
            assertThat(full.path("tx")
                            .path(1)
                            .path("fee")
                            .decimalValue()
                            .movePointRight(8)
                            .longValueExact())
                    .isEqualTo(template.path("transactions").path(0).path("fee").longValue());
            assertThat(call("getblock", "[\"" + hash + "\",0]").textValue()).isEqualTo(block);
            assertThat(call("getblockhash", "[" + (111 + i) + "]").textValue()).isEqualTo(hash);
            String id = full.path("tx").path(1).path("txid").textValue();
            assertThat(call("getrawtransaction", "[\"" + id + "\",true,\"" + hash + "\"]")
                            .path("confirmations")
                            .intValue())
                    .isEqualTo(1);
        }
    }

    @Test
    void shouldDescribeTheTemplateAsCoreDoes() throws Exception {
        JsonNode template = template();
        assertThat(template.path("height").intValue()).isEqualTo(111);
        assertThat(template.path("bits").textValue()).isEqualTo("207fffff");
        assertThat(template.path("target").textValue()).startsWith("7fffff00");
        assertThat(template.path("coinbasevalue").longValue()).isEqualTo(5_000_000_000L);
        assertThat(template.path("sigoplimit").intValue()).isEqualTo(80_000);
        assertThat(template.path("weightlimit").intValue()).isEqualTo(4_000_000);
        assertThat(template.path("noncerange").textValue()).isEqualTo("00000000ffffffff");
        assertThat(template.path("default_witness_commitment").textValue()).startsWith("6a24aa21a9ed");
        assertThat(template.path("longpollid").textValue())
                .startsWith(template.path("previousblockhash").textValue());
        assertThat(template.path("rules").toString()).contains("!segwit");
        assertThat(error("getblocktemplate", "[{}]").path("code").intValue()).isEqualTo(-8);
    }

    @Test
    void shouldDescribeTheChainAsCoreDoes() throws Exception {
        JsonNode info = call("getblockchaininfo", "[]");
        assertThat(info.path("chain").textValue()).isEqualTo("regtest");
        assertThat(info.path("blocks").intValue()).isEqualTo(110);
        assertThat(info.path("initialblockdownload").booleanValue()).isFalse();
        JsonNode genesis = call(
                "getblock", "{\"blockhash\":\"" + call("getblockhash", "[0]").textValue() + "\"}");
        assertThat(genesis.path("hash").textValue())
                .isEqualTo("0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206");
        assertThat(genesis.path("tx")).hasSize(1);
        assertThat(genesis.path("confirmations").intValue()).isEqualTo(111);
        assertThat(call("getblockheader", "[\"" + genesis.path("hash").textValue() + "\",false]")
                        .textValue())
                .hasSize(160);
        assertThat(call("getmempoolinfo", "[]").path("size").intValue()).isZero();
        assertThat(call("getmininginfo", "[]").path("next").path("height").intValue())
                .isEqualTo(111);
        assertThat(call("getnetworkinfo", "[]").path("connections").intValue()).isZero();
        assertThat(call("help", "[]").textValue()).contains("submitblock hexdata ( dummy )");
        assertThat(node.state().getInteger("height")).isEqualTo(110);
    }

    @Test
    void shouldAnswerLongPollWhenThereIsANewTip() throws Exception {
        JsonNode template = template();
        String poll = request(
                "getblocktemplate",
                "[{\"rules\":[\"segwit\"],\"longpollid\":\""
                        + template.path("longpollid").textValue() + "\"}]");
        CompletableFuture<HttpResponse<String>> waiting =
                http.sendAsync(post(poll, login), HttpResponse.BodyHandlers.ofString());
        Awaitility.await().until(() -> node.state().getInteger("long_polls") == 1);
        assertThat(waiting).isNotDone();

        call("submitblock", "[\"" + TemplateSolver.solve(template) + "\"]");

        assertThat(JSON.readTree(waiting.get(5, TimeUnit.SECONDS).body())
                        .path("result")
                        .path("height")
                        .intValue())
                .isEqualTo(112);
    }

    @Test
    void shouldForgetLongPollWhenTheCallerLeaves() throws Exception {
        String poll = request(
                "getblocktemplate",
                "[{\"rules\":[\"segwit\"],\"longpollid\":\""
                        + template().path("longpollid").textValue() + "\"}]");
        try (Socket socket = connect()) {
            socket.getOutputStream().write(raw(poll, login));
            Awaitility.await().until(() -> node.state().getInteger("long_polls") == 1);
        }
        Awaitility.await().until(() -> node.state().getInteger("long_polls") == 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"method\":\"nonsense\"} | 404 | -32601",
                "{\"method\":\"nonsense\",\"jsonrpc\":\"2.0\",\"id\":1} | 200 | -32601",
                "{\"method\":\"uptime\",\"jsonrpc\":\"3.0\"} | 400 | -32600",
                "{\"params\":[]} | 400 | -32600",
                "{\"method\":7} | 400 | -32600",
                "{\"method\":\"uptime\",\"params\":7} | 400 | -32600",
                "{\"method\": | 500 | -32700",
                "{\"method\":\"uptime\"} trailing | 500 | -32700",
                "7 | 500 | -32700",
                "[] | 400 | -32600",
                "{\"method\":\"getblock\",\"params\":[]} | 500 | -1",
                "{\"method\":\"uptime\",\"params\":[1]} | 500 | -1",
                "{\"method\":\"getblock\",\"params\":[\"00\"]} | 500 | -8",
                "{\"method\":\"getblock\",\"params\":[7]} | 500 | -3",
                "{\"method\":\"getblock\",\"params\":{\"hash\":7}} | 500 | -8",
                "{\"method\":\"getblockhash\",\"params\":[111]} | 500 | -8",
                "{\"method\":\"getblockhash\",\"params\":[-1]} | 500 | -8",
                "{\"method\":\"getblockhash\",\"params\":[1e99]} | 500 | -1",
                "{\"method\":\"submitblock\",\"params\":[\"zz\"]} | 500 | -22",
                "{\"method\":\"submitblock\",\"params\":[\"00\"]} | 500 | -22",
                "{\"method\":\"sendrawtransaction\",\"params\":[\"00\"]} | 500 | -22",
                "{\"method\":\"stop\"} | 500 | -1"
            })
    void shouldAnswerAsCoreDoesWhenACallIsWrong(String body, int status, int code) throws Exception {
        HttpResponse<String> answer = send(body);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(JSON.readTree(answer.body()).path("error").path("code").intValue())
                .isEqualTo(code);
    }

    @Test
    void shouldNotFindWhatDoesNotExist() throws Exception {
        String unknown = "\"" + "ab".repeat(32) + "\"";
        assertThat(error("getblock", "[" + unknown + "]").path("code").intValue())
                .isEqualTo(-5);
        assertThat(error("getrawtransaction", "[" + unknown + "]").path("code").intValue())
                .isEqualTo(-5);
    }

    @Test
    void shouldTellWhyATransactionIsNotTaken() throws Exception {
        beginAgain(50, Duration.ofSeconds(30));
        Awaitility.await().until(() -> call("getrawmempool", "[]").size() > 0);
        JsonNode verbose = call("getrawmempool", "[true]");
        String id = verbose.fieldNames().next();
        String hex = call("getrawtransaction", "[\"" + id + "\"]").textValue();
        assertThat(call("sendrawtransaction", "[\"" + hex + "\"]").textValue()).isEqualTo(id);
        RawTransaction known = RawTransaction.parse(Bytes.fromHex(hex));
        TransactionOutput all = new TransactionOutput(1, Draft.PAYOUT);
        Bytes conflict = TransactionWriter.write(2, known.inputs(), List.of(all), known.witnesses(), 0);
        assertThat(error("sendrawtransaction", "[\"" + conflict.toHex() + "\"]").toString())
                .contains("-26", "txn-mempool-conflict");
        RawTransaction.Input missing = new RawTransaction.Input(U256.of(5), 0, Bytes.EMPTY, 0);
        Bytes orphan = TransactionWriter.write(2, List.of(missing), List.of(all), List.of(), 0);
        assertThat(error("sendrawtransaction", "[\"" + orphan.toHex() + "\"]").toString())
                .contains("-25", "bad-txns-inputs-missingorspent");
    }

    @Test
    void shouldAnswerBatchesAndLeaveOutNotifications() throws Exception {
        HttpResponse<String> answer = send("[{\"id\":1,\"method\":\"getblockcount\"},"
                + "{\"jsonrpc\":\"2.0\",\"method\":\"getblockcount\"},{\"id\":2,\"method\":\"x\"}]");
        JsonNode answers = JSON.readTree(answer.body());
        assertThat(answers).hasSize(2);
        assertThat(answers.path(0).path("result").intValue()).isEqualTo(110);
        assertThat(answers.path(1).path("error").path("code").intValue()).isEqualTo(-32601);
        assertThat(send("[" + "7,".repeat(100) + "7]").statusCode()).isEqualTo(400);
        assertThat(send("{\"jsonrpc\":\"2.0\",\"method\":\"uptime\"}").statusCode())
                .isEqualTo(204);
    }

    @Test
    void shouldRefuseWhoeverDoesNotKnowTheSecret() throws Exception {
        for (String wrong : List.of("", "__cookie__:", "__cookie__:00", "alice:in", ":")) {
            HttpResponse<String> answer =
                    http.send(post(request("uptime", "[]"), wrong), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(wrong).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Basic realm=\"jsonrpc\"");
        }
        login = "alice:in wonderland";
        assertThat(call("getblockcount", "[]").intValue()).isEqualTo(110);
    }

    @Test
    void shouldRefuseOtherMethodsAndPaths() throws Exception {
        assertThat(exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n")).startsWith("HTTP/1.1 405 ");
        assertThat(exchange("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n"))
                .startsWith("HTTP/1.1 404 ");
    }

    @Test
    void shouldSurviveDeepNestingAndHugeBodies() throws Exception {
        assertThat(send("[".repeat(100_000)).statusCode()).isEqualTo(500);
        assertThat(send("{\"method\":\"uptime\",\"params\":" + "[".repeat(1_000) + "]".repeat(1_000) + "}")
                        .statusCode())
                .isEqualTo(500);
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(head(100 << 20, login));
            byte[] part = new byte[1 << 16];
            int written = 0;
            try {
                while (written < 100 << 20) {
                    out.write(part);
                    written += part.length;
                }
            } catch (IOException closed) {
                assertThat(closed).isNotNull();
            }
            assertThat(written).isLessThan(50 << 20);
        }
        assertThat(call("getblockcount", "[]").intValue()).isEqualTo(110);
    }

    @Test
    void shouldGivePlaceToOthersWhenRequestsComeByteByByte() throws Exception {
        beginAgain(0, Duration.ofMillis(500));
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            Socket socket = connect();
            socket.getOutputStream().write(new byte[] {'P'});
            slow.add(socket);
        }
        Awaitility.await().until(() -> {
            slow.removeIf(EmbeddedNodeTest::isCut);
            return slow.isEmpty();
        });
        assertThat(call("getblockcount", "[]").intValue()).isEqualTo(110);
    }

    private static boolean isCut(Socket socket) {
        try {
            socket.setSoTimeout(50);
            socket.getOutputStream().write('O');
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException alive) {
            return false;
        } catch (IOException cut) {
            return true;
        }
    }

    @Test
    void shouldKeepTheCookieToItsOwnerAndTakeItAway() throws Exception {
        Path cookie = node.cookieFile();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cookie)))
                .isEqualTo("rw-------");
        assertThat(login).matches("__cookie__:[0-9a-f]{64}");
        node.stop().await(10, TimeUnit.SECONDS);
        assertThat(cookie).doesNotExist();
        metrics.registry().clear();
        begin(0, Duration.ofSeconds(30));
    }

    @Test
    void shouldFailToStartWhenTheDirectoryIsInUse() {
        EmbeddedNode second = node(0, Duration.ofSeconds(1));
        assertThat(second.start().toCompletionStage().toCompletableFuture())
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withMessageContaining("in use by another process");
        assertThat(second.stop().toCompletionStage().toCompletableFuture()).succeedsWithin(Duration.ofSeconds(10));
        assertThat(node.cookieFile()).exists();
    }

    private Socket connect() throws IOException {
        return new Socket(node.address().host(), node.address().port());
    }

    private static byte[] head(int length, String user) {
        return ("POST / HTTP/1.1\r\nHost: a\r\nAuthorization: Basic "
                        + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8))
                        + "\r\nContent-Length: " + length + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] raw(String body, String user) {
        String head = new String(head(body.length(), user), StandardCharsets.UTF_8);
        return (head + body).getBytes(StandardCharsets.UTF_8);
    }

    private String exchange(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
