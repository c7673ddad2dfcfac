package org.ehashpool.benchmarks.stats;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ehashpool.benchmarks.shares.ProcessTimes;
import org.ehashpool.benchmarks.shares.Programs;
import org.ehashpool.cli.process.ServiceProcess;
import org.ehashpool.kit.postgres.embedded.EmbeddedPostgres;
import org.ehashpool.kit.postgres.embedded.EmbeddedPostgresConfig;
import org.ehashpool.kit.postgres.embedded.PostgresLogin;
import org.ehashpool.poolstats.PoolStatsMain;
import org.jspecify.annotations.Nullable;

/** The statistics service of a pool as a process, with a PostgreSQL whose commits are durable. */
final class StatsUnderLoad implements AutoCloseable {
    static final String TOKEN = "a-token-of-a-benchmark";

    private final Path directory;
    private final EmbeddedPostgres server;
    private final long postmaster;
    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;
    private @Nullable ServiceProcess service;

    /**
     * What has added up at one moment.
     *
     * @param at monotonic nanoseconds
     * @param events that are durable
     * @param serviceSeconds processor time
     * @param postgresSeconds processor time
     * @param ownSeconds processor time of this process: the senders
     * @param logBytes of PostgreSQL's write-ahead log
     */
    record Reading(
            long at, long events, double serviceSeconds, double postgresSeconds, double ownSeconds, double logBytes) {}

    /** The database only. */
    StatsUnderLoad(Path directory) throws IOException {
        this.directory = directory;
        server = EmbeddedPostgres.start(EmbeddedPostgresConfig.in(directory.resolve("postgres")), new SecureRandom());
        postmaster = Long.parseLong(Files.readAllLines(directory.resolve("postgres/data/postmaster.pid"))
                .getFirst()
                .strip());
        port = Programs.freePort();
    }

    ServiceProcess start() throws IOException, InterruptedException {
        PostgresLogin login = server.loginFor("pool_stats");
        Map<String, String> environment = new HashMap<>(Map.of(
                "POOL_STATS__LISTEN__ADDRESS", "127.0.0.1:" + port,
                "POOL_STATS__SENDERS__0__TOKEN", TOKEN,
                "POOL_STATS__DATABASE__URL", login.url(),
                "POOL_STATS__DATABASE__USER", login.user(),
                "POOL_STATS__DATABASE__PASSWORD", login.password()));
        List<String> command = Programs.command(PoolStatsMain.class);
        ServiceProcess started = new Programs(directory, client).start("pool-stats", command, environment);
        service = started;
        return started;
    }

    void stop() throws InterruptedException {
        ServiceProcess running = service;
        service = null;
        if (running != null) {
            running.stop();
        }
    }

    /** Where senders connect. */
    int port() {
        return port;
    }

    PostgresLogin login() {
        return server.loginFor("pool_stats");
    }

    Reading read() throws IOException {
        ServiceProcess running = service;
        return new Reading(
                System.nanoTime(),
                number("select coalesce(sum(last_seq), 0) from boot"),
                running == null ? 0 : ProcessTimes.seconds(running.pid()),
                ProcessTimes.secondsWithChildren(postmaster),
                ProcessTimes.seconds(ProcessHandle.current().pid()),
                number("select (pg_current_wal_lsn() - '0/0'::pg_lsn)::bigint"));
    }

    /** Kilobytes of memory that the service has. */
    long memory() throws IOException {
        ServiceProcess running = service;
        return running == null
                ? 0
                : Files.readAllLines(Path.of("/proc/" + running.pid() + "/status")).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                        .sum();
    }

    long number(String query) throws IOException {
        return Long.parseLong(text(query));
    }

    /** The first column of the first row. */
    String text(String query) throws IOException {
        PostgresLogin login = login();
        try (Connection connection = DriverManager.getConnection(login.url(), login.user(), login.password());
                Statement statement = connection.createStatement()) {
            statement.execute("set search_path to pool_stats");
            try (ResultSet rows = statement.executeQuery(query)) {
                rows.next();
                return String.valueOf(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new IOException(query, e);
        }
    }

    @Override
    public void close() {
        try {
            stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close();
        server.close();
    }
}
