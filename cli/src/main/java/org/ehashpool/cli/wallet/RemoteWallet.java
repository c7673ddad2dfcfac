package org.ehashpool.cli.wallet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.ehashpool.kit.config.Secret;

/** The wallet of a running translator. */
final class RemoteWallet implements WalletAccess {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

    private final URI base;
    private final Secret token;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();

    RemoteWallet(URI base, Secret token) {
        this.base = base;
        this.token = token;
    }

    @Override
    public JsonNode balance() {
        return send("/api/v1/wallet", request("/api/v1/wallet").GET());
    }

    @Override
    public JsonNode history(Optional<String> after) {
        String path = "/api/v1/wallet/history" + after.map(id -> "?after=" + id).orElse("");
        return send(path, request(path).GET());
    }

    @Override
    public JsonNode send(String amount, String unit, Optional<String> mint, Optional<String> idempotencyKey) {
        ObjectNode body = JSON.createObjectNode().put("amount", amount).put("unit", unit);
        mint.ifPresent(url -> body.put("mint", url));
        idempotencyKey.ifPresent(key -> body.put("idempotency_key", key));
        return post("/api/v1/wallet/send", body);
    }

    @Override
    public JsonNode reclaim(String send) {
        return post("/api/v1/wallet/send/" + send + "/reclaim", JSON.createObjectNode());
    }

    @Override
    public JsonNode receive(String text) {
        return post("/api/v1/wallet/receive", JSON.createObjectNode().put("token", text));
    }

    private JsonNode post(String path, ObjectNode body) {
        return send(
                path,
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(ANSWER_TIMEOUT)
                .header("Authorization", "Bearer " + token.reveal());
    }

    private JsonNode send(String path, HttpRequest.Builder request) {
        HttpResponse<String> answer;
        try {
            answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (ConnectException e) {
            throw new IllegalStateException("no translator answers at " + base + ": is it running?", e);
        } catch (IOException e) {
            throw new IllegalStateException("no answer from " + base.resolve(path) + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        JsonNode body = parse(answer.body(), path);
        return switch (answer.statusCode()) {
            case 200 -> body;
            case 401 -> throw new IllegalStateException("the translator does not accept this token");
            case 403 -> throw new IllegalStateException("the translator has no token configured: set its http.token");
            default ->
                throw new IllegalStateException(body.path("error")
                        .path("message")
                        .asText("the translator answers with status " + answer.statusCode()
                                + ": is its wallet enabled?"));
        };
    }

    private JsonNode parse(String body, String path) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what answers at " + base.resolve(path) + " is no translator", e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
