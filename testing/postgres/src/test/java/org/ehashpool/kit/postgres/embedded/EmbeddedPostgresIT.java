package org.ehashpool.kit.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresIT {

    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    Path root;

    @AfterEach
    void stopWhatIsLeft() throws Exception {
        ServerProcess.stopAllBelow(root);
    }

    @Test
    void shouldHaveDurableSettingsWhenStarted() throws Exception {
        TestDirectories.withBinaries(root);
        Map<String, String> expected = new TreeMap<>(Map.of(
                "fsync", "on",
                "full_page_writes", "on",
                "synchronous_commit", "on",
                "data_checksums", "on",
                "zero_damaged_pages", "off",
                "password_encryption", "scram-sha-256",
                "listen_addresses", "127.0.0.1",
                "unix_socket_directories", "",
                "server_encoding", "UTF8",
                "log_min_error_statement", "panic"));
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(config(), RANDOM);
                Connection superuser = postgres.superuser(Roles.DATABASE);
                Statement statement = superuser.createStatement()) {
            Map<String, String> found = new TreeMap<>();
            for (String name : expected.keySet()) {
                try (ResultSet row = statement.executeQuery("SELECT current_setting('" + name + "')")) {
                    row.next();
                    found.put(name, row.getString(1));
                }
            }
            assertThat(found).isEqualTo(expected);
        }
    }

    @Test
    void shouldUnpackItsOwnProgramsWhenThereAreNone() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(config(), RANDOM)) {
            assertThat(ask(postgres.loginFor("pool"), "SHOW server_version")).startsWith(Binaries.MAJOR_VERSION + ".");
        }
        Path unpacked = Binaries.unpack(root.resolve("binaries")).directory();
        Path program = unpacked.resolve("bin/postgres");
        Object unchanged = Files.getLastModifiedTime(program);
        Binaries.unpack(root.resolve("binaries"));
        assertThat(Files.getLastModifiedTime(program)).isEqualTo(unchanged);

        Files.writeString(unpacked.resolve("unpacked.sha256"), "damaged");
        Files.delete(program);
        Binaries.unpack(root.resolve("binaries"));
        assertThat(program).isExecutable();
    }

    @Test
    void shouldRunAsSystemAccountWhenRootStartsItWhereThatCanEnter() throws Exception {
        Path open = Files.createTempDirectory("ehash-open-");
        try {
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwx--x--x"));
            EmbeddedPostgresConfig config = EmbeddedPostgresConfig.in(open.resolve("postgres"));
            try (EmbeddedPostgres postgres = EmbeddedPostgres.start(config, RANDOM)) {
                assertThat(ask(postgres.loginFor("pool"), "SELECT 1")).isEqualTo("1");
                ServerAccount account = ServerAccount.choose(new ServerDirectory(config.directory()));
                Object owner = Files.getAttribute(config.directory().resolve("data"), "unix:uid");
                switch (account) {
                    case ServerAccount.Other other -> assertThat(owner).isEqualTo(other.user());
                    case ServerAccount.Same _, ServerAccount.Unprivileged _ ->
                        assertThat(owner).isEqualTo(Files.getAttribute(open, "unix:uid"));
                }
            }
            try (EmbeddedPostgres postgres = EmbeddedPostgres.start(config, RANDOM)) {
                assertThat(ask(postgres.loginFor("pool"), "SELECT 1")).isEqualTo("1");
            }
        } finally {
            ServerProcess.stopAllBelow(open);
            ServerDirectory.deleteTree(open);
        }
    }

    @Test
    void shouldStayDurableWhenOperatorsTuningSaysOtherwise() throws Exception {
        TestDirectories.withData(root);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(config(), RANDOM);
                Connection superuser = postgres.superuser("postgres");
                Statement statement = superuser.createStatement()) {
            statement.execute("ALTER SYSTEM SET fsync = off");
            statement.execute("ALTER SYSTEM SET full_page_writes = off");
            statement.execute("ALTER SYSTEM SET synchronous_commit = off");
        }
        Files.writeString(root.resolve("data/tuning.conf"), "fsync = off\nwork_mem = '5MB'\n");
        Files.setPosixFilePermissions(root.resolve("data/tuning.conf"), PosixFilePermissions.fromString("rw-r--r--"));

        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(config(), RANDOM)) {
            PostgresLogin login = postgres.loginFor("pool");
            assertThat(ask(login, "SHOW fsync")).isEqualTo("on");
            assertThat(ask(login, "SHOW full_page_writes")).isEqualTo("on");
            assertThat(ask(login, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(ask(login, "SHOW work_mem")).isEqualTo("5MB");
        }
    }

    @Test
    void shouldKeepDataPortAndPasswordsWhenStartedAgain() throws Exception {
        TestDirectories.withData(root);
        PostgresLogin first;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(config(), RANDOM)) {
            first = postgres.loginFor("pool");
            execute(first, "CREATE TABLE kept (id int); INSERT INTO kept VALUES (7)");
        }
        assertThat(EmbeddedPostgresCommands.status(root).state()).isEqualTo(EmbeddedPostgresStatus.State.STOPPED);

        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(config(), RANDOM)) {
            assertThat(postgres.loginFor("pool")).isEqualTo(first);
            assertThat(ask(first, "SELECT id FROM kept")).isEqualTo("7");
        }
    }

    @Test
    void shouldLetNobodyElseReadSecretsWhenStarted() throws Exception {
        TestDirectories.withData(root);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(config(), RANDOM)) {
            PostgresLogin login = postgres.loginFor("pool");
            for (String name : Set.of("secrets/superuser", "secrets/role-pool")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(name))))
                        .isEqualTo("rw-------");
            }
            assertThat(login.toString()).doesNotContain(login.password());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("data"))))
                    .isEqualTo("rwx------");
        }
        Files.setPosixFilePermissions(root.resolve("secrets/superuser"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> EmbeddedPostgres.start(config(), RANDOM))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void shouldRefuseSessionWhenPasswordIsWrongOrMissing() throws Exception {
        TestDirectories.withData(root);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(config(), RANDOM)) {
            PostgresLogin login = postgres.loginFor("pool");
            assertThatThrownBy(() -> ask(new PostgresLogin(login.url(), "pool", "wrong"), "SELECT 1"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            assertThatThrownBy(() -> ask(new PostgresLogin(login.url(), "postgres", login.password()), "SELECT 1"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void shouldKeepServicesApartWhenTheyShareTheServer() throws Exception {
        TestDirectories.withData(root);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(config(), RANDOM)) {
            PostgresLogin pool = postgres.loginFor("pool");
            PostgresLogin mint = postgres.loginFor("mint");
            execute(mint, "CREATE TABLE secret (id int)");
            assertThat(ask(mint, "SELECT schemaname FROM pg_tables WHERE tablename = 'secret'"))
                    .isEqualTo("mint");

            for (String forbidden : Set.of(
                    "SELECT * FROM mint.secret",
                    "INSERT INTO mint.secret VALUES (1)",
                    "CREATE TABLE mint.intruder (id int)",
                    "DROP TABLE mint.secret",
                    "CREATE TABLE public.intruder (id int)",
                    "CREATE SCHEMA intruder",
                    "CREATE ROLE intruder",
                    "SET ROLE mint",
                    "ALTER ROLE mint PASSWORD 'x'",
                    "COPY (SELECT 1) TO PROGRAM 'true'",
                    "SELECT pg_read_file('PG_VERSION')",
                    "CREATE TEMPORARY TABLE scratch (id int)")) {
                assertThatThrownBy(() -> execute(pool, forbidden))
                        .as(forbidden)
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("denied");
            }
            PostgresLogin elsewhere = new PostgresLogin(
                    pool.url().replace("/" + Roles.DATABASE, "/postgres"), pool.user(), pool.password());
            assertThatThrownBy(() -> ask(elsewhere, "SELECT 1")).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void shouldRefuseSchemaNameWhenItIsNotPlain() throws Exception {
        TestDirectories.withData(root);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(config(), RANDOM)) {
            for (String name : Set.of("postgres", "pg_catalog", "Pool", "pool-stats", "a\"b", "", "1a")) {
                assertThatThrownBy(() -> postgres.loginFor(name)).as(name).isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    void shouldAdoptPostmasterWhenItsOwnerDied() throws Exception {
        TestDirectories.withData(root);
        long owner = ServerProcess.startOwnerAndKillIt(root);
        EmbeddedPostgresStatus orphan = EmbeddedPostgresCommands.status(root);
        assertThat(orphan.state()).isEqualTo(EmbeddedPostgresStatus.State.ORPHANED);

        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(config(), RANDOM)) {
            EmbeddedPostgresStatus adopted = EmbeddedPostgresCommands.status(root);
            assertThat(adopted.state()).isEqualTo(EmbeddedPostgresStatus.State.RUNNING);
            assertThat(adopted.pid()).isEqualTo(orphan.pid());
            assertThat(postgres.port()).isEqualTo(orphan.port().getAsInt());
            assertThat(ask(postgres.loginFor("pool"), "SELECT mark FROM made_by_owner"))
                    .isEqualTo(Long.toString(owner));
        }
        assertThat(PostmasterFile.processesIn(root.resolve("data"))).isEmpty();
    }

    @Test
    void shouldReplaceOrphanWhenItsPasswordIsNotOurs() throws Exception {
        TestDirectories.withData(root);
        ServerProcess.startOwnerAndKillIt(root);
        long orphan = EmbeddedPostgresCommands.status(root).pid().getAsLong();
        OwnerOnlyFile.write(root.resolve("secrets/superuser"), "another-password-of-the-right-form");

        assertThatThrownBy(() -> EmbeddedPostgres.start(config(), RANDOM))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("password authentication failed")
                .hasMessageContaining("delete that file");
        assertThat(PostmasterFile.processesIn(root.resolve("data")))
                .doesNotContain(orphan)
                .isEmpty();

        Files.delete(root.resolve("secrets/superuser"));
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(config(), RANDOM)) {
            assertThat(ask(postgres.loginFor("pool"), "SELECT count(*) FROM made_by_owner"))
                    .isEqualTo("1");
        }
    }

    @Test
    void shouldStartWhenPidFileNamesAProcessThatIsNoServer() throws Exception {
        TestDirectories.withData(root);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(config(), RANDOM)) {
            execute(postgres.loginFor("pool"), "CREATE TABLE kept (id int)");
        }
        // As after a restart of the machine: the id belongs to somebody else, of the same account, by now.
        Path data = root.resolve("data");
        Files.writeString(
                data.resolve("postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + data + "\n1700000000\n5432\n\n127.0.0.1\n  1 1\nready   \n");

        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(config(), RANDOM)) {
            assertThat(ask(postgres.loginFor("pool"), "SELECT count(*) FROM kept"))
                    .isEqualTo("0");
        }
    }

    @Test
    void shouldMoveToAnotherPortWhenTheRememberedOneIsTaken() throws Exception {
        TestDirectories.withData(root);
        int first;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(config(), RANDOM)) {
            first = postgres.port();
        }
        try (ServerSocket taken = new ServerSocket(first, 1, InetAddress.ofLiteral("127.0.0.1"));
                EmbeddedPostgres postgres = EmbeddedPostgres.start(config(), RANDOM)) {
            assertThat(postgres.port()).isNotEqualTo(taken.getLocalPort());
            assertThat(ask(postgres.loginFor("pool"), "SELECT 1")).isEqualTo("1");
            assertThat(Files.readString(root.resolve("port")).strip()).isEqualTo("" + postgres.port());
        }
    }

    @Test
    void shouldRefuseToStartWhenTheConfiguredPortIsTaken() throws Exception {
        TestDirectories.withData(root);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            EmbeddedPostgresConfig config = new EmbeddedPostgresConfig(
                    root, Optional.of(taken.getLocalPort()), Duration.ofSeconds(60), Duration.ofSeconds(20));
            assertThatThrownBy(() -> EmbeddedPostgres.start(config, RANDOM))
                    .isInstanceOf(EmbeddedPostgresException.class)
                    .hasMessageContaining("port " + taken.getLocalPort());
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(config(), RANDOM)) {
            assertThat(postgres.port()).isPositive();
        }
    }

    @Test
    void shouldRefuseAndTouchNothingWhenDataAreOfAnotherMajorVersion() throws Exception {
        TestDirectories.withBinaries(root);
        Path data = Files.createDirectories(root.resolve("data"));
        Files.writeString(data.resolve("PG_VERSION"), "16\n");

        assertThatThrownBy(() -> EmbeddedPostgres.start(config(), RANDOM))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("PostgreSQL 16")
                .hasMessageContaining("embeds PostgreSQL " + Binaries.MAJOR_VERSION)
                .hasMessageContaining("not touched");
        try (var listing = Files.list(data)) {
            assertThat(listing).containsExactly(data.resolve("PG_VERSION"));
        }
        EmbeddedPostgresStatus status = EmbeddedPostgresCommands.status(root);
        assertThat(status.supported()).isFalse();
        assertThat(status.majorVersion()).contains("16");
    }

    @Test
    void shouldNameTheFileWhenTheVersionIsNoText() throws Exception {
        TestDirectories.withBinaries(root);
        Path data = Files.createDirectories(root.resolve("data"));
        Files.write(data.resolve("PG_VERSION"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        assertThatThrownBy(() -> EmbeddedPostgres.start(config(), RANDOM))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining(data.resolve("PG_VERSION") + " is damaged");
    }

    @Test
    void shouldCountAsStoppedWhenThePostmasterWasKilledBeforeClose() throws Exception {
        TestDirectories.withData(root);
        EmbeddedPostgres postgres = EmbeddedPostgres.start(config(), RANDOM);
        // Closing holds the monitor: the watch cannot start it again in between.
        synchronized (postgres) {
            ProcessHandle.of(EmbeddedPostgresCommands.status(root).pid().getAsLong())
                    .orElseThrow()
                    .destroyForcibly();
            postgres.close();
        }
        assertThat(PostmasterFile.processesIn(root.resolve("data"))).isEmpty();
        EmbeddedPostgres.start(config(), RANDOM).close();
    }

    @Test
    void shouldRefuseForeignDirectoryWhenItIsNoCluster() throws Exception {
        TestDirectories.withBinaries(root);
        Files.createDirectories(root.resolve("data"));
        Files.writeString(root.resolve("data/holiday.jpg"), "not a database");
        assertThatThrownBy(() -> EmbeddedPostgres.start(config(), RANDOM))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("no data directory of PostgreSQL");
        assertThat(root.resolve("data/holiday.jpg")).exists();
    }

    @Test
    void shouldStartOverWhenTheFirstStartWasCutShort() throws Exception {
        TestDirectories.withBinaries(root);
        Files.createDirectories(root.resolve("data.unfinished/base"));
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(config(), RANDOM)) {
            assertThat(ask(postgres.loginFor("pool"), "SELECT 1")).isEqualTo("1");
            assertThat(root.resolve("data.unfinished")).doesNotExist();
        }
    }

    @Test
    void shouldGiveTheDirectoryToOneWhenTwoStartAtOnce() throws Exception {
        TestDirectories.withBinaries(root);
        CyclicBarrier together = new CyclicBarrier(2);
        Callable<EmbeddedPostgres> start = () -> {
            together.await();
            return EmbeddedPostgres.start(config(), RANDOM);
        };
        try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
            Future<EmbeddedPostgres> one = executor.submit(start);
            Future<EmbeddedPostgres> other = executor.submit(start);
            int owners = 0;
            int refused = 0;
            for (Future<EmbeddedPostgres> each : Set.of(one, other)) {
                try {
                    each.get().close();
                    owners++;
                } catch (ExecutionException e) {
                    assertThat(e.getCause())
                            .isInstanceOf(EmbeddedPostgresException.class)
                            .hasMessageContaining("in use by process");
                    refused++;
                }
            }
            assertThat(owners).isEqualTo(1);
            assertThat(refused).isEqualTo(1);
        }
    }

    @Test
    void shouldRefuseAnotherProcessWhenItHasAnOwner() throws Exception {
        TestDirectories.withData(root);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(config(), RANDOM)) {
            ServerProcess.Outcome second = ServerProcess.startOwner(root);
            assertThat(second.exitStatus()).isNotZero();
            assertThat(second.output())
                    .contains("in use by process " + ProcessHandle.current().pid());
            assertThat(ask(postgres.loginFor("pool"), "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void shouldComeBackOnTheSamePortWhenThePostmasterIsKilled() throws Exception {
        TestDirectories.withData(root);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(config(), RANDOM)) {
            PostgresLogin login = postgres.loginFor("pool");
            long first = EmbeddedPostgresCommands.status(root).pid().getAsLong();
            ProcessHandle.of(first).orElseThrow().destroyForcibly();
            Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(() -> {
                assertThat(ask(login, "SELECT 1")).isEqualTo("1");
                assertThat(EmbeddedPostgresCommands.status(root).pid().getAsLong())
                        .isNotEqualTo(first);
            });
        }
        assertThat(PostmasterFile.processesIn(root.resolve("data"))).isEmpty();
    }

    @Test
    void shouldNameDefaultDirectoryWhenEnvironmentSaysSo() {
        Path home = Path.of("/home/miner");
        assertThat(EmbeddedPostgresConfig.defaultDirectory(Map.of(), home, "pool"))
                .isEqualTo(Path.of("/home/miner/.local/share/ehash/postgres/pool"));
        assertThat(EmbeddedPostgresConfig.defaultDirectory(Map.of("EHASH_HOME", "/srv/ehash"), home, "mint"))
                .isEqualTo(Path.of("/srv/ehash/postgres/mint"));
    }

    private EmbeddedPostgresConfig config() {
        return EmbeddedPostgresConfig.in(root);
    }

    static String ask(PostgresLogin login, String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(login.url(), login.user(), login.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }

    static void execute(PostgresLogin login, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(login.url(), login.user(), login.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
