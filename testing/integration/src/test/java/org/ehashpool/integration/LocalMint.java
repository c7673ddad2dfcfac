package org.ehashpool.integration;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.kit.postgres.embedded.PostgresLogin;
import org.ehashpool.mint.MintMain;
import org.ehashpool.mint.keyset.SeedKeys;
import org.ehashpool.mint.seed.SeedFile;
import org.ehashpool.noise.certificate.Sv2Url;

/** A mint in this process; its seed is known before it starts. */
final class LocalMint implements AutoCloseable {
    static final String URL = "https://mint.example:3338/to-be-looked-for";

    private final Map<String, String> environment;
    private LocalService service;

    private LocalMint(Map<String, String> environment) {
        this.environment = environment;
        service = LocalService.start(MintMain.service(), environment);
    }

    /** The secret key of the mint whose seed is in this file; makes the file if there is none. */
    static SecretKey identity(Path seedFile) throws IOException {
        if (!Files.exists(seedFile)) {
            Files.createDirectories(seedFile.getParent());
            SeedFile.create(seedFile, new SecureRandom());
        }
        return new SeedKeys(SeedFile.read(seedFile)).identity();
    }

    static LocalMint start(Path seedFile, PostgresLogin database, Map<String, String> overrides, Sv2Url... pools) {
        Map<String, String> environment = environment(seedFile, database, pools);
        environment.putAll(overrides);
        return new LocalMint(environment);
    }

    /** What it is configured by. */
    static Map<String, String> environment(Path seedFile, PostgresLogin database, Sv2Url... pools) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "MINT__SEED_FILE",
                seedFile.toString(),
                "MINT__DATABASE__URL",
                database.url(),
                "MINT__DATABASE__USER",
                database.user(),
                "MINT__DATABASE__PASSWORD",
                database.password(),
                "MINT__PUBLIC__LISTEN",
                "127.0.0.1:0",
                "MINT__HTTP__LISTEN",
                "127.0.0.1:0",
                "MINT__LIMITS__DISK_FREE",
                "0B",
                "MINT__ORDERING__MINT_URL",
                URL));
        for (int i = 0; i < pools.length; i++) {
            environment.put("MINT__POOLS__" + i + "__URL", pools[i].toString());
        }
        return environment;
    }

    /** What it says of its link to a pool. */
    JsonNode pool(int number) {
        return service.details("ordering").path("pools").path(number);
    }

    JsonNode state(String part) {
        return service.details(part);
    }

    /** What it answers to who has the token. */
    JsonNode json(String path, String token) {
        return service.json(path, token);
    }

    String metrics() {
        return service.text("/metrics");
    }

    void stop() {
        service.stop();
    }

    /** Starts again as it was. */
    void restart() {
        service.stop();
        service = LocalService.start(MintMain.service(), environment);
    }

    @Override
    public void close() {
        stop();
    }
}
