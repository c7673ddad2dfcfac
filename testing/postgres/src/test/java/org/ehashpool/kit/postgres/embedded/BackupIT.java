package org.ehashpool.kit.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupIT {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-01T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path root;

    private EmbeddedPostgresConfig source;
    private EmbeddedPostgresConfig target;
    private Path file;

    @BeforeEach
    void prepareDirectories() throws Exception {
        source = EmbeddedPostgresConfig.in(root.resolve("source"));
        target = EmbeddedPostgresConfig.in(root.resolve("target"));
        file = root.resolve("backup.tar.gz");
        TestDirectories.withData(source.directory());
        TestDirectories.withBinaries(target.directory());
    }

    @AfterEach
    void stopWhatIsLeft() throws Exception {
        ServerProcess.stopAllBelow(root);
    }

    @Test
    void shouldRestoreTheSameWhenNothingWasWrittenMeanwhile() throws Exception {
        String before;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(source, RANDOM)) {
            before = fill(postgres);
            BackupManifest manifest = EmbeddedPostgresCommands.backup(source, file, CLOCK, RANDOM);
            assertThat(manifest.rowsExact()).isTrue();
            assertThat(manifest.tables())
                    .contains(
                            new BackupManifest.TableRows("mint", "quote", 3),
                            new BackupManifest.TableRows("pool", "credit", 1_000));
            assertThat(manifest.moment()).isEqualTo(CLOCK.instant());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }

        RestoreReport report = EmbeddedPostgresCommands.restore(file, target, RANDOM);

        assertThat(report.tables()).isEqualTo(report.manifest().tables());
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(target, RANDOM)) {
            assertThat(fingerprint(postgres)).isEqualTo(before);
            assertThat(EmbeddedPostgresIT.ask(postgres.loginFor("pool"), "SHOW data_checksums"))
                    .isEqualTo("on");
            assertThat(EmbeddedPostgresIT.ask(
                            postgres.loginFor("pool"), "SHOW " + EmbeddedPostgresCommands.RESTORE_MARK))
                    .hasSizeGreaterThan(20);
            EmbeddedPostgresIT.execute(postgres.loginFor("pool"), "INSERT INTO credit (amount) VALUES (5)");
        }
    }

    @Test
    void shouldBackUpWithAServerOfItsOwnWhenNoneRuns() throws Exception {
        String before;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(source, RANDOM)) {
            before = fill(postgres);
        }
        EmbeddedPostgresCommands.backup(source, file, CLOCK, RANDOM);
        assertThat(EmbeddedPostgresCommands.status(source.directory()).state())
                .isEqualTo(EmbeddedPostgresStatus.State.STOPPED);
        EmbeddedPostgresCommands.restore(file, target, RANDOM);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(target, RANDOM)) {
            assertThat(fingerprint(postgres)).isEqualTo(before);
        }
    }

    @Test
    void shouldHoldEveryCommitBeforeItsEndWhenServicesWriteMeanwhile() throws Exception {
        AtomicLong acknowledged = new AtomicLong();
        AtomicBoolean enough = new AtomicBoolean();
        CountDownLatch writing = new CountDownLatch(50);
        long atStart;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(source, RANDOM)) {
            fill(postgres);
            PostgresLogin login = postgres.loginFor("pool");
            Thread writer = Thread.startVirtualThread(() -> write(login, enough, acknowledged, writing));
            writing.await();
            atStart = acknowledged.get();
            EmbeddedPostgresCommands.backup(source, file, CLOCK, RANDOM);
            enough.set(true);
            assertThat(writer.join(Duration.ofSeconds(30))).isTrue();
        }
        RestoreReport report = EmbeddedPostgresCommands.restore(file, target, RANDOM);

        assertThat(report.manifest().rowsExact()).isFalse();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(target, RANDOM)) {
            PostgresLogin login = postgres.loginFor("pool");
            long restored = Long.parseLong(EmbeddedPostgresIT.ask(login, "SELECT max(n) FROM running"));
            assertThat(restored).isBetween(atStart, acknowledged.get());
            // A moment of the source, not a mixture: all numbers up to the last one.
            assertThat(EmbeddedPostgresIT.ask(login, "SELECT count(*) FROM running"))
                    .isEqualTo("" + restored);
        }
    }

    @Test
    void shouldRefuseAndLeaveNothingWhenTheBackupIsDamaged() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(source, RANDOM)) {
            fill(postgres);
            EmbeddedPostgresCommands.backup(source, file, CLOCK, RANDOM);
        }
        byte[] good = Files.readAllBytes(file);
        byte[] flipped = good.clone();
        flipped[good.length / 2] ^= 0x10;
        byte[] cut = Arrays.copyOf(good, good.length * 3 / 4);
        byte[] foreign = "this is no archive".getBytes(StandardCharsets.UTF_8);
        for (byte[] bad : List.of(flipped, cut, foreign, new byte[0])) {
            Files.write(file, bad);
            assertThatThrownBy(() -> EmbeddedPostgresCommands.restore(file, target, RANDOM))
                    .isInstanceOf(EmbeddedPostgresException.class)
                    .hasMessageContaining(file.toString());
            assertThat(target.directory().resolve("data")).doesNotExist();
            assertThat(target.directory().resolve("data.unfinished")).doesNotExist();
            assertThat(target.directory().resolve("secrets")).doesNotExist();
        }
        Files.write(file, good);
        assertThat(EmbeddedPostgresCommands.restore(file, target, RANDOM).tables())
                .isNotEmpty();
    }

    @Test
    void shouldRefuseAFileThatIsThereAndADirectoryThatIsNotEmptyWhenAskedTo() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(source, RANDOM)) {
            fill(postgres);
            Files.writeString(file, "mine");
            assertThatThrownBy(() -> EmbeddedPostgresCommands.backup(source, file, CLOCK, RANDOM))
                    .isInstanceOf(EmbeddedPostgresException.class)
                    .hasMessageContaining("exists already");
            assertThat(file).hasContent("mine");
            Files.delete(file);
            EmbeddedPostgresCommands.backup(source, file, CLOCK, RANDOM);
            assertThatThrownBy(() -> EmbeddedPostgresCommands.restore(file, source, RANDOM))
                    .isInstanceOf(EmbeddedPostgresException.class)
                    .hasMessageContaining("empty directory");
        }
    }

    /** Answers what {@link #fingerprint} says of it. */
    private static String fill(EmbeddedPostgres postgres) throws Exception {
        EmbeddedPostgresIT.execute(postgres.loginFor("pool"), """
                CREATE TABLE credit (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, amount numeric(20,0) NOT NULL);
                CREATE INDEX credit_by_amount ON credit (amount);
                INSERT INTO credit (amount) SELECT 18446744073709551615 - n FROM generate_series(1, 1000) n;
                CREATE TABLE running (n bigint PRIMARY KEY);
                """);
        EmbeddedPostgresIT.execute(
                postgres.loginFor("mint"),
                "CREATE TABLE quote (id text); INSERT INTO quote VALUES ('a'), ('ü'), (NULL)");
        return fingerprint(postgres);
    }

    private static String fingerprint(EmbeddedPostgres postgres) throws Exception {
        return EmbeddedPostgresIT.ask(
                        postgres.loginFor("pool"), "SELECT md5(string_agg(c::text, ';' ORDER BY id)) FROM credit c")
                + EmbeddedPostgresIT.ask(
                        postgres.loginFor("mint"), "SELECT md5(string_agg(q::text, ';' ORDER BY id)) FROM quote q");
    }

    private static void write(
            PostgresLogin login, AtomicBoolean enough, AtomicLong acknowledged, CountDownLatch writing) {
        try (Connection connection = DriverManager.getConnection(login.url(), login.user(), login.password());
                Statement statement = connection.createStatement();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO running VALUES (?)")) {
            statement.execute("SET statement_timeout = '20s'");
            while (!enough.get()) {
                insert.setLong(1, acknowledged.get() + 1);
                insert.executeUpdate();
                acknowledged.incrementAndGet();
                writing.countDown();
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
