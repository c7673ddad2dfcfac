package org.ehashpool.kit.postgres;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.ehashpool.kit.postgres.embedded.EmbeddedPostgres;
import org.ehashpool.kit.postgres.embedded.PostgresLogin;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * A service's database: checked, migrated, and ready for transactions.
 *
 * <p>A transaction is a function of a {@link DSLContext}. It may be run more than once, so it does nothing but SQL and
 * returns what it found; effects follow when its future completes. It never sees another one's connection, and keeps
 * none.
 */
public final class Database implements AutoCloseable {

    private static final Duration READINESS_LIMIT = Duration.ofSeconds(2);

    private final Optional<EmbeddedPostgres> embedded;
    private final HikariDataSource pool;
    private final TransactionRunner runner;
    private final ServerReport report;
    private final DatabaseMeters meters;
    private final Duration turnLimit;
    private final int admissionLimit;
    private final Semaphore admission;
    private final Semaphore turns;
    private final Semaphore readinessTurn = new Semaphore(1);
    private volatile boolean closing;

    private Database(
            Optional<EmbeddedPostgres> embedded,
            HikariDataSource pool,
            ServerReport report,
            PostgresConfig config,
            DatabaseSchema schema,
            MeterRegistry registry,
            SecureRandom random) {
        this.embedded = embedded;
        this.pool = pool;
        this.report = report;
        this.turnLimit = config.connectionTimeout();
        this.admissionLimit = config.poolSize() + config.queueLimit();
        this.admission = new Semaphore(admissionLimit);
        this.turns = new Semaphore(config.poolSize(), true);
        this.meters = new DatabaseMeters(registry, schema.name(), () -> admissionLimit - admission.availablePermits());
        this.runner =
                new TransactionRunner(pool, schema, config.transactionAttempts(), random, meters.retried::increment);
    }

    /**
     * Reaches the database (starts the embedded one when no URL is configured), refuses it when it is not safe for
     * money, migrates the schema and opens the pool. Blocks; on failure, everything begun is closed again.
     *
     * @param random makes the passwords of the embedded PostgreSQL, and the pauses before a transaction is run again
     * @throws DatabaseRefusedException when the server cannot be reached or trusted
     * @throws org.ehashpool.kit.postgres.embedded.EmbeddedPostgresException when the embedded one does not start
     * @throws org.flywaydb.core.api.FlywayException when a migration fails, was changed after it ran, or the schema
     *     is newer than this program
     */
    public static Database open(
            PostgresConfig config, DatabaseSchema schema, MeterRegistry registry, SecureRandom random) {
        Optional<PostgresLogin> login = config.login();
        if (login.isPresent()) {
            return connect(Optional.empty(), login.get(), config, schema, registry, random);
        }
        EmbeddedPostgres server = EmbeddedPostgres.start(config.embedded(), random);
        try {
            return connect(Optional.of(server), server.loginFor(schema.name()), config, schema, registry, random);
        } catch (Throwable e) {
            try {
                server.close();
            } catch (RuntimeException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    private static Database connect(
            Optional<EmbeddedPostgres> embedded,
            PostgresLogin login,
            PostgresConfig config,
            DatabaseSchema schema,
            MeterRegistry registry,
            SecureRandom random) {
        DatabaseConnections connections = new DatabaseConnections(login, config, schema);
        ServerReport report = connections.inspect();
        connections.migrate();
        return new Database(embedded, connections.pool(registry), report, config, schema, registry, random);
    }

    /** What the server said at the start; its warnings are for the log. */
    public ServerReport report() {
        return report;
    }

    /**
     * Runs a transaction that writes, off the caller's thread.
     *
     * @return completed on the caller's Vert.x context if it has one. Fails with {@link DatabaseBusyException} (not
     *     begun: too many waiting), {@link CommitOutcomeUnknownException} (look before you repeat), or what the work
     *     or the server threw (rolled back)
     */
    public <T extends @Nullable Object> Future<T> transact(Isolation isolation, Function<DSLContext, T> work) {
        return submit(() -> runner.run(isolation, false, work));
    }

    /** As {@link #transact}, for a transaction that only reads: the server refuses writes. */
    public <T extends @Nullable Object> Future<T> read(Isolation isolation, Function<DSLContext, T> work) {
        return submit(() -> runner.run(isolation, true, work));
    }

    /** As {@link #transact}, on the calling thread, which has to be one that may wait. Throws what the future fails with. */
    public <T extends @Nullable Object> T transactBlocking(Isolation isolation, Function<DSLContext, T> work) {
        admit();
        return admittedCall(() -> runner.run(isolation, false, work));
    }

    /**
     * Whether the database can be used now: one statement on a pooled session, answered within two seconds, that also
     * reads the durable settings again. While one check is under way, another one is answered "not ready" at once.
     */
    public Future<DatabaseStatus> status() {
        if (!readinessTurn.tryAcquire()) {
            return Future.succeededFuture(new DatabaseStatus(false, "the check before has no answer yet"));
        }
        CompletableFuture<DatabaseStatus> answer = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                answer.complete(checkNow());
            } finally {
                readinessTurn.release();
            }
        });
        return onCallersContext(answer.completeOnTimeout(
                new DatabaseStatus(false, "no answer within " + READINESS_LIMIT.toSeconds() + " s"),
                READINESS_LIMIT.toMillis(),
                TimeUnit.MILLISECONDS));
    }

    private DatabaseStatus checkNow() {
        try (Connection connection = pool.getConnection()) {
            ServerReport now = DatabaseConnections.inspect(connection);
            return now.good()
                    ? new DatabaseStatus(true, "PostgreSQL " + now.version())
                    : new DatabaseStatus(false, String.join("; ", now.refusals()));
        } catch (SQLException e) {
            return new DatabaseStatus(false, String.valueOf(e.getMessage()));
        }
    }

    private <T extends @Nullable Object> Future<T> submit(Callable<T> transaction) {
        try {
            admit();
        } catch (DatabaseBusyException e) {
            return Future.failedFuture(e);
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                answer.complete(admittedCall(transaction));
            } catch (Throwable e) {
                answer.completeExceptionally(e);
            }
        });
        return onCallersContext(answer);
    }

    private static <T extends @Nullable Object> Future<T> onCallersContext(CompletableFuture<T> answer) {
        Context context = Vertx.currentContext();
        return context == null ? Future.fromCompletionStage(answer) : Future.fromCompletionStage(answer, context);
    }

    private void admit() {
        if (closing || !admission.tryAcquire()) {
            meters.refused.increment();
            throw new DatabaseBusyException(
                    closing ? "the database is being closed" : admissionLimit + " transactions run or wait already");
        }
    }

    /** Waits for a turn, so that the pool's own queue stays short and the order of arrival is kept. */
    private <T extends @Nullable Object> T admittedCall(Callable<T> transaction) {
        long began = System.nanoTime();
        Timer outcome = meters.failed;
        try {
            if (!turns.tryAcquire(turnLimit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new DatabaseBusyException("no turn within " + turnLimit.toMillis() + " ms");
            }
            try {
                T result = transaction.call();
                outcome = meters.committed;
                return result;
            } finally {
                turns.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DataAccessException("interrupted while waiting for a turn", e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new DataAccessException(String.valueOf(e.getMessage()), e);
        } finally {
            outcome.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
            admission.release();
        }
    }

    /** Refuses new transactions, waits for those that were admitted, then closes the pool and the embedded server. */
    @Override
    public synchronized void close() {
        if (closing) {
            return;
        }
        closing = true;
        try {
            // Every admitted transaction ends by itself: its turn, its connection and its statements have limits.
            admission.acquireUninterruptibly(admissionLimit);
        } finally {
            pool.close();
            meters.close();
            embedded.ifPresent(EmbeddedPostgres::close);
        }
    }
}
