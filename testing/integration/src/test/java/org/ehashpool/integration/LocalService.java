package org.ehashpool.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import org.ehashpool.kit.config.ConfigException;
import org.ehashpool.kit.service.RunningService;
import org.ehashpool.kit.service.ServiceMain;
import org.ehashpool.noise.certificate.Sv2Url;
import org.ehashpool.noise.curve.CurveSelection;
import org.ehashpool.noise.curve.Secp256k1;

/** A service in this process, on loopback. Closing drains it. */
final class LocalService implements AutoCloseable {
    private static final Secp256k1 CURVE =
            CurveSelection.select(new SecureRandom()).curve();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final RunningService service;

    private LocalService(RunningService service) {
        this.service = service;
    }

    static LocalService start(ServiceMain<?> main, Map<String, String> environment) {
        try {
            return new LocalService(main.start(environment));
        } catch (ConfigException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    JsonNode json(String path) {
        try {
            return JSON.readTree(text(path));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What it answers to who has the token. */
    JsonNode json(String path, String token) {
        return json(authorised(path, token).GET());
    }

    /** What it answers to an order of who has the token. */
    JsonNode post(String path, String token, String body) {
        return json(authorised(path, token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    String text(String path) {
        return send(request(path)).body();
    }

    private HttpRequest.Builder authorised(String path, String token) {
        return request(path).header("Authorization", "Bearer " + token);
    }

    /** Its HTTP port. */
    String address() {
        return "http://127.0.0.1:" + service.httpPort();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address() + path)).timeout(Duration.ofSeconds(20));
    }

    private JsonNode json(HttpRequest.Builder request) {
        HttpResponse<String> answer = send(request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** What it says of a part of itself. */
    JsonNode details(String part) {
        return json("/api/v1/state").path("details").path(part);
    }

    /** Where the port of that part listens. */
    Sv2Url url(String part) {
        return Sv2Url.parse(details(part).path("address").asText(), CURVE);
    }

    /** Drains and stops it, and waits for the end. */
    void stop() {
        service.close();
    }

    @Override
    public void close() {
        stop();
    }
}
