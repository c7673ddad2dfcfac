package org.ehashpool.cli.management;

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

/** Sends commands to the management port of a running service, its {@code http.listen}. */
public final class ManagementPort implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

    private final String service;
    private final URI base;
    private final Secret token;
    private final String hint;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();

    /**
     * A port.
     *
     * @param service what it is the port of, for messages
     */
    public ManagementPort(String service, URI base, Secret token) {
        this(service, base, token, "");
    }

    /**
     * A port.
     *
     * @param service what it is the port of, for messages
     * @param hint what may be the matter when it refuses without words
     */
    public ManagementPort(String service, URI base, Secret token, String hint) {
        this.service = service;
        this.base = base;
        this.token = token;
        this.hint = hint;
    }

    /** An empty JSON object. */
    public static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /**
     * The answer to GET.
     *
     * @throws IllegalStateException in words for the operator, if there is none
     */
    public JsonNode get(String path) {
        return send(path, request(path).GET());
    }

    /**
     * The answer to POST.
     *
     * @throws IllegalStateException in words for the operator, if there is none
     */
    public JsonNode post(String path, ObjectNode body) {
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

    /** @throws IllegalStateException saying what the service says, or that it does not answer */
    private JsonNode send(String path, HttpRequest.Builder request) {
        HttpResponse<String> answer;
        try {
            answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (ConnectException e) {
            throw new IllegalStateException("no " + service + " answers at " + base + ": is it running?", e);
        } catch (IOException e) {
            throw new IllegalStateException("no answer from " + base.resolve(path) + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        JsonNode body = parse(answer.body(), path);
        return switch (answer.statusCode()) {
            case 200 -> body;
            case 401 -> throw new IllegalStateException("the " + service + " does not accept this token");
            case 403 ->
                throw new IllegalStateException("the " + service + " has no token configured: set its http.token");
            default ->
                throw new IllegalStateException(body.path("error")
                        .path("message")
                        .asText("the " + service + " answers with status " + answer.statusCode() + hint));
        };
    }

    private JsonNode parse(String body, String path) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what answers at " + base.resolve(path) + " is no " + service, e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
