package org.ehashpool.statistics.figures;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Comparator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.DatabaseSchema;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.kit.postgres.PostgresConfig;
import org.ehashpool.kit.postgres.embedded.EmbeddedPostgres;
import org.ehashpool.kit.postgres.embedded.EmbeddedPostgresConfig;
import org.ehashpool.kit.postgres.embedded.PostgresLogin;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** A database on the embedded PostgreSQL that all tests of this JVM share, to be filled by SQL. */
public final class FilledDatabase implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String MIGRATIONS = "org/ehashpool/statistics/migrations";
    private static @Nullable EmbeddedPostgres server;

    private final Database database;

    private FilledDatabase(Database database) {
        this.database = database;
    }

    private static synchronized PostgresLogin login(String schema) throws IOException {
        EmbeddedPostgres running = server;
        if (running == null) {
            Path directory = Files.createTempDirectory("statistics-postgres");
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

    /** Empty tables, whose partitions take every time. */
    public static FilledDatabase empty(String schema) throws IOException {
        PostgresLogin login = login(schema);
        Database database = Database.open(
                PostgresConfig.embeddedIn(Path.of("target", "unused")).at(login),
                new DatabaseSchema(schema, MIGRATIONS),
                new SimpleMeterRegistry(),
                RANDOM);
        FilledDatabase filled = new FilledDatabase(database);
        for (String table : new String[] {
            "event", "sample", "sample_hour", "rejection", "quote_history", "quote_failure", "balance_history"
        }) {
            filled.run("create table if not exists " + table + "_any partition of " + table + " default");
        }
        filled.run("""
                do $$ begin execute (
                    select 'truncate ' || string_agg(format('%I', relname), ', ') || ' restart identity'
                    from pg_class
                    where relnamespace = current_schema::regnamespace and relkind in ('r', 'p')
                        and not relispartition and relname <> 'schema_history'); end $$;
                alter sequence subject restart;
                insert into sampling default values;
                insert into writer default values""");
        return filled;
    }

    /** Runs statements, each with the same values at {@code {0}}, {@code {1}} and so on. */
    public void run(String statements) {
        database.transactBlocking(Isolation.READ_COMMITTED, sql -> sql.execute(statements));
    }

    /** Runs one statement with a time at {@code {0}}. */
    public void runAt(Instant now, String statement) {
        database.transactBlocking(Isolation.READ_COMMITTED, sql -> sql.execute(statement, DSL.val(now)));
    }

    public Database database() {
        return database;
    }

    /** All figures, as they are at a time; the question is asked in one transaction. */
    public <T> T ask(Instant now, Function<Figures, T> question) {
        return database.transactBlocking(Isolation.REPEATABLE_READ, sql -> question.apply(new Figures(sql, now)));
    }

    @Override
    public void close() {
        database.close();
    }

    private static void delete(Path directory) {
        try (Stream<Path> walk = Files.walk(directory)) {
            walk.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            System.err.println("left behind: " + directory + ": " + e);
        }
    }
}
