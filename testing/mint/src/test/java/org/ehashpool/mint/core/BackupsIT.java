package org.ehashpool.mint.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.PostgresConfig;
import org.ehashpool.mint.keyset.SeedKeys;
import org.ehashpool.mint.operate.Operator;
import org.ehashpool.mint.quote.OrderAnswer;
import org.ehashpool.mint.quote.QuoteOrder;
import org.ehashpool.mint.store.MintSchema;
import org.ehashpool.mint.work.Limits;
import org.ehashpool.mint.work.StepWatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The backups of {@code docs/mint.md} that lose nothing: an archived log, and a synchronous replica. */
final class BackupsIT {

    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private Path root;

    private final TestClock clock = new TestClock();
    private final TestWallet wallet = new TestWallet(3);

    @Test
    void shouldHaveEverythingThatWasArchivedWhenTheMachineIsLost() throws Exception {
        QuoteOrder before = order(5);
        QuoteOrder after = order(7);
        OrderAnswer first;
        OrderAnswer second;
        Path archive = root.resolve("archive");
        try (Database database = open("source")) {
            assertThat(database).isNotNull();
        }
        Files.createDirectory(archive);
        shell("chown --reference=source/data archive && chmod 755 .");
        tune("source", "archive_mode = on\narchive_command = 'cp %p " + archive + "/%f'\n");
        try (Database database = open("source");
                Mint mint = open(database)) {
            first = place(mint, before);
            copyWhileItRuns();
            second = place(mint, after);
            try (Connection source = superuser("source")) {
                String last = query(source, "select pg_walfile_name(pg_switch_wal())");
                await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(archive.resolve(last)));
            }
        }
        // What the archive brings back is all that there is.
        shell("find target/data/pg_wal -type f -delete");
        tune("target", "archive_mode = off\nrestore_command = 'cp " + archive + "/%f %p'\n");
        shell("touch target/data/recovery.signal && chown --reference=target/data target/data/recovery.signal");
        int port = startTarget();
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            try (Connection target = superuser(Integer.toString(port), "target")) {
                return query(target, "select pg_is_in_recovery()").equals("f");
            }
        });
        stopTarget();

        assertEverythingIsThereOnAnotherTimeline(List.of(before, after), List.of(first, second));
    }

    @Test
    void shouldHaveEverythingThatWasAnsweredWhenASynchronousReplicaIsPromoted() throws Exception {
        QuoteOrder before = order(5);
        QuoteOrder after = order(7);
        OrderAnswer first;
        OrderAnswer second;
        try (Database database = open("source");
                Mint mint = open(database)) {
            first = place(mint, before);
            shell("echo 'host replication postgres 127.0.0.1/32 scram-sha-256' >> source/data/pg_hba.conf");
            try (Connection source = superuser("source")) {
                query(source, "select pg_reload_conf()");
            }
            copyWhileItRuns();
            tune(
                    "target",
                    "primary_conninfo = 'host=127.0.0.1 port=%s user=postgres password=%s application_name=replica'\n"
                            .formatted(port("source"), password("source")));
            shell("touch target/data/standby.signal && chown --reference=target/data target/data/standby.signal");
            startTarget();
            try (Connection source = superuser("source");
                    Statement statement = source.createStatement()) {
                statement.execute("alter system set synchronous_standby_names = 'replica'");
                query(source, "select pg_reload_conf()");
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> query(source, "select coalesce(max(sync_state), '') from pg_stat_replication")
                                .equals("sync"));
            }
            second = place(mint, after);
        }
        shell(postgres("pg_ctl", "promote --wait --pgdata=" + root + "/target/data"));
        stopTarget();

        assertEverythingIsThereOnAnotherTimeline(List.of(before, after), List.of(first, second));
    }

    private void assertEverythingIsThereOnAnotherTimeline(List<QuoteOrder> orders, List<OrderAnswer> answers)
            throws Exception {
        try (Database database = open("target");
                Mint mint = open(database)) {
            assertThat(mint.status().readOnly().orElseThrow().reason()).contains("timeline");
            for (int i = 0; i < orders.size(); i++) {
                OrderAnswer again = place(mint, orders.get(i));
                assertThat(again).isInstanceOf(OrderAnswer.Quoted.class);
                assertThat(((OrderAnswer.Quoted) again).existed()).isTrue();
                assertThat(((OrderAnswer.Quoted) again).quote())
                        .isEqualTo(((OrderAnswer.Quoted) answers.get(i)).quote());
            }
            assertThat(place(mint, order(1))).isEqualTo(new OrderAnswer.Refused(OrderAnswer.Reason.READ_ONLY));

            MintScenario.await(mint.operate(BackupsIT::release));

            assertThat(place(mint, order(1))).isInstanceOf(OrderAnswer.Quoted.class);
        }
    }

    private static boolean release(Operator operator) {
        operator.releaseWithoutLoss();
        return true;
    }

    /** A base backup as PostgreSQL's manual has it: files copied between two calls, and the label put beside them. */
    private void copyWhileItRuns() throws Exception {
        try (Connection source = superuser("source")) {
            query(source, "select pg_backup_start('base', true)");
            shell("mkdir -p target && chmod 711 target && cp -a source/data source/secrets target/"
                    + " && rm -f target/data/postmaster.pid target/data/postmaster.opts");
            String label = query(source, "select labelfile from pg_backup_stop(false)");
            Files.writeString(root.resolve("target/data/backup_label"), label);
            shell("chown --reference=target/data target/data/backup_label && chmod 600 target/data/backup_label");
        }
    }

    /** Starts PostgreSQL itself, which the mint's own start takes for no standby; the port. */
    private int startTarget() throws Exception {
        int port = freePort();
        shell(postgres(
                "pg_ctl",
                "start --wait --pgdata=%1$s/target/data --log=%1$s/target/data/start.log --options='-c port=%2$d'"
                        .formatted(root, port)));
        return port;
    }

    /** What was for the restore alone goes. */
    private void stopTarget() throws Exception {
        shell(postgres("pg_ctl", "stop --wait --mode=fast --pgdata=" + root + "/target/data"));
        tune("target", "");
        shell("truncate --size=0 target/data/postgresql.auto.conf");
    }

    /** Settings of the operator's own. */
    private void tune(String directory, String settings) throws Exception {
        Files.writeString(root.resolve(directory).resolve("data/tuning.conf"), settings);
        shell("chown --reference=%1$s/data %1$s/data/tuning.conf && chmod 600 %1$s/data/tuning.conf"
                .formatted(directory));
    }

    /** One of PostgreSQL's programs, as the account that the data belong to; it refuses to be root. */
    private String postgres(String program, String arguments) throws IOException {
        Path found;
        try (Stream<Path> walk = Files.walk(root.resolve("source/binaries"))) {
            found = walk.filter(path -> path.endsWith(Path.of("bin", program)))
                    .findFirst()
                    .orElseThrow();
        }
        int owner = (Integer) Files.getAttribute(root.resolve("source/data"), "unix:uid");
        int group = (Integer) Files.getAttribute(root.resolve("source/data"), "unix:gid");
        String prefix = owner == 0
                ? "unshare --user -- "
                : System.getProperty("user.name").equals("root")
                        ? "setpriv --reuid=%d --regid=%d --clear-groups -- ".formatted(owner, group)
                        : "";
        return prefix + found + " " + arguments;
    }

    private void shell(String command) throws Exception {
        Path output = root.resolve("shell.out");
        Process process = new ProcessBuilder("sh", "-c", command)
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(command).isTrue();
        assertThat(process.exitValue())
                .as("%s%n%s", command, Files.readString(output))
                .isZero();
    }

    private Connection superuser(String directory) throws IOException, SQLException {
        return superuser(port(directory), directory);
    }

    private Connection superuser(String port, String directory) throws IOException, SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", password(directory));
    }

    private String port(String directory) throws IOException {
        return Files.readString(root.resolve(directory).resolve("port")).strip();
    }

    private String password(String directory) throws IOException {
        return Files.readString(root.resolve(directory).resolve("secrets/superuser"))
                .strip();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static String query(Connection connection, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(sql)) {
            while (answer.next()) {
                rows.add(answer.getString(1));
            }
        }
        return rows.getFirst();
    }

    private QuoteOrder order(long amount) {
        return new QuoteOrder(
                wallet.secret(),
                1,
                Amount.of(amount),
                MintScenario.UNIT,
                TestWallet.publicKey(wallet.scalar()),
                clock.instant());
    }

    private static OrderAnswer place(Mint mint, QuoteOrder order) throws Exception {
        return MintScenario.await(mint.createPaidQuotes(List.of(order))).getFirst();
    }

    private Database open(String directory) {
        return Database.open(
                PostgresConfig.embeddedIn(root.resolve(directory)),
                MintSchema.SCHEMA,
                new SimpleMeterRegistry(),
                RANDOM);
    }

    private Mint open(Database database) {
        return Mint.open(
                database,
                new SeedKeys(MintScenario.SEED),
                MintProfile.EHASH,
                new Mint.Surroundings(Limits.DEFAULT, 16, 1, clock, System::nanoTime, RANDOM, StepWatch.NONE));
    }
}
