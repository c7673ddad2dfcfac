package org.ehashpool.wallet;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.stream.Stream;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.DatabaseSchema;
import org.ehashpool.kit.postgres.PostgresConfig;
import org.ehashpool.kit.postgres.embedded.EmbeddedPostgres;
import org.ehashpool.kit.postgres.embedded.EmbeddedPostgresConfig;
import org.ehashpool.kit.postgres.embedded.PostgresLogin;
import org.jspecify.annotations.Nullable;

/** The embedded PostgreSQL that all tests of this JVM share, with a schema for the mint and one for the wallet. */
final class TestServer {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static @Nullable EmbeddedPostgres server;

    private TestServer() {}

    private static synchronized PostgresLogin login(String schema) throws IOException {
        EmbeddedPostgres running = server;
        if (running == null) {
            Path directory = Files.createTempDirectory("wallet-postgres");
            EmbeddedPostgres started = EmbeddedPostgres.start(EmbeddedPostgresConfig.in(directory), RANDOM);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                started.close();
                delete(directory);
            }));
            server = started;
            running = started;
        }
        return running.loginFor(schema);
    }

    /** A schema's database, with empty tables. */
    static Database openEmpty(DatabaseSchema schema) throws IOException, SQLException {
        open(schema).close();
        PostgresLogin login = login(schema.name());
        try (var connection = DriverManager.getConnection(login.url(), login.user(), login.password());
                var statement = connection.createStatement()) {
            statement.execute("""
                    do $$ begin execute (
                        select 'truncate ' || string_agg(format('%%I.%%I', schemaname, tablename), ', ')
                            || ' restart identity cascade'
                        from pg_tables where schemaname = '%s' and tablename <> '%s'); end $$""".formatted(schema.name(), DatabaseSchema.HISTORY_TABLE));
        }
        return open(schema);
    }

    static Database open(DatabaseSchema schema) throws IOException {
        return Database.open(
                PostgresConfig.embeddedIn(Path.of("target", "unused")).at(login(schema.name())),
                schema,
                new SimpleMeterRegistry(),
                RANDOM);
    }

    private static void delete(Path directory) {
        try (Stream<Path> walk = Files.walk(directory)) {
            walk.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            System.err.println("left behind: " + directory + ": " + e);
        }
    }
}
