package org.ehashpool.kit.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ehashpool.kit.postgres.generated.Tables.CREDIT;
import static org.ehashpool.kit.postgres.generated.Tables.RAW_AMOUNT;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.ehashpool.kit.postgres.embedded.PostgresLogin;
import org.flywaydb.core.api.FlywayException;
import org.jooq.exception.DataAccessException;
import org.jooq.exception.DataTypeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link Database} promises on any PostgreSQL: run on a container's and on the embedded one. */
abstract class DatabaseContract extends DatabaseScenario {

    static Stream<Long> amounts() {
        return Stream.of(0L, 1L, (1L << 53) + 1, Long.MAX_VALUE, Long.MIN_VALUE, -1L);
    }

    @ParameterizedTest
    @MethodSource("amounts")
    void shouldKeepAmountWhenStoredAsNumeric(long amount) throws Exception {
        try (Database database = open(config())) {
            await(database.transact(Isolation.READ_COMMITTED, sql -> insert(sql, "a", amount)));
            assertThat(value(database, "SELECT amount::text FROM kit_test.credit"))
                    .isEqualTo(Long.toUnsignedString(amount));
            Long found = await(database.read(
                    Isolation.READ_COMMITTED,
                    sql -> sql.select(CREDIT.AMOUNT)
                            .from(CREDIT)
                            .where(CREDIT.AMOUNT.eq(amount))
                            .fetchSingle(CREDIT.AMOUNT)));
            assertThat(found).isEqualTo(amount);
        }
    }

    @Test
    void shouldKeepNullAndInstantWhenStored() throws Exception {
        Instant moment = Instant.parse("2026-11-01T12:34:56.789012Z");
        try (Database database = open(config())) {
            var stored = await(database.transact(
                    Isolation.READ_COMMITTED,
                    sql -> sql.insertInto(CREDIT)
                            .set(CREDIT.LABEL, "a")
                            .set(CREDIT.AMOUNT, (Long) null)
                            .set(CREDIT.CREATED_AT, moment)
                            .returning()
                            .fetchSingle()));
            assertThat(stored.getAmount()).isNull();
            assertThat(stored.getCreatedAt()).isEqualTo(moment);
        }
    }

    @Test
    void shouldRefuseAmountWhenItIsOutOfRange() throws Exception {
        try (Database database = open(config())) {
            for (String amount : List.of("-1", "18446744073709551616", "99999999999999999999")) {
                assertThatThrownBy(() -> await(database.transact(
                                Isolation.READ_COMMITTED,
                                sql -> sql.execute(
                                        "INSERT INTO kit_test.credit (label, amount) VALUES ('a', " + amount + ")"))))
                        .as("the table's check")
                        .isInstanceOf(DataAccessException.class)
                        .hasMessageContaining("credit_amount_check");
                await(database.transact(
                        Isolation.READ_COMMITTED,
                        sql -> sql.execute("INSERT INTO kit_test.raw_amount VALUES (1, " + amount + ")")));
                assertThatThrownBy(() -> await(database.read(
                                Isolation.READ_COMMITTED,
                                sql -> sql.selectFrom(RAW_AMOUNT).fetch())))
                        .as("the converter")
                        .isInstanceOf(DataAccessException.class)
                        .hasRootCauseInstanceOf(DataTypeException.class)
                        .rootCause()
                        .hasMessageContaining(amount);
                await(database.transact(
                        Isolation.READ_COMMITTED,
                        sql -> sql.truncate(RAW_AMOUNT).execute()));
            }
        }
    }

    @Test
    void shouldKeepDataAndHistoryWhenOpenedAgain() throws Exception {
        try (Database database = open(config())) {
            await(database.transact(Isolation.READ_COMMITTED, sql -> insert(sql, "a", 1)));
        }
        try (Database database = open(config())) {
            assertThat(count(database)).isEqualTo(1);
            assertThat(value(database, "SELECT count(*)::text FROM kit_test.schema_history WHERE version IS NOT NULL"))
                    .isEqualTo("1");
        }
    }

    @Test
    void shouldRefuseToStartWhenTheSchemaIsNewerThanTheProgram() throws Exception {
        open(config()).close();
        asSuperuser(
                "INSERT INTO kit_test.schema_history SELECT 999, '999', 'later', 'SQL', 'V999__later.sql', 1, 'x', now(), 1, true");
        assertThatThrownBy(() -> open(config()))
                .isInstanceOf(FlywayException.class)
                .hasMessageContaining("999");
    }

    @Test
    void shouldRefuseToStartWhenAMigrationWasChangedAfterwards() throws Exception {
        open(config()).close();
        asSuperuser("UPDATE kit_test.schema_history SET checksum = 1 WHERE version = '1'");
        assertThatThrownBy(() -> open(config()))
                .isInstanceOf(FlywayException.class)
                .hasMessageContaining("checksum");
    }

    @Test
    void shouldRollBackWhenTheWorkThrows() throws Exception {
        try (Database database = open(config())) {
            assertThatThrownBy(() -> await(database.transact(Isolation.READ_COMMITTED, sql -> {
                        insert(sql, "a", 1);
                        throw new IllegalStateException("no");
                    })))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("no");
            assertThat(count(database)).isZero();
        }
    }

    @Test
    void shouldRunAgainWhenSerializationFails() throws Exception {
        try (Database database = open(config())) {
            await(database.transact(Isolation.READ_COMMITTED, sql -> insert(sql, "a", 10)));
            CyclicBarrier bothHaveRead = new CyclicBarrier(2);
            AtomicInteger runs = new AtomicInteger();
            Future<Integer> one = addOne(database, bothHaveRead, runs);
            Future<Integer> other = addOne(database, bothHaveRead, runs);
            await(one);
            await(other);
            assertThat(runs).hasValue(3);
            assertThat(value(database, "SELECT amount::text FROM kit_test.credit"))
                    .isEqualTo("12");
            assertThat(meters.get("ehash.database.retries").counter().count()).isEqualTo(1);
        }
    }

    private static Future<Integer> addOne(Database database, CyclicBarrier bothHaveRead, AtomicInteger runs) {
        AtomicInteger own = new AtomicInteger();
        return database.transact(Isolation.REPEATABLE_READ, sql -> {
            runs.incrementAndGet();
            Long amount = sql.fetchSingle(CREDIT).getAmount();
            if (own.getAndIncrement() == 0) {
                meet(bothHaveRead);
            }
            return sql.update(CREDIT)
                    .set(CREDIT.AMOUNT, amount + 1)
                    .where(CREDIT.LABEL.eq("a"))
                    .execute();
        });
    }

    @Test
    void shouldRunAgainWhenItIsTheVictimOfADeadlock() throws Exception {
        try (Database database = open(config())) {
            await(database.transact(Isolation.READ_COMMITTED, sql -> insert(sql, "a", 1) + insert(sql, "b", 1)));
            CyclicBarrier bothHoldOne = new CyclicBarrier(2);
            AtomicInteger runs = new AtomicInteger();
            Future<Integer> one = lockBoth(database, "a", "b", bothHoldOne, runs);
            Future<Integer> other = lockBoth(database, "b", "a", bothHoldOne, runs);
            await(one);
            await(other);
            assertThat(runs).hasValueGreaterThanOrEqualTo(3);
            assertThat(value(database, "SELECT string_agg(amount::text, ' ') FROM kit_test.credit"))
                    .isEqualTo("3 3");
        }
    }

    private static Future<Integer> lockBoth(
            Database database, String first, String second, CyclicBarrier bothHoldOne, AtomicInteger runs) {
        AtomicInteger own = new AtomicInteger();
        return database.transact(Isolation.READ_COMMITTED, sql -> {
            runs.incrementAndGet();
            increment(sql, first);
            if (own.getAndIncrement() == 0) {
                meet(bothHoldOne);
            }
            return increment(sql, second);
        });
    }

    @Test
    void shouldGiveUpWhenEveryAttemptFails() throws Exception {
        try (Database database = open(config())) {
            AtomicInteger runs = new AtomicInteger();
            assertThatThrownBy(() -> await(database.transact(Isolation.SERIALIZABLE, sql -> {
                        runs.incrementAndGet();
                        return sql.execute("DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$");
                    })))
                    .isInstanceOf(DataAccessException.class)
                    .hasMessageContaining("again");
            assertThat(runs).hasValue(config().transactionAttempts());
        }
    }

    @Test
    void shouldNotRunAgainWhenAConstraintFails() throws Exception {
        try (Database database = open(config())) {
            AtomicInteger runs = new AtomicInteger();
            await(database.transact(Isolation.READ_COMMITTED, sql -> insert(sql, "a", 1)));
            assertThatThrownBy(() -> await(database.transact(Isolation.READ_COMMITTED, sql -> {
                        runs.incrementAndGet();
                        return insert(sql, "a", 1);
                    })))
                    .isInstanceOf(DataAccessException.class);
            assertThat(runs).hasValue(1);
        }
    }

    @Test
    void shouldSayThatTheOutcomeIsUnknownWhenTheConnectionIsLostInCommit() throws Exception {
        try (Database database = open(config())) {
            asSuperuser("""
                    CREATE FUNCTION kit_test.hang_up() RETURNS trigger LANGUAGE plpgsql AS
                        $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
                    CREATE CONSTRAINT TRIGGER hang_up AFTER INSERT ON kit_test.credit
                        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION kit_test.hang_up()
                    """);
            AtomicInteger runs = new AtomicInteger();
            assertThatThrownBy(() -> await(database.transact(Isolation.SERIALIZABLE, sql -> {
                        runs.incrementAndGet();
                        return insert(sql, "a", 1);
                    })))
                    .isInstanceOf(CommitOutcomeUnknownException.class);
            assertThat(runs).hasValue(1);
            assertThat(count(database)).isZero();
        }
    }

    @Test
    void shouldRefuseWritesWhenItOnlyReads() throws Exception {
        try (Database database = open(config())) {
            assertThatThrownBy(() -> await(database.read(Isolation.READ_COMMITTED, sql -> insert(sql, "a", 1))))
                    .isInstanceOf(DataAccessException.class)
                    .hasMessageContaining("read-only");
            await(database.transact(Isolation.READ_COMMITTED, sql -> insert(sql, "a", 1)));
        }
    }

    @Test
    void shouldRefuseStatementWhenItWouldChangeEveryRow() throws Exception {
        try (Database database = open(config())) {
            assertThatThrownBy(() -> await(database.transact(
                            Isolation.READ_COMMITTED,
                            sql -> sql.deleteFrom(CREDIT).execute())))
                    .isInstanceOf(DataAccessException.class);
        }
    }

    @Test
    void shouldCancelStatementWhenItTakesTooLong() throws Exception {
        try (Database database = open(limits(2, 2, Duration.ofMillis(250)))) {
            assertThatThrownBy(() -> await(
                            database.read(Isolation.READ_COMMITTED, sql -> sql.fetchValue("SELECT pg_sleep(60)"))))
                    .isInstanceOf(DataAccessException.class)
                    .hasMessageContaining("statement timeout");
        }
    }

    @Test
    void shouldRefuseTransactionWhenTooManyWait() throws Exception {
        try (Database database = open(limits(1, 1, Duration.ofSeconds(30)))) {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            Future<Integer> running = database.transact(Isolation.READ_COMMITTED, sql -> {
                begun.countDown();
                await(goOn);
                return insert(sql, "a", 1);
            });
            await(begun);
            Future<Integer> waiting = database.transact(Isolation.READ_COMMITTED, sql -> insert(sql, "b", 1));
            Future<Integer> refused = database.transact(Isolation.READ_COMMITTED, sql -> insert(sql, "c", 1));
            assertThat(refused.failed()).isTrue();
            assertThat(refused.cause()).isInstanceOf(DatabaseBusyException.class);
            assertThatThrownBy(() -> database.transactBlocking(Isolation.READ_COMMITTED, sql -> insert(sql, "d", 1)))
                    .isInstanceOf(DatabaseBusyException.class);
            goOn.countDown();
            await(running);
            await(waiting);
            assertThat(count(database)).isEqualTo(2);
            assertThat(meters.get("ehash.database.refused").counter().count()).isEqualTo(2);
            assertThat(meters.get("ehash.database.admitted").gauge().value()).isZero();
        }
    }

    @Test
    void shouldFinishWhatWasAdmittedWhenClosed() throws Exception {
        Future<Integer> admitted;
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        Database database = open(config());
        admitted = database.transact(Isolation.READ_COMMITTED, sql -> {
            begun.countDown();
            await(goOn);
            return insert(sql, "a", 1);
        });
        await(begun);
        Thread closing = Thread.startVirtualThread(database::close);
        goOn.countDown();
        assertThat(closing.join(Duration.ofSeconds(30))).isTrue();
        assertThat(await(admitted)).isEqualTo(1);
        assertThat(database.transact(Isolation.READ_COMMITTED, sql -> insert(sql, "b", 1))
                        .cause())
                .isInstanceOf(DatabaseBusyException.class);
        assertThat(await(database.status()).ready()).isFalse();
    }

    @Test
    void shouldAnswerOnTheCallersContextWhenItHasOne() throws Exception {
        Vertx vertx = Vertx.vertx();
        try (Database database = open(config())) {
            CompletableFuture<Context> caller = new CompletableFuture<>();
            CompletableFuture<Context> answered = new CompletableFuture<>();
            vertx.runOnContext(_ -> {
                caller.complete(Vertx.currentContext());
                database.transact(Isolation.READ_COMMITTED, sql -> insert(sql, "a", 1))
                        .onComplete(_ -> answered.complete(Vertx.currentContext()));
            });
            assertThat(answered.get(30, TimeUnit.SECONDS)).isNotNull().isSameAs(caller.get(30, TimeUnit.SECONDS));
        } finally {
            await(vertx.close());
        }
    }

    @Test
    void shouldBeReadyUntilASettingIsUnsafeWhenAsked() throws Exception {
        try (Database database = open(limits(1, 1, Duration.ofSeconds(30)))) {
            assertThat(await(database.status()).ready()).isTrue();
            await(database.transact(
                    Isolation.READ_COMMITTED, sql -> sql.execute("SET SESSION synchronous_commit = off")));
            DatabaseStatus status = await(database.status());
            assertThat(status.ready()).isFalse();
            assertThat(status.detail()).contains("synchronous_commit is off");
        }
    }

    @Test
    void shouldRefuseDatabaseWhenTheRoleDoesNotWaitForTheLog() throws Exception {
        asSuperuser("ALTER ROLE kit_test SET synchronous_commit = off");
        assertThatThrownBy(() -> open(config()))
                .isInstanceOf(DatabaseRefusedException.class)
                .hasMessageContaining("synchronous_commit is off");
    }

    @Test
    void shouldNameEverySettingWhenSeveralOfTheRoleAreUnsafe() throws Exception {
        asSuperuser("ALTER ROLE kit_test SET synchronous_commit = off");
        asSuperuser("ALTER ROLE kit_test SET zero_damaged_pages = on");
        asSuperuser("ALTER ROLE kit_test SET ignore_checksum_failure = on");
        assertThatThrownBy(() -> open(config()))
                .isInstanceOfSatisfying(
                        DatabaseRefusedException.class,
                        e -> assertThat(e.reasons()).hasSize(3));
    }

    @Test
    void shouldRefuseDatabaseWhenSessionsAreReadOnly() throws Exception {
        asSuperuser("ALTER ROLE kit_test SET default_transaction_read_only = on");
        assertThatThrownBy(() -> open(config()))
                .isInstanceOf(DatabaseRefusedException.class)
                .hasMessageContaining("transaction_read_only is on");
    }

    @Test
    void shouldOpenNoFurtherSessionWhenASettingBecomesUnsafe() throws Exception {
        try (Database database = open(config())) {
            asSuperuser("ALTER ROLE kit_test SET synchronous_commit = off");
            asSuperuser("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'kit_test'");
            assertThatThrownBy(() -> {
                        // A terminated session is noticed by its next user.
                        for (int i = 0; i <= config().poolSize(); i++) {
                            await(database.transact(Isolation.READ_COMMITTED, sql -> insert(sql, "a", 1)));
                        }
                    })
                    .isInstanceOf(DataAccessException.class);
            assertThat(await(database.status()).ready()).isFalse();
        }
        try (Connection connection = DriverManager.getConnection(
                        superuser().url(), superuser().user(), superuser().password());
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM kit_test.credit")) {
            rows.next();
            assertThat(rows.getLong(1)).isZero();
        }
    }

    @Test
    void shouldSayWhyAndNotThePasswordWhenItCannotBeReached() {
        PostgresLogin wrong = new PostgresLogin(login().url(), login().user(), "very-secret");
        assertThatThrownBy(() -> open(config().at(wrong)))
                .isInstanceOf(DatabaseRefusedException.class)
                .hasMessageContaining(login().url())
                .hasMessageContaining("password authentication failed")
                .hasMessageNotContaining("very-secret");
    }
}
