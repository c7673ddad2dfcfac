package org.ehashpool.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.ehashpool.cli.launch.Launch;
import org.ehashpool.cli.launch.RunningService;
import org.ehashpool.cli.process.ReportingProcess;
import org.ehashpool.cli.process.ServiceProcess;
import org.ehashpool.kit.config.Secret;
import org.ehashpool.kit.keys.AuthorityKeyFile;
import org.ehashpool.noise.certificate.AuthorityKeyPair;
import org.ehashpool.noise.curve.CurveSelection;
import org.jspecify.annotations.Nullable;

/**
 * The suite as processes: each service is started when those it dials are ready, and they are stopped in reverse. The
 * ports are the usual ones where they are free.
 */
final class DemoSuite {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration START_DEADLINE = Duration.ofMinutes(3);
    private static final Duration GLANCE = Duration.ofMillis(100);
    private static final String TEMPLATE_PROVIDER = "template-provider";
    private static final String POOL = "pool";
    private static final String MINT = "mint";
    private static final String TRANSLATOR = "translator";
    private static final String POOL_STATS = "pool-stats";
    private static final String PROXY_STATS = "proxy-stats";
    private static final String MINER = "miner";

    /** Of one processor, hashes per second, until its shares show better. */
    private static final String PRESUMED_HASH_RATE = "5000000";

    /** Everybody may spend it: the coins of the embedded chain are worth nothing. */
    private static final String PAYOUT = "raw(51)";

    private final Path home;
    private final Path logs;
    private final HttpClient client;
    private final BooleanSupplier interrupted;
    private final Consumer<String> say;
    private final SecureRandom random = new SecureRandom();
    private final List<ServiceProcess> services = new ArrayList<>();
    private final List<DemoStatistics> statistics = new ArrayList<>();
    private @Nullable DemoDatabase database;
    private String mintUrl = "";
    private @Nullable ReportingProcess miner;

    /**
     * Nothing started yet.
     *
     * @param home where the services keep their data
     * @param interrupted whether to give up
     * @param say receives what a person may want to know
     */
    DemoSuite(Path home, HttpClient client, BooleanSupplier interrupted, Consumer<String> say) throws IOException {
        this.home = home;
        this.logs = Files.createDirectories(home.resolve("logs"));
        this.client = client;
        this.interrupted = interrupted;
        this.say = say;
    }

    /**
     * Starts everything.
     *
     * @param bits the compact target of the embedded chain's blocks, in hexadecimal
     * @param threads of the miner
     * @param direct whether the miner speaks Stratum V2 to the pool, else Stratum V1 to a translator
     * @return whether all services are ready and the miner runs; what went wrong has been said otherwise
     */
    boolean start(String bits, int threads, boolean direct) throws IOException, InterruptedException {
        DemoStatistics ofPool = statistics(POOL_STATS, listen(4_000), List.of(TEMPLATE_PROVIDER, MINT, POOL));
        ServiceProcess templates = service(
                TEMPLATE_PROVIDER,
                9_112,
                Map.of(
                        "TEMPLATE_PROVIDER__SV2__LISTEN",
                        listen(18_447),
                        "TEMPLATE_PROVIDER__EMBEDDED_CHAIN__BITS",
                        bits,
                        "TEMPLATE_PROVIDER__EMBEDDED_CHAIN__RPC_LISTEN",
                        listen(18_443)));
        say.accept("starting the database …");
        DemoDatabase started = DemoDatabase.start(home, random);
        database = started;
        String mintListen = listen(3_338);
        mintUrl = "http://" + mintListen;
        ServiceProcess poolPages =
                service(POOL_STATS, 8_081, ofPool.settings(started, Map.of("MINTS__0__URL", mintUrl)));
        if (!awaitReady(templates)) {
            return false;
        }
        String mintPort = listen(34_260);
        ServiceProcess mint = mint(started, mintListen, "stratum2+tcp://" + mintPort + "/" + poolKey());
        if (!awaitReady(mint)) {
            return false;
        }
        String mintKey = detail(mint, MINT, "public_key");
        ServiceProcess pool = pool(started, address(templates, "sv2"), mintPort, mintKey);
        if (!awaitReady(pool)) {
            return false;
        }
        String address = address(pool, "mining");
        say.accept("address for SV2 miners: " + address);
        if (direct) {
            mine(address, threads);
            return awaitPages(poolPages);
        }
        DemoStatistics ofFarm = statistics(PROXY_STATS, listen(4_001), List.of(TRANSLATOR));
        String listen = listen(34_255);
        Secret walletToken = newToken();
        ServiceProcess translator = translator(started, listen, address, mintUrl + "#" + mintKey, walletToken);
        Secret signIn = newToken();
        ServiceProcess farmPages = service(
                PROXY_STATS,
                8_082,
                ofFarm.settings(
                        started,
                        Map.of(
                                "TRANSLATOR__API",
                                translator.http().toString(),
                                "TRANSLATOR__TOKEN",
                                walletToken.reveal(),
                                "WEB__TOKEN",
                                signIn.reveal())));
        if (!awaitReady(translator)) {
            return false;
        }
        say.accept("address for SV1 miners: stratum+tcp://" + listen);
        say.accept("wallet: ./ehash wallet balance | send AMOUNT | receive TOKEN; books: ./ehash audit");
        mine("stratum+tcp://" + listen, threads);
        if (!awaitPages(poolPages) || !awaitPages(farmPages)) {
            return false;
        }
        say.accept("its wallet, while this runs: sign in with " + signIn.reveal());
        return true;
    }

    private boolean awaitPages(ServiceProcess pages) throws InterruptedException {
        if (!awaitReady(pages)) {
            return false;
        }
        say.accept("%-12s %s/".formatted(pages.name() + ":", pages.http()));
        return true;
    }

    /** One that services started from now on tell. */
    private DemoStatistics statistics(String name, String listen, List<String> tellers) {
        DemoStatistics added = new DemoStatistics(name, listen, tellers, this::newToken);
        statistics.add(added);
        return added;
    }

    /** The key that the pool will have: the mint is to know it before the pool starts, and the pool the mint's. */
    private String poolKey() throws IOException {
        Path directory = Files.createDirectories(home.resolve(POOL));
        try (AuthorityKeyPair key = AuthorityKeyFile.loadOrCreate(
                directory.resolve("pool-authority.key"),
                CurveSelection.select(random).curve(),
                random)) {
            return key.publicKey().toString();
        }
    }

    private ServiceProcess mint(DemoDatabase store, String listen, String poolUrl) throws IOException {
        Map<String, String> settings = new LinkedHashMap<>(store.settings("MINT__DATABASE__", MINT));
        settings.put("MINT__PUBLIC__LISTEN", listen);
        settings.put("MINT__POOLS__0__URL", poolUrl);
        return withToken(MINT, 9_113, settings, newToken());
    }

    private ServiceProcess pool(DemoDatabase store, String templates, String mintPort, String mintKey)
            throws IOException {
        Map<String, String> settings = new LinkedHashMap<>(store.settings("POOL__DATABASE__", POOL));
        settings.put("POOL__SV2__LISTEN", listen(34_254));
        settings.put("POOL__NETWORK", "regtest");
        settings.put("POOL__PAYOUT__OUTPUTS__0__TO", PAYOUT);
        // At the pool's usual rate one processor's shares would be as rare as the demo's blocks.
        settings.put("POOL__SHARES__PER_MINUTE", "60");
        settings.put("POOL__SHARES__PRESUMED_HASH_RATE", PRESUMED_HASH_RATE);
        settings.put("POOL__TEMPLATE_PROVIDERS__URLS__0", templates);
        settings.put("POOL__MINT_PORT__LISTEN", mintPort);
        settings.put("POOL__MINTS__0__PUBLIC_KEY", mintKey);
        return withToken(POOL, 9_108, settings, newToken());
    }

    private ServiceProcess translator(DemoDatabase store, String listen, String upstream, String mint, Secret token)
            throws IOException {
        Map<String, String> settings =
                new LinkedHashMap<>(store.settings("TRANSLATOR__WALLET__DATABASE__", TRANSLATOR));
        settings.put("TRANSLATOR__SV1__LISTEN", listen);
        settings.put("TRANSLATOR__UPSTREAMS__0__URL", upstream);
        settings.put("TRANSLATOR__VARDIFF__PRESUMED_HASH_RATE", PRESUMED_HASH_RATE);
        settings.put("TRANSLATOR__WALLET__ENABLED", "true");
        settings.put("TRANSLATOR__WALLET__MINTS__0", mint);
        return withToken(TRANSLATOR, 9_109, settings, token);
    }

    /** A service that other commands may ask and command while it runs. */
    private ServiceProcess withToken(String name, int httpPort, Map<String, String> settings, Secret token)
            throws IOException {
        settings.put(name.toUpperCase(Locale.ROOT) + "__HTTP__TOKEN", token.reveal());
        ServiceProcess started = service(name, httpPort, settings);
        new RunningService(name, started.http(), token).tell(home);
        return started;
    }

    private Secret newToken() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Secret.of(HexFormat.of().formatHex(bytes));
    }

    private void mine(String address, int threads) throws IOException {
        List<String> command = new ArrayList<>(Launch.service(MINER));
        command.addAll(List.of("mine", address, "--user", "demo.cpu", "--threads", "" + threads, "--json"));
        miner = ReportingProcess.start(MINER, command, Map.of(), logs.resolve(MINER + ".log"));
    }

    private ServiceProcess service(String name, int httpPort, Map<String, String> settings) throws IOException {
        String prefix = name.toUpperCase(Locale.ROOT).replace('-', '_');
        String http = listen(httpPort);
        Map<String, String> environment = new LinkedHashMap<>(settings);
        environment.put("EHASH_HOME", home.toString());
        environment.put(prefix + "__HTTP__LISTEN", http);
        statistics.forEach(told -> environment.putAll(told.ofTeller(name)));
        say.accept("starting " + name + " …");
        ServiceProcess started = ServiceProcess.start(
                name,
                // One miner is all that they serve here.
                Launch.idleService(name),
                environment,
                logs.resolve(name + ".log"),
                URI.create("http://" + http),
                client);
        services.add(started);
        return started;
    }

    private boolean awaitReady(ServiceProcess service) throws InterruptedException {
        long began = System.nanoTime();
        while (!interrupted.getAsBoolean() && System.nanoTime() - began < START_DEADLINE.toNanos()) {
            switch (service.state()) {
                case READY -> {
                    say.accept("%s is ready after %.1f s; %s/health/ready, /metrics, /api/v1/state"
                            .formatted(service.name(), (System.nanoTime() - began) / 1e9, service.http()));
                    return true;
                }
                case STOPPED, FAILED -> {
                    say.accept(service.name() + " did not start; the end of " + service.log() + ":");
                    say.accept(service.lastLogLines(20));
                    return false;
                }
                case STARTING, NOT_READY -> TimeUnit.NANOSECONDS.sleep(GLANCE.toNanos());
            }
        }
        if (!interrupted.getAsBoolean()) {
            say.accept(service.name() + " is not ready after " + START_DEADLINE.toSeconds() + " s; its log is "
                    + service.log());
        }
        return false;
    }

    private static String address(ServiceProcess service, String part) throws IOException, InterruptedException {
        return detail(service, part, "address");
    }

    private static String detail(ServiceProcess service, String part, String name)
            throws IOException, InterruptedException {
        JsonNode detail = JSON.readTree(service.get("/api/v1/state").body())
                .path("details")
                .path(part)
                .path(name);
        if (!detail.isTextual()) {
            throw new IOException(service.name() + " is ready and names no " + name);
        }
        return detail.asText();
    }

    /**
     * What pool, translator and miner say of themselves now.
     *
     * @throws IOException when one of them does not answer
     */
    DemoFigures figures() throws IOException, InterruptedException {
        return DemoFigures.of(
                answer(POOL, "/api/v1/global"),
                answer(TRANSLATOR, "/api/v1/global"),
                answer(TRANSLATOR, "/api/v1/state").path("details").path("wallet"),
                miner == null ? JSON.nullNode() : miner.latest());
    }

    /** A missing node for a service that was not started. */
    private JsonNode answer(String name, String path) throws IOException, InterruptedException {
        for (ServiceProcess service : services) {
            if (service.name().equals(name)) {
                return JSON.readTree(service.get(path).body());
            }
        }
        return MissingNode.getInstance();
    }

    /** Those that do not run any more. */
    List<String> ended() throws InterruptedException {
        List<String> ended = new ArrayList<>();
        for (ServiceProcess service : services) {
            switch (service.state()) {
                case STOPPED, FAILED -> ended.add(service.name() + ", its log is " + service.log());
                case STARTING, READY, NOT_READY -> {}
            }
        }
        if (miner != null && !miner.isAlive()) {
            ended.add(miner.name() + ", its log is " + miner.log());
        }
        return ended;
    }

    /** Stops the miner, so that its last shares are answered. */
    ServiceProcess.State stopMining() throws InterruptedException {
        return miner == null ? ServiceProcess.State.STOPPED : miner.stop();
    }

    /**
     * Stops the services.
     *
     * @return their last states, in the order in which they were started
     */
    Map<String, ServiceProcess.State> stopServices() throws IOException, InterruptedException {
        for (ServiceProcess service : services) {
            RunningService.forget(home, service.name());
        }
        Map<String, ServiceProcess.State> states = new LinkedHashMap<>();
        for (ServiceProcess service : services.reversed()) {
            states.put(service.name(), interrupted.getAsBoolean() ? service.stopAfterInterrupt() : service.stop());
        }
        Map<String, ServiceProcess.State> ordered = new LinkedHashMap<>();
        for (ServiceProcess service : services) {
            ordered.put(service.name(), states.getOrDefault(service.name(), ServiceProcess.State.FAILED));
        }
        if (database != null) {
            database.close();
        }
        return ordered;
    }

    /** On the usual port where it is free, on any other where it is not. */
    private static String listen(int usual) throws IOException {
        return "127.0.0.1:" + port(usual);
    }

    private static int port(int usual) throws IOException {
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(loopback, usual));
            return usual;
        } catch (IOException taken) {
            try (ServerSocket any = new ServerSocket(0, 1, loopback)) {
                return any.getLocalPort();
            }
        }
    }
}
