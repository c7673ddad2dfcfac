package org.ehashpool.kit.bitcoin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.ehashpool.kit.config.Secret;
import org.jspecify.annotations.Nullable;

/**
 * A node's JSON-RPC over HTTP. Thread-safe. Bodies are written and read on worker threads, since those of a block have
 * many megabytes; no answer is kept beyond its bound or waited for beyond its time.
 *
 * <p>A cookie is read again when the node refuses the one we have: it makes a new one at each start.
 */
public final class BitcoinRpc {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int WAITING_CALLS = 64;
    private static final int SHOWN = 200;

    /** Shorter than the 30 s after which Bitcoin Core closes a silent connection. */
    private static final int KEEP_ALIVE_SECONDS = 15;

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(16 << 20)
                            .maxNestingDepth(64)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Vertx vertx;
    private final RpcSettings settings;
    private final HttpClient client;
    private final AtomicLong ids = new AtomicLong();
    private volatile @Nullable Secret authorization;

    /** For one node; connects when called. */
    public BitcoinRpc(Vertx vertx, RpcSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
        client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setSsl(settings.encrypted())
                        .setConnectTimeout(
                                Math.toIntExact(settings.connectTimeout().toMillis()))
                        .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                        .setTcpNoDelay(true),
                new PoolOptions().setHttp1MaxSize(settings.connections()).setMaxWaitQueueSize(WAITING_CALLS));
    }

    /**
     * Calls the node.
     *
     * @return fails with an {@link RpcException} only
     */
    public <T> Future<T> call(RpcCall<T> call) {
        return attempt(call, false);
    }

    private <T> Future<T> attempt(RpcCall<T> call, boolean again) {
        long id = ids.incrementAndGet();
        boolean held = authorization != null;
        return vertx.executeBlocking(() -> new Prepared(header(), body(id, call)), false)
                .compose(prepared -> exchange(call, Objects.requireNonNull(prepared)))
                .compose(answer -> {
                    if (answer.status() == UNAUTHORIZED || answer.status() == FORBIDDEN) {
                        authorization = null;
                        // Only a cookie from before can have changed meanwhile.
                        return held && !again && answer.status() == UNAUTHORIZED
                                ? attempt(call, true)
                                : failed(new RpcFailure.Unauthorized("HTTP status " + answer.status()));
                    }
                    return vertx.executeBlocking(() -> decode(call, id, answer), false);
                })
                .recover(cause -> Future.failedFuture(asRpcException(call, cause)));
    }

    private record Prepared(String authorization, Buffer body) {}

    private record Answer(int status, Buffer body) {}

    private String header() {
        Secret present = authorization;
        if (present == null) {
            byte[] plain = settings.credentials().userAndPassword().reveal().getBytes(StandardCharsets.UTF_8);
            present = Secret.of("Basic " + Base64.getEncoder().encodeToString(plain));
            authorization = present;
        }
        return present.reveal();
    }

    private static Buffer body(long id, RpcCall<?> call) throws JsonProcessingException {
        return Buffer.buffer(JSON.writeValueAsBytes(
                Map.of("jsonrpc", "1.0", "id", id, "method", call.method(), "params", call.parameters())));
    }

    private Future<Answer> exchange(RpcCall<?> call, Prepared prepared) {
        Promise<Answer> answered = Promise.promise();
        long millis = call.timeout().toMillis();
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(settings.url().getHost())
                .setPort(settings.port())
                .setSsl(settings.encrypted())
                .setURI(settings.path());
        client.request(options)
                .onSuccess(request -> {
                    long timer = vertx.setTimer(Math.max(1, millis), late -> {
                        answered.tryFail(new RpcException(new RpcFailure.TimedOut(millis)));
                        reset(request);
                    });
                    answered.future().onComplete(done -> vertx.cancelTimer(timer));
                    request.putHeader(HttpHeaders.AUTHORIZATION, prepared.authorization())
                            .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                            .exceptionHandler(answered::tryFail)
                            .response()
                            .onSuccess(response -> collect(call, request, response, answered))
                            .onFailure(answered::tryFail);
                    request.end(prepared.body()).onFailure(answered::tryFail);
                })
                .onFailure(answered::tryFail);
        return answered.future();
    }

    private static void collect(
            RpcCall<?> call, HttpClientRequest request, HttpClientResponse response, Promise<Answer> answered) {
        Buffer body = Buffer.buffer();
        response.exceptionHandler(answered::tryFail)
                .handler(part -> {
                    if (body.length() + (long) part.length() > call.maximumAnswer()) {
                        answered.tryFail(new RpcException(new RpcFailure.TooLarge(call.maximumAnswer())));
                        reset(request);
                    } else {
                        body.appendBuffer(part);
                    }
                })
                .endHandler(end -> answered.tryComplete(new Answer(response.statusCode(), body)));
    }

    /** Closes the connection: what still comes is for nobody. */
    private static void reset(HttpClientRequest request) {
        var _ = request.reset();
    }

    private static <T> T decode(RpcCall<T> call, long id, Answer answer) {
        JsonNode node;
        try {
            node = JSON.readTree(answer.body().getBytes());
        } catch (IOException e) {
            throw new RpcException(new RpcFailure.Malformed(
                    "HTTP status " + answer.status() + " and no JSON: " + excerpt(answer.body())));
        }
        if (node == null || !node.isObject()) {
            throw new RpcException(new RpcFailure.Malformed("HTTP status " + answer.status() + " and no object"));
        }
        JsonNode error = node.path("error");
        if (error.isObject()) {
            throw new RpcException(new RpcFailure.Refused(
                    error.path("code").asInt(), error.path("message").asText("no message")));
        }
        if (answer.status() != 200 || node.path("id").asLong(-1) != id || !node.has("result")) {
            throw new RpcException(new RpcFailure.Malformed("HTTP status " + answer.status() + ", id " + node.path("id")
                    + (node.has("result") ? "" : ", no result")));
        }
        try {
            return call.decoder().apply(node.path("result"));
        } catch (RuntimeException e) {
            throw new RpcException(new RpcFailure.Malformed(
                    call.method() + ": " + e.getClass().getSimpleName() + " " + e.getMessage()));
        }
    }

    private static String excerpt(Buffer body) {
        String text = body.getString(0, Math.min(SHOWN, body.length()));
        return text.replaceAll("\\p{Cntrl}", " ").strip();
    }

    private static RpcException asRpcException(RpcCall<?> call, Throwable cause) {
        if (cause instanceof RpcException known) {
            return known;
        }
        return new RpcException(
                cause instanceof TimeoutException
                        ? new RpcFailure.TimedOut(call.timeout().toMillis())
                        : new RpcFailure.Unreachable(
                                cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage()));
    }

    private static <T> Future<T> failed(RpcFailure failure) {
        return Future.failedFuture(new RpcException(failure));
    }

    /** Ends calls that are under way. */
    public Future<Void> close() {
        return client.shutdown(0, TimeUnit.MILLISECONDS);
    }
}
