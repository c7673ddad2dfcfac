package org.ehashpool.miner;

import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ehashpool.kit.log.Logging;
import org.ehashpool.kit.sv2.upstream.ReconnectSettings;
import org.ehashpool.miner.hashing.HashThreads;
import org.ehashpool.miner.status.HashRate;
import org.ehashpool.miner.status.MinerReport;
import org.ehashpool.miner.status.ReportFormat;
import org.ehashpool.miner.status.Screen;
import org.ehashpool.miner.sv1.Sv1Miner;
import org.ehashpool.miner.sv1.Sv1Settings;
import org.ehashpool.miner.sv1.Sv1Url;
import org.ehashpool.miner.sv2.Sv2Miner;
import org.ehashpool.miner.sv2.Sv2Settings;
import org.ehashpool.miner.upstream.MinerPlatform;
import org.ehashpool.miner.upstream.Upstream;
import org.ehashpool.miner.upstream.Workshop;
import org.ehashpool.noise.certificate.Sv2Url;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Mines until it is told to stop. Exit status: 0 a pool took us at least once, 1 none did. */
@Command(
        name = "mine",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Mine on this machine's processors.",
            "",
            "The pool is stratum2+tcp://HOST:PORT/AUTHORITY_KEY for Stratum V2, or stratum+tcp://HOST:PORT for "
                    + "Stratum V1. Of several, the first that works is used, and an earlier one again when it works "
                    + "again."
        })
final class MineCommand implements Callable<Integer> {
    private static final int HANDSHAKES = 16;
    private static final long STOP_SECONDS = 8;
    private static final long GLANCE_MILLIS = 50;
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(2);
    /** Of one thread on a usual processor; said to the pool until the real one is known. */
    private static final double PRESUMED_HASH_RATE = 5e6;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything.
    private CommandSpec spec;

    @Parameters(paramLabel = "URL", arity = "1..*", description = "Pools, the preferred one first.")
    private List<String> pools = List.of();

    @Mixin
    private ChannelOptions channels = new ChannelOptions();

    @Mixin
    private LogOption log = new LogOption();

    @Option(names = "--password", paramLabel = "WORD", description = "For SV1 (default: ${DEFAULT-VALUE}).")
    private String password = "x";

    @Option(names = "--threads", paramLabel = "N", description = "Hashing threads (default: one for each processor).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--hashrate",
            paramLabel = "LIMIT",
            converter = RateConverter.class,
            description = "Compute no more hashes per second than this, like 500k or 2M.")
    private Optional<Double> limit = Optional.empty();

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "End after this time, like 60s or 5m; without it, run until Ctrl-C.")
    private Optional<Duration> time = Optional.empty();

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "Time between two reports (default: 1s).")
    private Duration interval = Duration.ofSeconds(1);

    @Option(names = "--json", description = "Report as JSON, one object a line.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        if (threads < 1 || threads > 1_024) {
            throw new IllegalArgumentException("--threads " + threads + ", expected 1 to 1024");
        }
        if (limit.isPresent() && limit.get() <= 0) {
            throw new IllegalArgumentException("--hashrate must be positive");
        }
        Workshop workshop = Workshop.open();
        SecureRandom random = new SecureRandom();
        try (Ending ending = new Ending();
                Logging _ = log.start();
                MinerPlatform platform = new MinerPlatform(random, HANDSHAKES)) {
            OptionalDouble pace = limit.map(OptionalDouble::of).orElse(OptionalDouble.empty());
            Reporter reporter = new Reporter(workshop);
            Upstream upstream = upstream(platform, workshop, random, reporter);
            try (HashThreads hashing = new HashThreads(threads, pace, workshop.board(), workshop.found())) {
                upstream.start();
                report(ending, reporter, hashing);
                stop(upstream);
            }
            return ending.exit(workshop.tally().everOpened() ? 0 : 1);
        }
    }

    private Upstream upstream(MinerPlatform platform, Workshop workshop, SecureRandom random, Reporter reporter) {
        List<Boolean> kinds = pools.stream().map(Sv1Url::hasScheme).distinct().toList();
        if (kinds.size() > 1) {
            throw new IllegalArgumentException("pools of one protocol, not of both");
        }
        if (kinds.getFirst()) {
            List<Sv1Url> urls = pools.stream().map(Sv1Url::parse).toList();
            Sv1Settings settings = Sv1Settings.of(
                    urls, "ehashpool-miner/" + MinerPlatform.self().firmware(), channels.user(), password);
            return new Sv1Miner(platform.vertx(), settings, workshop, random, System::nanoTime);
        }
        List<Sv2Url> urls =
                pools.stream().map(url -> Sv2Url.parse(url, platform.curve())).toList();
        Sv2Settings settings = new Sv2Settings(
                urls,
                MinerPlatform.self(),
                channels.plan(true),
                limit.orElse(threads * PRESUMED_HASH_RATE),
                ReconnectSettings.DEFAULT);
        return new Sv2Miner(platform.environment(), settings, workshop, () -> reporter.lastRate, System::nanoTime);
    }

    private void report(Ending ending, Reporter reporter, HashThreads hashing) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Screen screen =
                new Screen(out, !json && LogOption.onTerminal(), System.getenv().getOrDefault("COLUMNS", ""));
        long began = System.nanoTime();
        long end = time.map(limited -> began + limited.toNanos()).orElse(Long.MAX_VALUE);
        long next = began + interval.toNanos();
        boolean over = false;
        while (!over) {
            long until = Math.min(next, end);
            over = ending.awaitAsked(until - System.nanoTime()) || until == end;
            next += interval.toNanos();
            if (over) {
                hashing.close();
                awaitAnswers(reporter.workshop);
            }
            MinerReport report = reporter.report(began, hashing);
            screen.status(json ? ReportFormat.json(report, Instant.now()) : ReportFormat.line(report));
        }
        screen.end();
    }

    /** The last report is to tell what became of the last shares. */
    private static void awaitAnswers(Workshop workshop) throws InterruptedException {
        long began = System.nanoTime();
        do {
            TimeUnit.MILLISECONDS.sleep(GLANCE_MILLIS);
        } while ((workshop.tally().unanswered() > 0 || !workshop.found().isEmpty())
                && System.nanoTime() - began < LAST_ANSWERS.toNanos());
    }

    private static void stop(Upstream upstream) throws InterruptedException {
        try {
            upstream.stop().toCompletionStage().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the connection did not end", e);
        }
    }

    private static final class Reporter {
        private final Workshop workshop;
        private final HashRate rate = new HashRate();
        private volatile double lastRate;

        private Reporter(Workshop workshop) {
            this.workshop = workshop;
            rate.sample(System.nanoTime(), 0);
        }

        private MinerReport report(long began, HashThreads hashing) {
            long now = System.nanoTime();
            long hashes = hashing.hashes();
            lastRate = rate.sample(now, hashes);
            return workshop.tally().report((now - began) / 1e9, hashes, lastRate);
        }
    }
}
