package org.ehashpool.mint.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.PostgresConfig;
import org.ehashpool.kit.postgres.embedded.EmbeddedPostgres;
import org.ehashpool.kit.postgres.embedded.EmbeddedPostgresConfig;
import org.ehashpool.kit.postgres.embedded.PostgresLogin;
import org.ehashpool.mint.store.MintSchema;
import org.jspecify.annotations.Nullable;

/** The embedded PostgreSQL that all tests of this JVM share. */
final class TestServer {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static @Nullable PostgresLogin login;

    private TestServer() {}

    static synchronized PostgresLogin login() throws IOException {
        if (login == null) {
            Path directory = Files.createTempDirectory("mint-postgres");
            EmbeddedPostgres server = EmbeddedPostgres.start(EmbeddedPostgresConfig.in(directory), RANDOM);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                server.close();
                delete(directory);
            }));
            login = server.loginFor(MintSchema.SCHEMA.name());
        }
        return login;
    }

    static PostgresConfig config(PostgresLogin login) {
        PostgresConfig defaults =
                PostgresConfig.embeddedIn(Path.of("target", "unused")).at(login);
        return new PostgresConfig(
                defaults.url(),
                defaults.user(),
                defaults.password(),
                8,
                defaults.queueLimit(),
                Duration.ofSeconds(30),
                defaults.statementTimeout(),
                defaults.lockTimeout(),
                defaults.transactionAttempts(),
                defaults.embedded());
    }

    static Database open(MeterRegistry meters) throws IOException {
        return Database.open(config(login()), MintSchema.SCHEMA, meters, RANDOM);
    }

    /** As the mint's role. */
    static void execute(String sql) throws IOException, SQLException {
        PostgresLogin role = login();
        try (Connection connection = DriverManager.getConnection(role.url(), role.user(), role.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** That a query, which looks for what must not be, finds nothing. */
    static void assertNoRow(String rule, String query) throws IOException, SQLException {
        PostgresLogin role = login();
        try (Connection connection = DriverManager.getConnection(role.url(), role.user(), role.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            assertThat(rows.next()).as(rule).isFalse();
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> walk = Files.walk(directory)) {
            walk.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            System.err.println("left behind: " + directory + ": " + e);
        }
    }
}
