package org.ehashpool.kit.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ehashpool.kit.postgres.embedded.PostgresLogin;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** Opens connections of one role: single ones for the start, a pool for the work. */
final class DatabaseConnections {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

    /** A server that vanished without a word is noticed: no answer may take longer than the longest statement and this. */
    private static final Duration SILENCE_ALLOWANCE = Duration.ofSeconds(15);

    /** {@link ServerReport}'s durable settings, for connections that are opened after the start. */
    private static final String REFUSE_UNSAFE_SESSION = """
            DO $$ BEGIN
                IF 'off' IN (current_setting('fsync'), current_setting('full_page_writes'),
                        current_setting('synchronous_commit')) THEN
                    RAISE EXCEPTION 'fsync, full_page_writes and synchronous_commit have to be on';
                END IF;
            END $$
            """;

    private final PostgresLogin login;
    private final PostgresConfig config;
    private final DatabaseSchema schema;

    DatabaseConnections(PostgresLogin login, PostgresConfig config, DatabaseSchema schema) {
        this.login = login;
        this.config = config;
        this.schema = schema;
    }

    /** Asks the server what it is. Throws {@link DatabaseRefusedException} when it cannot be reached or trusted. */
    ServerReport inspect() {
        ServerReport report;
        try (Connection connection = unlimited().getConnection()) {
            report = inspect(connection);
        } catch (SQLException e) {
            throw new DatabaseRefusedException(login.url(), List.of("no session: " + e.getMessage()));
        }
        if (!report.good()) {
            throw new DatabaseRefusedException(login.url(), report.refusals());
        }
        return report;
    }

    static ServerReport inspect(Connection connection) throws SQLException {
        Map<String, String> settings = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ServerReport.QUERY)) {
            while (rows.next()) {
                String value = rows.getString(2);
                if (value != null) {
                    settings.put(rows.getString(1), value);
                }
            }
        }
        return ServerReport.of(settings);
    }

    /** Brings the schema to this program's version; services of one schema that start at once take turns. */
    void migrate() {
        Flyway.configure()
                .dataSource(unlimited())
                .schemas(schema.name())
                .defaultSchema(schema.name())
                .table(DatabaseSchema.HISTORY_TABLE)
                .locations(schema.migrations().stream()
                        .map(path -> "classpath:" + path)
                        .toArray(String[]::new))
                .failOnMissingLocations(true)
                .placeholderReplacement(false)
                .cleanDisabled(true)
                .baselineOnMigrate(false)
                .outOfOrder(false)
                // Nothing is ignored: a schema newer than this program is a reason not to start.
                .ignoreMigrationPatterns(new String[0])
                .load()
                .migrate();
    }

    HikariDataSource pool(MeterRegistry meters) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName(schema.name());
        pool.setDataSource(limited());
        pool.setMaximumPoolSize(config.poolSize());
        // A connection costs a process start on the server: they stay open between bursts.
        pool.setMinimumIdle(config.poolSize());
        pool.setConnectionTimeout(config.connectionTimeout().toMillis());
        pool.setValidationTimeout(Math.min(config.connectionTimeout().toMillis(), 5_000));
        pool.setKeepaliveTime(Duration.ofMinutes(2).toMillis());
        pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        pool.setConnectionInitSql(REFUSE_UNSAFE_SESSION);
        pool.setInitializationFailTimeout(config.connectionTimeout().toMillis());
        pool.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(meters));
        return new HikariDataSource(pool);
    }

    /** For migrations, which take the time they need. */
    private PGSimpleDataSource unlimited() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(login.url());
        source.setUser(login.user());
        source.setPassword(login.password());
        source.setApplicationName("ehash-" + schema.name());
        source.setConnectTimeout((int) CONNECT_LIMIT.toSeconds());
        source.setLoginTimeout((int) CONNECT_LIMIT.toSeconds());
        source.setTcpKeepAlive(true);
        // Values of statements stay out of messages, and so out of logs.
        source.setLogServerErrorDetail(false);
        return source;
    }

    private PGSimpleDataSource limited() {
        PGSimpleDataSource source = unlimited();
        // Names without a schema are of this one, whoever's role it is.
        source.setCurrentSchema(schema.name());
        long statement = config.statementTimeout().toMillis();
        source.setOptions("-c statement_timeout=" + statement + " -c idle_in_transaction_session_timeout=" + statement
                + " -c lock_timeout=" + config.lockTimeout().toMillis());
        source.setSocketTimeout(
                (int) config.statementTimeout().plus(SILENCE_ALLOWANCE).toSeconds());
        return source;
    }
}
