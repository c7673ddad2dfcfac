package org.ehashpool.benchmarks.shares;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.ehashpool.benchmarks.shares.ShareLoadOptions.Mint;
import org.ehashpool.cli.process.ServiceProcess;
import org.ehashpool.kit.postgres.embedded.EmbeddedPostgres;
import org.ehashpool.kit.postgres.embedded.EmbeddedPostgresConfig;
import org.ehashpool.kit.postgres.embedded.PostgresLogin;
import org.ehashpool.mint.MintMain;
import org.ehashpool.mint.keyset.SeedKeys;
import org.ehashpool.mint.seed.SeedFile;
import org.ehashpool.pool.PoolMain;
import org.ehashpool.templateprovider.TemplateProviderMain;

/**
 * A pool with all that it needs, each a process: PostgreSQL with durable commits, a template provider on a chain whose
 * blocks no processor finds, and a mint if one is wanted. Every hash is a share.
 */
final class PoolUnderLoad implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Deque<ServiceProcess> running = new ArrayDeque<>();
    private final EmbeddedPostgres server;
    private final long postmaster;
    private final ServiceProcess pool;
    private final Optional<ServiceProcess> mint;

    /**
     * Starts all of it.
     *
     * @param directory for its files
     */
    PoolUnderLoad(Path directory, Payment payment, Mint attached) throws IOException, InterruptedException {
        this.directory = directory;
        server = EmbeddedPostgres.start(EmbeddedPostgresConfig.in(directory.resolve("postgres")), new SecureRandom());
        boolean started = false;
        try {
            postmaster = Long.parseLong(Files.readAllLines(directory.resolve("postgres/data/postmaster.pid"))
                    .getFirst()
                    .strip());
            Programs programs = new Programs(directory, client);
            ServiceProcess provider = remember(programs.start(
                    "template-provider", Programs.command(TemplateProviderMain.class), templateProviderEnvironment()));
            Path seed = Files.createDirectories(directory.resolve("mint")).resolve("seed");
            SeedFile.create(seed, new SecureRandom());
            Path config = Files.writeString(
                    directory.resolve("pool.toml"),
                    poolConfig(
                            payment,
                            attached,
                            new SeedKeys(SeedFile.read(seed)).mintKey().toString()));
            List<String> command = Programs.command(PoolMain.class);
            command.addAll(List.of("--config", config.toString()));
            pool = remember(programs.start("pool", command, poolEnvironment(address(provider, "sv2"))));
            mint = attached == Mint.NONE
                    ? Optional.empty()
                    : Optional.of(remember(programs.start(
                            "mint",
                            Programs.command(MintMain.class),
                            mintEnvironment(seed, address(pool, "mint_port")))));
            started = true;
        } finally {
            if (!started) {
                close();
            }
        }
    }

    private ServiceProcess remember(ServiceProcess service) {
        running.push(service);
        return service;
    }

    private Map<String, String> templateProviderEnvironment() {
        Path home = directory.resolve("template-provider");
        Map<String, String> environment = new HashMap<>();
        Map.of(
                        "SV2__LISTEN", "127.0.0.1:0",
                        "SV2__AUTHORITY_KEY_FILE", home.resolve("authority.key").toString(),
                        "SERVING__BLOCKS", home.resolve("blocks").toString(),
                        "EMBEDDED_CHAIN__DIRECTORY", home.resolve("chain").toString(),
                        "EMBEDDED_CHAIN__BITS", "1d00ffff",
                        "EMBEDDED_CHAIN__RPC_LISTEN", "127.0.0.1:0",
                        "EMBEDDED_CHAIN__TRANSACTIONS_PER_SECOND", "0.0")
                .forEach((key, value) -> environment.put("TEMPLATE_PROVIDER__" + key, value));
        return environment;
    }

    /** Shares as easy as can be are worth a unit each, so that there is a quote to each. */
    private static String poolConfig(Payment payment, Mint attached, String mintKey) {
        StringBuilder config = new StringBuilder("""
                network = "regtest"
                [sv2]
                listen = "127.0.0.1:0"
                max_connections_per_address = 15000
                connects_per_second = 100000
                connect_burst = 100000
                [mint_port]
                listen = "127.0.0.1:0"
                [payout]
                outputs = [{ to = "raw(51)" }]
                [pay]
                unit_work = 1
                [limits]
                channels = 20000
                shares = 100000000
                shares_per_second = 1000000
                share_burst = 1000000
                messages_per_second = 100000
                message_burst = 100000
                [outbox]
                backlog_limit = 100000000
                """);
        config.append("fold = ").append(attached != Mint.SINGLE).append('\n');
        for (String user : payment.users()) {
            config.append("[[users]]\nname = \"").append(user).append("\"\nfixed_difficulty = 1e-10\n");
        }
        if (attached != Mint.NONE) {
            config.append("[[mints]]\npublic_key = \"").append(mintKey).append("\"\n");
        }
        return config.toString();
    }

    private Map<String, String> poolEnvironment(String templateProvider) {
        PostgresLogin login = server.loginFor("pool");
        return Map.of(
                "POOL__TEMPLATE_PROVIDERS__URLS", templateProvider,
                "POOL__DATA_DIRECTORY", directory.resolve("pool").toString(),
                "POOL__DATABASE__URL", login.url(),
                "POOL__DATABASE__USER", login.user(),
                "POOL__DATABASE__PASSWORD", login.password());
    }

    private Map<String, String> mintEnvironment(Path seed, String poolUrl) {
        PostgresLogin login = server.loginFor("mint");
        return Map.of(
                "MINT__SEED_FILE", seed.toString(),
                "MINT__DATABASE__URL", login.url(),
                "MINT__DATABASE__USER", login.user(),
                "MINT__DATABASE__PASSWORD", login.password(),
                "MINT__PUBLIC__LISTEN", "127.0.0.1:0",
                "MINT__LIMITS__DISK_FREE", "0B",
                "MINT__POOLS__0__URL", poolUrl);
    }

    private static String address(ServiceProcess service, String part) throws IOException, InterruptedException {
        JsonNode state = JSON.readTree(service.get("/api/v1/state").body());
        String address = state.path("details").path(part).path("address").asText();
        if (address.isEmpty()) {
            throw new IOException(service.name() + " does not say where its " + part + " is");
        }
        return address;
    }

    /** Where miners connect. */
    String address() throws IOException, InterruptedException {
        return address(pool, "mining");
    }

    /** How it stands now. */
    Reading read() throws IOException, InterruptedException {
        String metrics = pool.get("/metrics").body();
        return new Reading(
                System.nanoTime(),
                ProcessTimes.seconds(pool.pid()),
                ProcessTimes.secondsWithChildren(postmaster),
                mint.isPresent() ? ProcessTimes.seconds(mint.get().pid()) : 0,
                writtenAhead(),
                Histogram.read(metrics, "ehash_pool_share_recording_seconds"),
                figure(metrics, "ehash_pool_commit_credits_count"),
                figure(metrics, "ehash_pool_outbox_orders_quoted_total"),
                unordered(metrics));
    }

    /** From counters: what the pool says of its backlog is as old as its last look at it. */
    private static double unordered(String metrics) {
        return figure(metrics, "ehash_pool_shares_accepted_total")
                - figure(metrics, "ehash_pool_shares_keyless_total")
                - figure(metrics, "ehash_pool_outbox_credits_bound_total");
    }

    private static double figure(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .sum();
    }

    private double writtenAhead() throws IOException {
        PostgresLogin login = server.loginFor("pool");
        try (Connection connection = DriverManager.getConnection(login.url(), login.user(), login.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select pg_current_wal_lsn() - '0/0'::pg_lsn")) {
            rows.next();
            return rows.getDouble(1);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    /** Waits until every share is bound to an order of a quote; says how long that took, in seconds. */
    double awaitQuotes() throws IOException, InterruptedException {
        long began = System.nanoTime();
        while (mint.isPresent() && read().backlog() > 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
        return (System.nanoTime() - began) / 1e9;
    }

    @Override
    public void close() {
        try {
            while (!running.isEmpty()) {
                running.pop().stop();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close();
        server.close();
    }
}
