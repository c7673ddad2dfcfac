package org.ehashpool.conservation.site;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.ehashpool.conservation.relay.Relay;
import org.ehashpool.conservation.schedule.Link;
import org.ehashpool.conservation.schedule.Treatment;
import org.ehashpool.conservation.schedule.Victim;
import org.ehashpool.fixtures.Sniffer;
import org.ehashpool.kit.keys.AuthorityKeyFile;
import org.ehashpool.kit.postgres.embedded.PostgresLogin;
import org.ehashpool.noise.certificate.AuthorityKeyPair;
import org.ehashpool.noise.certificate.AuthorityPublicKey;
import org.ehashpool.noise.certificate.Sv2Url;
import org.ehashpool.noise.curve.CurveSelection;
import org.ehashpool.noise.curve.Secp256k1;
import org.jspecify.annotations.Nullable;

/**
 * The suite: template provider, PostgreSQL, mint, pool and translator as processes, with relays on the links between; or the
 * pool's statistics with a PostgreSQL of their own in place of the translator.
 */
public final class Site implements AutoCloseable {
    private static final Duration START_DEADLINE = Duration.ofMinutes(3);
    private static final long GLANCE_NANOS = 100_000_000L;
    private static final int TOKEN_BYTES = 32;
    private static final String STATISTICS = Victim.POOL_STATS.text();
    private static final String STATISTICS_TOKEN = "of-services-that-tell";
    /** The least: it is to be filled. */
    private static final String SPOOL_SIZE = "1MiB";

    private final SiteConfig config;
    private final SecureRandom random = new SecureRandom();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Map<String, Program> programs = new LinkedHashMap<>();
    private final Map<Link, Relay> relays = new EnumMap<>(Link.class);
    private final Ports ports;
    private final Sv2Url templates;
    private final AuthorityPublicKey poolKey;
    private final Sniffer impostor;
    private @Nullable Postgres postgres;
    private @Nullable Postgres statistics;
    private @Nullable Thread watch;
    private volatile boolean stopping;

    private Site(SiteConfig config) throws IOException {
        this.config = config;
        ports = Ports.choose(List.of("template-provider", "mint", "pool", "translator", STATISTICS));
        Secp256k1 curve = CurveSelection.select(random).curve();
        templates = new Sv2Url("127.0.0.1", ports.templates(), authority("templates.key", curve));
        poolKey = authority("pool.key", curve);
        impostor = Sniffer.before(new Sv2Url("127.0.0.1", ports.mints(), poolKey));
    }

    private AuthorityPublicKey authority(String file, Secp256k1 curve) throws IOException {
        try (AuthorityKeyPair pair = AuthorityKeyFile.create(config.home().resolve(file), curve, random)) {
            return pair.publicKey();
        }
    }

    /**
     * Starts everything, and waits until it is ready.
     *
     * @throws IOException when something does not start; what was started is stopped
     */
    public static Site start(SiteConfig config) throws IOException, InterruptedException {
        Site site = new Site(config);
        try {
            site.start();
            return site;
        } catch (IOException | InterruptedException | RuntimeException e) {
            site.close();
            throw e;
        }
    }

    private void start() throws IOException, InterruptedException {
        Postgres database = Postgres.start(config.home().resolve("postgres"), random);
        postgres = database;
        relay(Link.MINER_POOL, ports.miners());
        relay(Link.OTHER_MINER_POOL, ports.miners());
        relay(Link.TRANSLATOR_POOL, ports.miners());
        relay(Link.MINT_POOL, ports.mints());
        relay(Link.OTHER_MINT_POOL, ports.mints());
        relay(Link.WALLET_MINT, ports.publicMint());
        relay(Link.POOL_POSTGRES, database.port());
        relay(Link.MINT_POSTGRES, database.port());
        relay(Link.TRANSLATOR_POSTGRES, database.port());
        begin(
                "template-provider",
                new Settings("TEMPLATE_PROVIDER")
                        .with("SV2__LISTEN", "127.0.0.1:" + ports.templates())
                        .with("SV2__AUTHORITY_KEY_FILE", config.home().resolve("templates.key"))
                        .with("NODE__TEMPLATE_INTERVAL", "2s")
                        .with("NODE__FEE_DELTA", 1)
                        .with("EMBEDDED_CHAIN__BITS", config.bits())
                        .with("EMBEDDED_CHAIN__RPC_LISTEN", "127.0.0.1:" + ports.rpc()));
        if (config.statistics()) {
            Postgres own = Postgres.start(config.home().resolve("statistics-postgres"), random);
            statistics = own;
            begin(STATISTICS, statistics(own));
            awaitReady(STATISTICS);
        }
        begin("mint", telling(mint(database)));
        awaitReady("template-provider");
        awaitReady("mint");
        begin("pool", telling(pool(database)));
        awaitReady("pool");
        if (!config.statistics()) {
            begin("translator", translator(database));
            awaitReady("translator");
        }
        watch = Thread.ofVirtual().name("watch").start(this::watch);
    }

    private void relay(Link link, int server) throws IOException {
        Random nonsense = new Random(config.seed() ^ link.text().hashCode());
        relays.put(link, new Relay(server, impostor.url().port(), nonsense));
    }

    private int port(Link link) {
        return relayOf(link).port();
    }

    private Relay relayOf(Link link) {
        return Objects.requireNonNull(relays.get(link));
    }

    private Settings statistics(Postgres database) {
        return new Settings("POOL_STATS")
                .database("DATABASE", database.login("pool_stats"), database.port(), database.port())
                .with("LISTEN__ADDRESS", "127.0.0.1:" + ports.told())
                .with("SENDERS__0__TOKEN", STATISTICS_TOKEN)
                .with("SAMPLING__PERIOD", "5s");
    }

    /** Tells the statistics, where there are any. */
    private Settings telling(Settings settings) {
        return config.statistics()
                ? settings.with("STATS__URL", "tcp://127.0.0.1:" + ports.told())
                        .with("STATS__TOKEN", STATISTICS_TOKEN)
                        .with("STATS__SPOOL_SIZE", SPOOL_SIZE)
                : settings;
    }

    private Settings mint(Postgres database) {
        return new Settings("MINT")
                .database("DATABASE", database.login("mint"), database.port(), port(Link.MINT_POSTGRES))
                .with("PUBLIC__LISTEN", "127.0.0.1:" + ports.publicMint())
                .with("LIMITS__DISK_FREE", "0B")
                .with("ORDERING__MINT_URL", relayedMint())
                .with("POOLS__0__URL", new Sv2Url("127.0.0.1", port(Link.MINT_POOL), poolKey))
                .with("POOLS__1__URL", new Sv2Url("127.0.0.1", port(Link.OTHER_MINT_POOL), poolKey));
    }

    private Settings pool(Postgres database) throws IOException, InterruptedException {
        Settings settings = new Settings("POOL")
                .database("DATABASE", database.login("pool"), database.port(), port(Link.POOL_POSTGRES))
                .with("NETWORK", "regtest")
                // Anyone may spend it: the coins of the embedded chain are worth nothing.
                .with("PAYOUT__OUTPUTS__0__TO", "raw(51)")
                .with("TEMPLATE_PROVIDERS__URLS__0", templates)
                .with("SV2__LISTEN", "127.0.0.1:" + ports.miners())
                .with("SV2__AUTHORITY_KEY_FILE", config.home().resolve("pool.key"))
                .with("MINT_PORT__LISTEN", "127.0.0.1:" + ports.mints())
                .with("MINT_PORT__AUTHORITY_KEY_FILE", config.home().resolve("pool.key"))
                .with("MINTS__0__PUBLIC_KEY", mintKey())
                // Every share is worth one.
                .with("PAY__UNIT_WORK", 1)
                .with("LIMITS__SHARES_PER_SECOND", 100_000)
                .with("LIMITS__SHARE_BURST", 1_000_000)
                .with("OUTBOX__FOLD", config.fold());
        for (int i = 0; i < config.users().size(); i++) {
            settings.with("USERS__" + i + "__NAME", config.users().get(i));
            settings.with("USERS__" + i + "__FIXED_DIFFICULTY", "1e-10");
        }
        return settings;
    }

    private Settings translator(Postgres database) throws IOException, InterruptedException {
        return new Settings("TRANSLATOR")
                .database(
                        "WALLET__DATABASE",
                        database.login("translator"),
                        database.port(),
                        port(Link.TRANSLATOR_POSTGRES))
                .with("SV1__LISTEN", "127.0.0.1:" + ports.sv1())
                .with("UPSTREAMS__0__URL", new Sv2Url("127.0.0.1", port(Link.TRANSLATOR_POOL), poolKey))
                .with("SV1__LIMITS__SHARES_PER_SECOND", 100_000)
                .with("SV1__LIMITS__SHARE_BURST", 1_000_000)
                .with("SV1__LIMITS__UNANSWERED", 10_000)
                .with("CHANNELS__UNANSWERED", 10_000)
                .with("WALLET__ENABLED", true)
                .with("WALLET__MINTS__0", relayedMint() + "#" + mintKey());
    }

    private String relayedMint() {
        return "http://127.0.0.1:" + port(Link.WALLET_MINT);
    }

    /** The mint's public key. */
    public String mintKey() throws IOException, InterruptedException {
        return program("mint")
                .get("/api/v1/state")
                .path("details")
                .path("mint")
                .path("public_key")
                .asText();
    }

    private void begin(String name, Settings settings) throws IOException {
        byte[] token = new byte[TOKEN_BYTES];
        random.nextBytes(token);
        String hex = HexFormat.of().formatHex(token);
        String http = ports.httpOf(name);
        settings.with("HTTP__LISTEN", http);
        if (!name.equals("template-provider") && !name.equals(STATISTICS)) {
            settings.with("HTTP__TOKEN", hex);
        }
        Path home = config.home();
        Program program = new Program(
                name,
                Program.command(config.distribution(), name),
                settings.environment(home.toString()),
                Files.createDirectories(home.resolve("logs")).resolve(name + ".log"),
                URI.create("http://" + http),
                hex,
                client);
        programs.put(name, program);
        program.begin();
    }

    private void awaitReady(String name) throws IOException, InterruptedException {
        Program program = program(name);
        long deadline = System.nanoTime() + START_DEADLINE.toNanos();
        while (!program.isReady()) {
            if (!program.isAlive() || System.nanoTime() > deadline) {
                throw new IOException(name + " does not start; its log is " + program.log());
            }
            LockSupport.parkNanos(GLANCE_NANOS);
        }
    }

    private void watch() {
        while (!stopping) {
            try {
                for (Program program : programs.values()) {
                    program.watch(System.nanoTime());
                }
            } catch (IOException e) {
                System.err.println("a program cannot be started: " + e.getMessage());
            }
            LockSupport.parkNanos(GLANCE_NANOS);
        }
    }

    /** Kills them all, with signal 9. */
    public void kill(Set<Victim> victims) throws IOException, InterruptedException {
        for (Victim victim : victims) {
            Optional<Postgres> database = database(victim);
            if (database.isPresent()) {
                database.get().kill();
            } else {
                program(victim.text()).kill();
            }
        }
    }

    /** Starts those again that were killed. */
    public void revive(Set<Victim> victims) throws IOException {
        for (Victim victim : victims) {
            Program program = programs.get(victim.text());
            if (program != null) {
                program.begin();
            }
        }
    }

    /** Stops them all with SIGSTOP. */
    public void freeze(Set<Victim> victims) throws IOException, InterruptedException {
        freeze(victims, true);
    }

    /** Lets those go on that were stopped. */
    public void thaw(Set<Victim> victims) throws IOException, InterruptedException {
        freeze(victims, false);
    }

    private void freeze(Set<Victim> victims, boolean stop) throws IOException, InterruptedException {
        for (Victim victim : victims) {
            Optional<Postgres> database = database(victim);
            Program program = programs.get(victim.text());
            if (database.isPresent()) {
                database.get().freeze(stop);
            } else if (program != null) {
                program.freeze(stop);
            }
        }
    }

    private Optional<Postgres> database(Victim victim) {
        return switch (victim) {
            case POSTGRES -> Optional.ofNullable(postgres);
            case STATS_POSTGRES -> Optional.ofNullable(statistics);
            case POOL, MINT, TRANSLATOR, POOL_STATS -> Optional.empty();
        };
    }

    /** Treats a link that way from now on. */
    public void treat(Link link, Treatment treatment) {
        relayOf(link).treat(treatment);
    }

    /** A program of the suite. */
    public Program program(String name) {
        return Objects.requireNonNull(programs.get(name));
    }

    /** All of them. */
    public List<Program> programs() {
        return List.copyOf(programs.values());
    }

    /** A role of the database, past all relays. */
    public PostgresLogin login(String schema) {
        return Objects.requireNonNull(postgres).login(schema);
    }

    /** The role of the statistics in their own database. */
    public PostgresLogin statisticsLogin() {
        return Objects.requireNonNull(statistics).login("pool_stats");
    }

    /** How often PostgreSQL was killed. */
    public int postgresKills() {
        return Objects.requireNonNull(postgres).kills();
    }

    /** How often the statistics' PostgreSQL was killed. */
    public int statisticsPostgresKills() {
        return Objects.requireNonNull(statistics).kills();
    }

    /** Where templates come from. */
    public Sv2Url templates() {
        return templates;
    }

    /** Where SV2 miners connect, by way of that relay. */
    public Sv2Url pool(Link link) {
        return new Sv2Url("127.0.0.1", port(link), poolKey);
    }

    /** Where SV1 miners connect. */
    public int sv1() {
        return ports.sv1();
    }

    /** The mint's URL for wallets, past all relays. */
    public String mintUrl() {
        return "http://127.0.0.1:" + ports.publicMint();
    }

    /** Whether all programs are ready. */
    public boolean isReady() throws InterruptedException {
        for (Program program : programs.values()) {
            if (!program.isReady()) {
                return false;
            }
        }
        return true;
    }

    /** Stops everything in reverse order, within deadlines. */
    @Override
    public synchronized void close() {
        if (stopping) {
            return;
        }
        stopping = true;
        try {
            if (watch != null) {
                watch.join();
            }
            for (Program program : List.copyOf(programs.values()).reversed()) {
                String end = program.stop();
                if (!end.equals("stopped")) {
                    System.err.println(program.name() + ": " + end);
                }
            }
            for (Relay relay : relays.values()) {
                relay.close();
            }
            impostor.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            System.err.println("a relay was not closed: " + e.getMessage());
        } finally {
            if (postgres != null) {
                postgres.close();
            }
            if (statistics != null) {
                statistics.close();
            }
            client.close();
        }
    }
}
