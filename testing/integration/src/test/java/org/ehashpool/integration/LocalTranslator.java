package org.ehashpool.integration;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.ehashpool.noise.certificate.Sv2Url;
import org.ehashpool.translator.TranslatorMain;

/** The translator in this process. */
final class LocalTranslator implements AutoCloseable {
    /** One channel for all miners. */
    static final Map<String, String> AGGREGATED = Map.of("TRANSLATOR__CHANNELS__MODE", "aggregated");

    /** A channel for each. */
    static final Map<String, String> PER_MINER = Map.of();

    private final LocalService service;

    private LocalTranslator(LocalService service) {
        this.service = service;
    }

    /** An upstream and our account there. */
    record Upstream(Sv2Url url, String identity) {}

    /**
     * Starts it, with the account of whom every hash is a share.
     *
     * @param overrides of its configuration, as environment variables
     * @param upstreams in order of preference
     */
    static LocalTranslator start(Map<String, String> overrides, Sv2Url... upstreams) {
        Upstream[] named = new Upstream[upstreams.length];
        for (int i = 0; i < upstreams.length; i++) {
            named[i] = new Upstream(upstreams[i], "easy");
        }
        return start(overrides, named);
    }

    /** Starts it. */
    static LocalTranslator start(Map<String, String> overrides, Upstream... upstreams) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "TRANSLATOR__SV1__LISTEN", "127.0.0.1:0",
                "TRANSLATOR__HTTP__LISTEN", "127.0.0.1:0",
                "TRANSLATOR__RUNTIME__EVENT_LOOPS", "2"));
        for (int i = 0; i < upstreams.length; i++) {
            environment.put(
                    "TRANSLATOR__UPSTREAMS__" + i + "__URL", upstreams[i].url().toString());
            environment.put("TRANSLATOR__UPSTREAMS__" + i + "__IDENTITY", upstreams[i].identity());
        }
        environment.putAll(overrides);
        return new LocalTranslator(LocalService.start(TranslatorMain.service(), environment));
    }

    /** Where miners connect, on loopback. */
    int port() {
        return service.details("sv1").path("port").asInt();
    }

    /** Its HTTP port. */
    String address() {
        return service.address();
    }

    /** What it says of its upstream. */
    JsonNode upstream() {
        return json("/api/v1/upstream");
    }

    JsonNode json(String path) {
        return service.json(path);
    }

    /** What it answers to who has the token. */
    JsonNode json(String path, String token) {
        return service.json(path, token);
    }

    /** What it answers to an order of who has the token. */
    JsonNode post(String path, String token, String body) {
        return service.post(path, token, body);
    }

    /** Its metrics as text. */
    String metrics() {
        return service.text("/metrics");
    }

    /** Waits until an upstream serves. */
    LocalTranslator awaitServing() {
        await().until(() -> upstream().path("state").asText().equals("serving"));
        return this;
    }

    @Override
    public void close() {
        service.stop();
    }
}
