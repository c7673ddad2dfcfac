package org.ehashpool.pool.ledger;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.stream.Stream;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.PostgresConfig;
import org.ehashpool.kit.postgres.embedded.EmbeddedPostgres;
import org.ehashpool.kit.postgres.embedded.EmbeddedPostgresConfig;
import org.ehashpool.kit.postgres.embedded.PostgresLogin;
import org.jspecify.annotations.Nullable;

/** The embedded PostgreSQL that all tests of this JVM share; each test has a role, and so a database, of its own. */
public final class TestServer {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static @Nullable EmbeddedPostgres server;

    private TestServer() {}

    private static synchronized EmbeddedPostgres server() throws IOException {
        EmbeddedPostgres running = server;
        if (running == null) {
            Path directory = Files.createTempDirectory("pool-postgres");
            EmbeddedPostgres started = EmbeddedPostgres.start(EmbeddedPostgresConfig.in(directory), RANDOM);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                started.close();
                delete(directory);
            }));
            server = started;
            running = started;
        }
        return running;
    }

    /** For the pool's schema. */
    public static PostgresLogin login() throws IOException {
        return server().loginFor(LedgerSchema.SCHEMA.name());
    }

    /** Opens the pool's database, and makes its schema if it is not there. */
    public static Database open(PostgresLogin login) {
        return Database.open(
                PostgresConfig.embeddedIn(Path.of("target", "unused")).at(login),
                LedgerSchema.SCHEMA,
                new SimpleMeterRegistry(),
                RANDOM);
    }

    /** Opens the pool's database without anything in it. */
    public static Database openEmpty() throws IOException, SQLException {
        execute("drop schema if exists pool cascade");
        return open(login());
    }

    /** As the pool's role. */
    public static void execute(String sql) throws IOException, SQLException {
        PostgresLogin role = login();
        try (Connection connection = DriverManager.getConnection(role.url(), role.user(), role.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Ends the role's other sessions, as a server does that is stopped. */
    static void endSessions() throws IOException, SQLException {
        execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = current_user"
                + " and pid <> pg_backend_pid()");
    }

    private static void delete(Path directory) {
        try (Stream<Path> walk = Files.walk(directory)) {
            walk.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            System.err.println("left behind: " + directory + ": " + e);
        }
    }
}
