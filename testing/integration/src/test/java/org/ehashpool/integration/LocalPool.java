package org.ehashpool.integration;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.ehashpool.noise.certificate.Sv2Url;
import org.ehashpool.pool.PoolMain;

/** The pool in this process. */
final class LocalPool implements AutoCloseable {
    /** A user of whom every hash is a share. */
    static final String EASY = "easy.rig";

    /** The script that is paid by its blocks. */
    static final String PAYOUT_SCRIPT = "0014751e76e8199196d454941c45d1b3a323f1433bd6";

    private final LocalService service;
    private final Sv2Url url;

    private LocalPool(LocalService service) {
        this.service = service;
        url = service.url("mining");
    }

    /**
     * Starts it.
     *
     * @param home for its files
     * @param overrides of its configuration, as environment variables
     * @param providers in order of preference
     */
    static LocalPool start(Path home, Map<String, String> overrides, Sv2Url... providers) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "POOL__NETWORK", "regtest",
                "POOL__PAYOUT__OUTPUTS__0__TO", "raw(" + PAYOUT_SCRIPT + ")",
                "POOL__TEMPLATE_PROVIDERS__URLS", list(providers),
                "POOL__DATA_DIRECTORY", home.resolve("pool").toString(),
                "POOL__SV2__LISTEN", "127.0.0.1:0",
                "POOL__MINT_PORT__LISTEN", "127.0.0.1:0",
                "POOL__HTTP__LISTEN", "127.0.0.1:0",
                "POOL__USERS__0__NAME", "easy",
                "POOL__USERS__0__FIXED_DIFFICULTY", "1e-10",
                "POOL__RUNTIME__EVENT_LOOPS", "2"));
        environment.putAll(LocalPostgres.environment("pool", "POOL"));
        environment.putAll(overrides);
        return new LocalPool(LocalService.start(PoolMain.service(), environment));
    }

    /** Starts it as {@link #start}, and waits until it has what a {@link LocalTemplateProvider} sends at first. */
    static LocalPool startOnChain(Path home, Map<String, String> overrides, Sv2Url provider) {
        LocalPool pool = start(home, overrides, provider);
        await().until(() -> pool.json("/api/v1/templates")
                        .path("providers")
                        .path(0)
                        .path("templates_received")
                        .asInt()
                == LocalTemplateProvider.FIRST_TEMPLATES);
        return pool;
    }

    private static String list(Sv2Url... providers) {
        return Arrays.stream(providers).map(Sv2Url::toString).collect(Collectors.joining(","));
    }

    /** Where miners connect. */
    Sv2Url url() {
        return url;
    }

    /** What it answers to who has the token. */
    JsonNode json(String path, String token) {
        return service.json(path, token);
    }

    JsonNode json(String path) {
        return service.json(path);
    }

    /** Its metrics as text. */
    String metrics() {
        return service.text("/metrics");
    }

    /** The value of a figure in the metrics; 0 if it is not there. */
    double metric(String name) {
        return metrics()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .sum();
    }

    /** Drains and stops it, and waits for the end. */
    void stop() {
        service.stop();
    }

    @Override
    public void close() {
        stop();
    }
}
