package org.ehashpool.kit.postgres.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;

/** An embedded PostgreSQL for tests of other packages, with the superuser's login. */
public final class TestServer implements AutoCloseable {

    private final EmbeddedPostgres postgres;

    private TestServer(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    public static TestServer start(Path directory) throws IOException {
        TestDirectories.withData(directory);
        return new TestServer(EmbeddedPostgres.start(EmbeddedPostgresConfig.in(directory), new SecureRandom()));
    }

    public PostgresLogin login(String service) {
        return postgres.loginFor(service);
    }

    public PostgresLogin superuser() {
        PostgresLogin any = postgres.loginFor("any");
        return new PostgresLogin(
                any.url(), Postmaster.SUPERUSER, postgres.roles().superuserPassword());
    }

    @Override
    public void close() {
        postgres.close();
    }
}
