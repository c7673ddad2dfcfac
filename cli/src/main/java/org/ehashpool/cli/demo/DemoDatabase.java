package org.ehashpool.cli.demo;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import org.ehashpool.kit.postgres.embedded.EmbeddedPostgres;
import org.ehashpool.kit.postgres.embedded.EmbeddedPostgresConfig;
import org.ehashpool.kit.postgres.embedded.PostgresLogin;

/** One embedded PostgreSQL for all services, with a role and a schema for each. */
final class DemoDatabase implements AutoCloseable {
    private final EmbeddedPostgres server;

    private DemoDatabase(EmbeddedPostgres server) {
        this.server = server;
    }

    /** Starts it. Blocks until it takes connections. */
    static DemoDatabase start(Path home, SecureRandom random) {
        return new DemoDatabase(EmbeddedPostgres.start(
                EmbeddedPostgresConfig.in(home.resolve("postgres").resolve("demo")), random));
    }

    /**
     * What a service is to be told.
     *
     * @param prefix of its database's settings, as {@code POOL__DATABASE__}
     * @param schema its schema and role
     */
    Map<String, String> settings(String prefix, String schema) {
        PostgresLogin login = server.loginFor(schema);
        return Map.of(
                prefix + "URL", login.url(), prefix + "USER", login.user(), prefix + "PASSWORD", login.password());
    }

    @Override
    public void close() {
        server.close();
    }
}
