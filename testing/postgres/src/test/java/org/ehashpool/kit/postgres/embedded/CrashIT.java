package org.ehashpool.kit.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a killed server keeps. A kill of processes leaves the operating system's cache alone, so this finds an
 * acknowledgement before the log was handed to the system; that fsync is on, the test of the settings says.
 */
class CrashIT {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int KILLS = 4;
    private static final int WRITERS = 4;
    private static final int COMMITS_BEFORE_KILL = 200;

    @TempDir
    Path root;

    @AfterEach
    void stopWhatIsLeft() throws Exception {
        ServerProcess.stopAllBelow(root);
    }

    @Test
    void shouldKeepEveryAcknowledgedCommitWhenKilledInMidStream() throws Exception {
        TestDirectories.withData(root);
        Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(EmbeddedPostgresConfig.in(root), RANDOM)) {
            PostgresLogin login = postgres.loginFor("pool");
            EmbeddedPostgresIT.execute(login, "CREATE TABLE credit (id bigint PRIMARY KEY)");
            for (int kill = 0; kill < KILLS; kill++) {
                int before = acknowledged.size();
                long first = (kill + 1) * 1_000_000_000L;
                List<Thread> writers = new ArrayList<>();
                for (int writer = 0; writer < WRITERS; writer++) {
                    long start = first + writer;
                    writers.add(Thread.startVirtualThread(() -> commitUntilCutOff(login, start, acknowledged)));
                }
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(2))
                        .until(() -> acknowledged.size() >= before + COMMITS_BEFORE_KILL);
                ServerProcess.killAll(root.resolve("data"));
                for (Thread writer : writers) {
                    assertThat(writer.join(Duration.ofSeconds(30))).isTrue();
                }
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .ignoreExceptions()
                        .untilAsserted(() -> assertThat(stored(login)).containsAll(acknowledged));
            }
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(KILLS * COMMITS_BEFORE_KILL);
    }

    private static void commitUntilCutOff(PostgresLogin login, long start, Set<Long> acknowledged) {
        try (Connection connection = DriverManager.getConnection(login.url(), login.user(), login.password());
                PreparedStatement insert = connection.prepareStatement("INSERT INTO credit VALUES (?)")) {
            connection.setAutoCommit(false);
            for (long id = start; ; id += WRITERS) {
                insert.setLong(1, id);
                insert.executeUpdate();
                connection.commit();
                acknowledged.add(id);
            }
        } catch (SQLException e) {
            assertThat(e.getSQLState()).isNotEqualTo("23505");
        }
    }

    private static Set<Long> stored(PostgresLogin login) throws SQLException {
        Set<Long> ids = new HashSet<>();
        try (Connection connection = DriverManager.getConnection(login.url(), login.user(), login.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM credit")) {
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
        }
        return ids;
    }
}
