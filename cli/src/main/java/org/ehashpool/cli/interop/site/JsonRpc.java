package org.ehashpool.cli.interop.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;

/** A bitcoin node's JSON-RPC, with its cookie. */
final class JsonRpc {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final URI url;
    private final Path cookie;
    private final HttpClient http;

    /** @param cookie the file that the node writes when it starts */
    JsonRpc(URI url, Path cookie, HttpClient http) {
        this.url = url;
        this.cookie = cookie;
        this.http = http;
    }

    /**
     * Calls a method.
     *
     * @param parameters numbers, texts, booleans
     * @throws IOException if the node does not answer, or answers with an error
     */
    JsonNode call(String method, Object... parameters) throws IOException, InterruptedException {
        ObjectNode request = JSON.createObjectNode().put("method", method).put("id", 1);
        request.set("params", JSON.valueToTree(parameters));
        String login = Base64.getEncoder().encodeToString(Files.readAllBytes(cookie));
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(url)
                        .timeout(TIMEOUT)
                        .header("Authorization", "Basic " + login)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                JSON.writeValueAsString(request), StandardCharsets.UTF_8))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        JsonNode answer = JSON.readTree(response.body());
        if (!answer.path("error").isNull() && !answer.path("error").isMissingNode()) {
            throw new IOException(
                    method + ": " + answer.path("error").path("message").asText());
        }
        if (response.statusCode() != 200) {
            throw new IOException(method + " answers with status " + response.statusCode());
        }
        return answer.path("result");
    }
}
