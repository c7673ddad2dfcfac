package org.ehashpool.benchmarks.quotes;

import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.ehashpool.benchmarks.mint.MintingWallets;
import org.ehashpool.kit.keys.AuthorityKeyFile;
import org.ehashpool.kit.postgres.embedded.EmbeddedPostgres;
import org.ehashpool.kit.postgres.embedded.EmbeddedPostgresConfig;
import org.ehashpool.kit.postgres.embedded.PostgresLogin;
import org.ehashpool.kit.service.RunningService;
import org.ehashpool.mint.MintMain;
import org.ehashpool.mint.keyset.SeedKeys;
import org.ehashpool.mint.seed.SeedFile;
import org.ehashpool.noise.certificate.Sv2Url;
import org.ehashpool.noise.curve.CurveSelection;
import org.ehashpool.noise.curve.Secp256k1;
import org.ehashpool.pool.PoolMain;

/**
 * Puts credits into a pool's ledger while its mint is away, and measures how fast pool and mint, the real programs in this
 * process with one PostgreSQL, make quotes of them once the mint is there. Commits are durable on both sides, the link is
 * encrypted.
 */
public final class QuoteLoadMain {
    private static final int USAGE_ERROR = 2;
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final String USAGE = """
            usage: ./ehash bench quotes [--credits N] [--keys N] [--fold true|false] [--mint N]
              --credits  that wait when the mint connects (20000)
              --keys     that they pay (100)
              --fold     whether credits of one key may share a quote (true)
              --mint     quotes of one request when the keys' owners mint them meanwhile; 0, if they do not (0)
            """;

    private final Path directory;
    private final EmbeddedPostgres server;
    private final Options options;

    private record Options(int credits, int keys, boolean fold, int batch) {
        static Options parse(String[] arguments) {
            Map<String, String> given =
                    new HashMap<>(Map.of("--credits", "20000", "--keys", "100", "--fold", "true", "--mint", "0"));
            for (int i = 0; i < arguments.length; i += 2) {
                if (!given.containsKey(arguments[i]) || i + 1 == arguments.length) {
                    throw new IllegalArgumentException("what is " + arguments[i] + "?");
                }
                given.put(arguments[i], arguments[i + 1]);
            }
            return new Options(
                    Integer.parseInt(given.getOrDefault("--credits", "")),
                    Integer.parseInt(given.getOrDefault("--keys", "")),
                    Boolean.parseBoolean(given.getOrDefault("--fold", "")),
                    Integer.parseInt(given.getOrDefault("--mint", "")));
        }
    }

    private QuoteLoadMain(Path directory, EmbeddedPostgres server, Options options) {
        this.directory = directory;
        this.server = server;
        this.options = options;
    }

    /** Exit status: 0 when all credits have quotes, 1 when not, 2 for a command line that is not understood. */
    public static void main(String[] arguments) throws Exception {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println("bench quotes: " + e.getMessage());
            System.err.print(USAGE);
            System.exit(USAGE_ERROR);
            return;
        }
        Path directory = Files.createTempDirectory("quote-load");
        EmbeddedPostgres server =
                EmbeddedPostgres.start(EmbeddedPostgresConfig.in(directory.resolve("postgres")), new SecureRandom());
        boolean done;
        try {
            done = new QuoteLoadMain(directory, server, options)
                    .run(new PrintStream(System.out, true, StandardCharsets.UTF_8));
        } finally {
            server.close();
            delete(directory);
        }
        System.exit(done ? 0 : 1);
    }

    private boolean run(PrintStream out) throws Exception {
        new WaitingCredits(server.loginFor("pool"), options.keys()).add(options.credits());
        Secp256k1 curve = CurveSelection.select(new SecureRandom()).curve();
        Path seed = Files.createDirectories(directory.resolve("mint")).resolve("seed");
        SeedFile.create(seed, new SecureRandom());
        String mintKey = new SeedKeys(SeedFile.read(seed)).mintKey().toString();
        Path keyFile = directory.resolve("authority");
        AuthorityKeyFile.create(keyFile, curve, new SecureRandom()).close();
        Sv2Url url = new Sv2Url(
                "127.0.0.1", freePort(), AuthorityKeyFile.load(keyFile, curve).publicKey());
        int walletPort = freePort();
        try (RunningService pool = PoolMain.service().start(poolEnvironment(mintKey, keyFile, url.port()));
                RunningService mint = MintMain.service().start(mintEnvironment(seed, url, walletPort))) {
            out.println("pool at " + pool.httpPort() + ", mint at " + mint.httpPort());
            if (options.batch() == 0) {
                return measure(out, mint);
            }
            try (MintingWallets wallets =
                            new MintingWallets(URI.create("http://127.0.0.1:" + walletPort), options.batch());
                    ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
                long began = System.nanoTime();
                Future<Void> minting = thread.submit(() -> {
                    wallets.mint(WaitingCredits.secretKeys(options.keys()), options.credits());
                    return null;
                });
                boolean quoted = measure(out, mint);
                if (!quoted) {
                    wallets.stop();
                }
                minting.get();
                double seconds = (System.nanoTime() - began) / 1e9;
                out.printf(
                        Locale.ROOT,
                        "%,d quotes minted in %,d requests by %,d wallets, %.2f s after the programs were up: %,.0f quotes made and minted/s%n",
                        wallets.minted(),
                        wallets.batches(),
                        options.keys(),
                        seconds,
                        wallets.minted() / seconds);
                return quoted;
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private boolean measure(PrintStream out, RunningService mint) throws SQLException {
        PostgresLogin login = server.loginFor("pool");
        try (Connection connection = DriverManager.getConnection(login.url(), login.user(), login.password())) {
            return measure(out, mint, connection);
        }
    }

    private boolean measure(PrintStream out, RunningService mint, Connection connection) throws SQLException {
        long began = System.nanoTime();
        long last = began;
        long lastShares = 0;
        while (System.nanoTime() - began < LONGEST.toNanos()
                && !mint.exitStatus().isDone()) {
            long shares = number(
                    connection, "select coalesce(sum(share_count), 0) from pool.quote_order where state = 'quoted'");
            long now = System.nanoTime();
            if (lastShares == 0) {
                // What came before the first answer is the start of the programs.
                began = now;
                last = now;
            }
            if (shares > lastShares && now - last > TimeUnit.SECONDS.toNanos(1)) {
                out.printf(Locale.ROOT, "%,9.0f credits/s%n", (shares - lastShares) * 1e9 / (now - last));
                lastShares = shares;
                last = now;
            } else if (lastShares == 0) {
                lastShares = shares;
            }
            if (shares == options.credits()) {
                long orders = number(connection, "select count(*) from pool.quote_order");
                double seconds = (now - began) / 1e9;
                out.printf(
                        Locale.ROOT,
                        "%,d credits of %,d keys in %,d quotes, in %.2f s: %,.0f credits/s, %,.0f quotes/s%n",
                        options.credits(),
                        options.keys(),
                        orders,
                        seconds,
                        shares / seconds,
                        orders / seconds);
                return true;
            }
            // The sum reads all orders: asked for often, it is a good part of the load.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(250));
        }
        out.println("not all credits have quotes");
        return false;
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private Map<String, String> poolEnvironment(String mintKey, Path keyFile, int mintPort) {
        PostgresLogin login = server.loginFor("pool");
        return Map.ofEntries(
                Map.entry("POOL__NETWORK", "regtest"),
                Map.entry("POOL__PAYOUT__OUTPUTS__0__TO", "raw(0014751e76e8199196d454941c45d1b3a323f1433bd6)"),
                Map.entry("POOL__TEMPLATE_PROVIDERS__UNAUTHENTICATED", "true"),
                Map.entry("POOL__TEMPLATE_PROVIDERS__URLS", "stratum2+tcp://127.0.0.1:1"),
                Map.entry("POOL__DATA_DIRECTORY", directory.resolve("pool").toString()),
                Map.entry("POOL__DATABASE__URL", login.url()),
                Map.entry("POOL__DATABASE__USER", login.user()),
                Map.entry("POOL__DATABASE__PASSWORD", login.password()),
                Map.entry("POOL__SV2__LISTEN", "127.0.0.1:0"),
                Map.entry("POOL__MINT_PORT__LISTEN", "127.0.0.1:" + mintPort),
                Map.entry("POOL__MINT_PORT__AUTHORITY_KEY_FILE", keyFile.toString()),
                Map.entry("POOL__HTTP__LISTEN", "127.0.0.1:0"),
                Map.entry("POOL__OUTBOX__FOLD", String.valueOf(options.fold())),
                Map.entry("POOL__MINTS__0__PUBLIC_KEY", mintKey));
    }

    private Map<String, String> mintEnvironment(Path seed, Sv2Url pool, int walletPort) {
        PostgresLogin login = server.loginFor("mint");
        return Map.ofEntries(
                Map.entry("MINT__SEED_FILE", seed.toString()),
                Map.entry("MINT__DATABASE__URL", login.url()),
                Map.entry("MINT__DATABASE__USER", login.user()),
                Map.entry("MINT__DATABASE__PASSWORD", login.password()),
                Map.entry("MINT__PUBLIC__LISTEN", "127.0.0.1:" + walletPort),
                // All wallets are at one address here.
                Map.entry("MINT__PUBLIC__REQUESTS_PER_SECOND", "1000000"),
                Map.entry("MINT__PUBLIC__REQUEST_BURST", "1000000"),
                Map.entry("MINT__PUBLIC__MAX_CONNECTIONS_PER_ADDRESS", "4096"),
                Map.entry("MINT__HTTP__LISTEN", "127.0.0.1:0"),
                Map.entry("MINT__LIMITS__DISK_FREE", "0B"),
                Map.entry("MINT__POOLS__0__URL", pool.toString()));
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
