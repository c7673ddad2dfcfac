package org.ehashpool.kit.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehashpool.kit.postgres.generated.Tables.CREDIT;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.ehashpool.kit.postgres.embedded.PostgresLogin;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** What every scenario of a {@link Database} stands on: a server, an empty schema, and ways to write, look and wait. */
abstract class DatabaseScenario {

    private static final DatabaseSchema SCHEMA =
            new DatabaseSchema("kit_test", "org/ehashpool/kit/postgres/migrations");
    private static final SecureRandom RANDOM = new SecureRandom();

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    /** The login of the role {@code kit_test}, which owns no schema but its own. */
    abstract PostgresLogin login();

    /** A superuser's login of the same database. */
    abstract PostgresLogin superuser();

    @BeforeEach
    void startFromNothing() throws Exception {
        asSuperuser("DROP SCHEMA IF EXISTS kit_test CASCADE");
        asSuperuser("CREATE SCHEMA kit_test AUTHORIZATION kit_test");
        asSuperuser("ALTER ROLE kit_test RESET ALL");
    }

    PostgresConfig config() {
        return PostgresConfig.embeddedIn(Path.of("target", "unused")).at(login());
    }

    PostgresConfig limits(int poolSize, int queueLimit, Duration statementTimeout) {
        PostgresConfig all = config();
        return new PostgresConfig(
                all.url(),
                all.user(),
                all.password(),
                poolSize,
                queueLimit,
                all.connectionTimeout(),
                statementTimeout,
                all.lockTimeout(),
                all.transactionAttempts(),
                all.embedded());
    }

    Database open(PostgresConfig config) {
        return Database.open(config, SCHEMA, meters, RANDOM);
    }

    void asSuperuser(String sql) throws SQLException {
        PostgresLogin login = superuser();
        try (Connection connection = DriverManager.getConnection(login.url(), login.user(), login.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static int insert(DSLContext sql, String label, long amount) {
        return sql.insertInto(CREDIT)
                .set(CREDIT.LABEL, label)
                .set(CREDIT.AMOUNT, amount)
                .execute();
    }

    static int increment(DSLContext sql, String label) {
        return sql.update(CREDIT)
                .set(CREDIT.AMOUNT, DSL.field("amount + 1", Long.class))
                .where(CREDIT.LABEL.eq(label))
                .execute();
    }

    static String value(Database database, String query) throws Exception {
        return await(database.read(Isolation.READ_COMMITTED, sql -> String.valueOf(sql.fetchValue(query))));
    }

    static int count(Database database) throws Exception {
        return await(database.read(Isolation.READ_COMMITTED, sql -> sql.fetchCount(CREDIT)));
    }

    static <T extends @Nullable Object> T await(Future<T> future) throws Exception {
        try {
            return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
