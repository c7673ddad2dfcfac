package org.ehashpool.cli.mint;

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
import org.ehashpool.kit.config.Secret;

/** Sends commands to a mint's management port. */
final class MintConnection {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

    private final URI base;
    private final Secret token;

    MintConnection(URI base, Secret token) {
        this.base = base;
        this.token = token;
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    JsonNode get(String path) {
        return send(path, request(path).GET());
    }

    JsonNode post(String path, ObjectNode body) {
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

    /** @throws IllegalStateException saying what the mint says, or that it does not answer */
    private JsonNode send(String path, HttpRequest.Builder request) {
        HttpResponse<String> answer;
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build()) {
            answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (ConnectException e) {
            throw new IllegalStateException("no mint answers at " + base + ": is it running?", e);
        } catch (IOException e) {
            throw new IllegalStateException("no answer from " + base.resolve(path) + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        JsonNode body = parse(answer.body(), path);
        return switch (answer.statusCode()) {
            case 200 -> body;
            case 401 -> throw new IllegalStateException("the mint does not accept this token");
            case 403 -> throw new IllegalStateException("the mint has no token configured: set its http.token");
            default ->
                throw new IllegalStateException(body.path("error")
                        .path("message")
                        .asText("the mint answers with status " + answer.statusCode()));
        };
    }

    private JsonNode parse(String body, String path) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what answers at " + base.resolve(path) + " is no mint", e);
        }
    }
}
