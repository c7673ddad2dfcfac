package org.ehashpool.proxystats.wallet;

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
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Calls of one translator. An answer is read up to a limit and for a limited time, redirections are not followed, and
 * nothing is sent twice.
 */
final class TranslatorConnection {
    /** Fifty operations, or a token of the largest swap, and room to spare. */
    static final int LONGEST_ANSWER = 1 << 20;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final int CONNECTIONS = 4;
    private static final int WAITING = 16;

    private final String base;
    private final String authorization;
    private final Duration timeout;
    private final HttpClient client;

    /**
     * To a translator that is not yet asked.
     *
     * @param timeout from the request to the last byte of the answer
     */
    TranslatorConnection(TranslatorConfig config, Vertx vertx, Duration timeout) {
        this.base = config.base();
        this.authorization = "Bearer " + config.token().reveal();
        this.timeout = timeout;
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout((int) CONNECT_TIMEOUT.toMillis())
                .setVerifyHost(true);
        config.trust().ifPresent(file -> options.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
        this.client = vertx.createHttpClient(
                options, new PoolOptions().setHttp1MaxSize(CONNECTIONS).setMaxWaitQueueSize(WAITING));
    }

    /** A status with the bytes that came with it. */
    record Answer(int status, Buffer body) {}

    Future<Answer> get(String path) {
        return call(HttpMethod.GET, path, Map.of(), Optional.empty());
    }

    Future<Answer> post(String path, Map<String, String> headers, JsonObject body) {
        return call(HttpMethod.POST, path, headers, Optional.of(body));
    }

    Future<Void> close() {
        return client.close();
    }

    private Future<Answer> call(
            HttpMethod method, String path, Map<String, String> headers, Optional<JsonObject> body) {
        Future<HttpClientRequest> made = client.request(new RequestOptions()
                .setMethod(method)
                .setAbsoluteURI(base + path)
                .setFollowRedirects(false)
                .setTimeout(timeout.toMillis()));
        return made.compose(request -> {
                    request.putHeader(HttpHeaders.AUTHORIZATION, authorization)
                            .putHeader(HttpHeaders.ACCEPT, "application/json");
                    headers.forEach(request::putHeader);
                    Future<HttpClientResponse> sent = body.isPresent()
                            ? request.putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                                    .send(body.get().toBuffer())
                            : request.send();
                    return sent.compose(response -> read(request, response));
                })
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(late -> made.onSuccess(HttpClientRequest::reset));
    }

    private static Future<Answer> read(HttpClientRequest request, HttpClientResponse response) {
        Promise<Answer> whole = Promise.promise();
        Buffer body = Buffer.buffer();
        response.exceptionHandler(whole::tryFail);
        response.handler(part -> {
            if (body.length() + part.length() > LONGEST_ANSWER) {
                whole.tryFail(new IOException("an answer of more than " + LONGEST_ANSWER + " bytes"));
                request.reset();
            } else {
                body.appendBuffer(part);
            }
        });
        response.endHandler(end -> whole.tryComplete(new Answer(response.statusCode(), body)));
        return whole.future();
    }
}
