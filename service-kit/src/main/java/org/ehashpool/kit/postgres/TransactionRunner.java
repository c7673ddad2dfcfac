package org.ehashpool.kit.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.ExecuteWithoutWhere;
import org.jooq.conf.MappedSchema;
import org.jooq.conf.RenderMapping;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** One transaction on the calling thread, again when the server says that it was rolled back for another's sake. */
final class TransactionRunner {

    private static final String SERIALIZATION_FAILURE = "40001";
    private static final String DEADLOCK_DETECTED = "40P01";

    /** The server has rolled the transaction back before it says one of these. */
    private static final Set<String> ROLLED_BACK_FOR_ANOTHER = Set.of(SERIALIZATION_FAILURE, DEADLOCK_DETECTED);

    private static final long LONGEST_PAUSE_NANOS = 100_000_000;

    private final DataSource connections;
    private final Settings settings;
    private final int attempts;
    private final RandomGenerator random;
    private final Runnable onRetry;

    TransactionRunner(
            DataSource connections, DatabaseSchema schema, int attempts, RandomGenerator random, Runnable onRetry) {
        this.connections = connections;
        this.settings = settings(schema);
        this.attempts = attempts;
        this.random = random;
        this.onRetry = onRetry;
    }

    private static Settings settings(DatabaseSchema schema) {
        Settings settings = new Settings()
                .withExecuteLogging(false)
                .withExecuteUpdateWithoutWhere(ExecuteWithoutWhere.THROW)
                .withExecuteDeleteWithoutWhere(ExecuteWithoutWhere.THROW);
        return schema.generated().equals(schema.name())
                ? settings
                : settings.withRenderMapping(new RenderMapping()
                        .withSchemata(
                                new MappedSchema().withInput(schema.generated()).withOutput(schema.name())));
    }

    /** As {@link Database#transactBlocking}. */
    <T extends @Nullable Object> T run(Isolation isolation, boolean readOnly, Function<DSLContext, T> work)
            throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return runOnce(isolation, readOnly, work);
            } catch (SQLException | RuntimeException e) {
                if (attempt >= attempts || !rolledBackForAnother(e)) {
                    throw e;
                }
                onRetry.run();
                LockSupport.parkNanos(pauseNanos(attempt));
            }
        }
    }

    /** A victim that came back at once would take the lock again before the survivor wakes up. */
    private long pauseNanos(int attempt) {
        return random.nextLong(1, Math.min(LONGEST_PAUSE_NANOS, 2_000_000L << Math.min(attempt, 10)));
    }

    private <T extends @Nullable Object> T runOnce(Isolation isolation, boolean readOnly, Function<DSLContext, T> work)
            throws SQLException {
        try (Connection connection = connections.getConnection()) {
            connection.setAutoCommit(false);
            T result;
            try {
                begin(connection, isolation, readOnly);
                result = work.apply(DSL.using(connection, SQLDialect.POSTGRES, settings));
            } catch (SQLException | RuntimeException | Error e) {
                rollBack(connection, e);
                throw e;
            }
            commit(connection);
            return result;
        }
    }

    /** READ COMMITTED is every session's own default: it costs no statement. */
    private static void begin(Connection connection, Isolation isolation, boolean readOnly) throws SQLException {
        if (isolation == Isolation.READ_COMMITTED && !readOnly) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL " + isolation.sql() + (readOnly ? " READ ONLY" : ""));
        }
    }

    private static void commit(Connection connection) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException e) {
            if (isAnswerOfTheServer(e)) {
                rollBack(connection, e);
                throw e;
            }
            throw new CommitOutcomeUnknownException(e);
        }
    }

    /**
     * Whether the server refused the COMMIT. Class 08 is a lost connection; class 57 (shutdown, crash of another
     * session) can come when the commit record is written already; 40003 says it in words.
     */
    private static boolean isAnswerOfTheServer(SQLException e) {
        String state = e.getSQLState();
        return state != null && !state.startsWith("08") && !state.startsWith("57") && !state.equals("40003");
    }

    private static void rollBack(Connection connection, Throwable cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The connection is broken; the server rolls back by itself. What matters is the first reason.
            cause.addSuppressed(e);
        }
    }

    private static boolean rolledBackForAnother(Throwable failure) {
        return sqlState(failure).filter(ROLLED_BACK_FOR_ANOTHER::contains).isPresent()
                && !(failure instanceof CommitOutcomeUnknownException);
    }

    private static Optional<String> sqlState(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return Optional.of(sql.getSQLState());
            }
        }
        return Optional.empty();
    }
}
