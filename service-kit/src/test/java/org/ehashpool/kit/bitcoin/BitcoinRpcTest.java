package org.ehashpool.kit.bitcoin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ehashpool.kit.config.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BitcoinRpcTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @Test
    void shouldReturnTheDecodedResultWithExactNumbers() {
        int port = serve((request, call) -> request.response()
                .end("{\"result\":{\"value\":2099999997690001,\"twice\":0.1},\"error\":null,\"id\":"
                        + call.getLong("id") + "}"));

        JsonNode result = await(rpc(port, login()).call(call("anything", Duration.ofSeconds(5))));

        assertThat(result.path("value").longValue()).isEqualTo(2_099_999_997_690_001L);
        assertThat(result.path("twice").decimalValue()).isEqualByComparingTo("0.1");
        assertThat(authorizations)
                .containsExactly(
                        "Basic " + Base64.getEncoder().encodeToString("me:secret".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void shouldFailWithTheNodesErrorWhenItRefuses() {
        int port = serve((request, call) -> request.response()
                .setStatusCode(500)
                .end("{\"result\":null,\"error\":{\"code\":-28,\"message\":\"Loading block index…\"},\"id\":1}"));

        assertThat(failure(rpc(port, login()))).isEqualTo(new RpcFailure.Refused(-28, "Loading block index…"));
    }

    @Test
    void shouldReadTheCookieAgainWhenTheNodeHasANewOne() throws IOException {
        Path cookie = directory.resolve(".cookie");
        Files.writeString(cookie, "__cookie__:first");
        List<String> accepted = Collections.synchronizedList(new ArrayList<>(List.of("first")));
        int port = serve((request, call) -> {
            String last = authorizations.getLast();
            String plain =
                    new String(Base64.getDecoder().decode(last.substring("Basic ".length())), StandardCharsets.UTF_8);
            boolean known = plain.equals("__cookie__:" + accepted.getLast());
            request.response().setStatusCode(known ? 200 : 401).end(known ? answer(call, "1") : "");
        });
        BitcoinRpc rpc = rpc(port, new RpcCredentials.Cookie(cookie));
        assertThat(await(rpc.call(call("x", PATIENCE))).intValue()).isEqualTo(1);

        accepted.add("second");
        Files.writeString(cookie, "__cookie__:second");

        assertThat(await(rpc.call(call("x", PATIENCE))).intValue()).isEqualTo(1);
        assertThat(authorizations).hasSize(3);
    }

    @Test
    void shouldFailAsUnauthorizedWhenTheNodeKeepsRefusing() {
        int port =
                serve((request, call) -> request.response().setStatusCode(401).end());

        assertThat(failure(rpc(port, login()))).isEqualTo(new RpcFailure.Unauthorized("HTTP status 401"));
    }

    @Test
    void shouldFailAsUnauthorizedWhenThereIsNoCookie() {
        RpcFailure failure = failure(rpc(1, new RpcCredentials.Cookie(directory.resolve("none"))));

        assertThat(failure).isInstanceOf(RpcFailure.Unauthorized.class);
        assertThat(failure.words()).contains("none", "cannot be read");
    }

    @Test
    void shouldFailAsUnreachableWhenNothingListens() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertThat(failure(rpc(port, login()))).isInstanceOf(RpcFailure.Unreachable.class);
    }

    @Test
    void shouldFailAsUnreachableWhenTheNodeClosesWithinItsAnswer() {
        int port = serve((request, call) -> {
            request.response().setChunked(true).write("{\"result\":");
            request.connection().close();
        });

        assertThat(failure(rpc(port, login()))).isInstanceOf(RpcFailure.Unreachable.class);
    }

    @Test
    void shouldTimeOutWhenTheAnswerDoesNotEnd() {
        int port = serve((request, call) -> request.response().setChunked(true).write("{\"result\":"));

        Future<JsonNode> answer = rpc(port, login()).call(call("x", Duration.ofMillis(200)));

        assertThat(failure(answer)).isEqualTo(new RpcFailure.TimedOut(200));
    }

    @Test
    void shouldStopReadingWhenTheAnswerIsTooLarge() {
        int port = serve((request, call) -> request.response().end("\"" + "x".repeat(3_000_000) + "\""));

        assertThat(failure(rpc(port, login()))).isEqualTo(new RpcFailure.TooLarge(1 << 20));
    }

    @Test
    void shouldFailAsMalformedWhenTheAnswerIsNoJson() {
        int port =
                serve((request, call) -> request.response().setStatusCode(503).end("Work queue depth exceeded"));

        RpcFailure failure = failure(rpc(port, login()));

        assertThat(failure).isInstanceOf(RpcFailure.Malformed.class);
        assertThat(failure.words()).contains("503", "Work queue depth exceeded");
    }

    @Test
    void shouldFailAsMalformedWhenTheAnswerIsToAnotherQuestion() {
        int port = serve((request, call) -> request.response().end("{\"result\":1,\"error\":null,\"id\":999}"));

        assertThat(failure(rpc(port, login()))).isInstanceOf(RpcFailure.Malformed.class);
    }

    @Test
    void shouldFailAsMalformedWhenTheAnswerIsNestedWithoutEnd() {
        int port = serve((request, call) -> request.response().end("[".repeat(100_000)));

        assertThat(failure(rpc(port, login()))).isInstanceOf(RpcFailure.Malformed.class);
    }

    @Test
    void shouldFailAsMalformedWhenTheResultCannotBeDecoded() {
        int port = serve((request, call) -> request.response().end(answer(call, "{}")));

        assertThat(failure(new BitcoinNode(rpc(port, login()), BitcoinNode.Timeouts.DEFAULT).chainInfo()))
                .isEqualTo(new RpcFailure.Malformed(
                        "getblockchaininfo: IllegalArgumentException initialblockdownload: true or false expected"));
    }

    @Test
    void shouldNotShowTheCredentialsInAnyText() {
        assertThat(login().toString()).doesNotContain("secret");
    }

    @Test
    void shouldRefuseAnAddressThatIsNoneOfHttp() {
        assertThatThrownBy(() -> RpcSettings.of(URI.create("ftp://127.0.0.1"), login()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private interface Script {
        void answer(HttpServerRequest request, JsonObject call);
    }

    private int serve(Script script) {
        Handler<HttpServerRequest> handler = request -> request.body().onSuccess(body -> {
            authorizations.add(String.valueOf(request.getHeader("Authorization")));
            script.answer(request, body.toJsonObject());
        });
        HttpServer server = vertx.createHttpServer().requestHandler(handler);
        return await(server.listen(0, "127.0.0.1")).actualPort();
    }

    private static String answer(JsonObject call, String result) {
        assertThat(call.getValue("params")).isInstanceOf(JsonArray.class);
        return "{\"result\":" + result + ",\"error\":null,\"id\":" + call.getLong("id") + "}";
    }

    private BitcoinRpc rpc(int port, RpcCredentials credentials) {
        return new BitcoinRpc(vertx, RpcSettings.of(URI.create("http://127.0.0.1:" + port), credentials));
    }

    private static RpcCredentials login() {
        return new RpcCredentials.Login("me", Secret.of("secret"));
    }

    private static RpcCall<JsonNode> call(String method, Duration timeout) {
        return RpcCall.of(method, List.of("text", 1, true), timeout, result -> result);
    }

    private RpcFailure failure(BitcoinRpc rpc) {
        return failure(rpc.call(call("x", PATIENCE)));
    }

    private static RpcFailure failure(Future<?> answer) {
        try {
            answer.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return RpcException.failureOf(Objects.requireNonNull(e.getCause()));
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("succeeded");
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
