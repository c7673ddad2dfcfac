package org.ehashpool.miner;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ehashpool.kit.log.Logging;
import org.ehashpool.miner.load.LoadPlan;
import org.ehashpool.miner.load.LoadPool;
import org.ehashpool.miner.load.LoadReport;
import org.ehashpool.miner.load.LoadRun;
import org.ehashpool.miner.sv1.Sv1Url;
import org.ehashpool.miner.sv2.ChannelPlan;
import org.ehashpool.miner.upstream.MinerPlatform;
import org.ehashpool.noise.certificate.Sv2Url;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts a load on a pool. Exit status: 0 all shares were accepted, 1 not all were. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Submit valid shares at a given rate over many connections, and measure the pool's answers.",
            "",
            "The pool must grant this user a share target near 2^256, so that a share costs no search, on a chain "
                    + "whose blocks are hard. Latencies are counted from the moment a share was due until the answer "
                    + "that covers it."
        })
final class LoadCommand implements Callable<Integer> {
    private static final int MAX_CONNECTIONS = 100_000;
    private static final int MAX_SOURCES = 250;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything.
    private CommandSpec spec;

    @Parameters(
            paramLabel = "URL",
            description =
                    "The pool: stratum2+tcp://HOST:PORT/AUTHORITY_KEY for Stratum V2, stratum+tcp://HOST:PORT for V1.")
    private String pool = "";

    @Mixin
    private ChannelOptions channels = new ChannelOptions();

    @Mixin
    private LogOption log = new LogOption();

    @Option(names = "--password", paramLabel = "WORD", description = "For SV1 (default: ${DEFAULT-VALUE}).")
    private String password = "x";

    /** What may be measured besides the shares. */
    enum Measure {
        JOBS
    }

    @Option(names = "--connections", paramLabel = "N", description = "Connections (default: ${DEFAULT-VALUE}).")
    private int connections = 10;

    @Option(
            names = "--rate",
            paramLabel = "SHARES_PER_SECOND",
            converter = RateConverter.class,
            description =
                    "Shares per second over all channels, like 40000 or 40k; 0 for none (default: ${DEFAULT-VALUE}).")
    private double rate = 100;

    @Option(
            names = "--ramp",
            paramLabel = "CONNECTS_PER_SECOND",
            converter = RateConverter.class,
            description = "Connections made per second (default: ${DEFAULT-VALUE}).")
    private double ramp = 500;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "How long shares are submitted, once all channels are open (default: 30s).")
    private Duration time = Duration.ofSeconds(30);

    @Option(
            names = "--source-addresses",
            paramLabel = "K",
            description = "Connect from 127.0.0.1 to 127.0.0.K in turn, where the pool has quotas for each address.")
    private int sources;

    @Option(
            names = "--users",
            paramLabel = "FILE",
            description = "Who is paid, a name a line, by the channels in turn (Stratum V2).")
    private Optional<Path> users = Optional.empty();

    @Option(
            names = "--window",
            paramLabel = "SHARES",
            description =
                    "Shares of a channel that may be unanswered: a pool that is given more than it can do gets as "
                            + "much as it answers (default: ${DEFAULT-VALUE}).")
    private int window = LoadPlan.WIDEST_WINDOW;

    @Option(
            names = "--measure",
            paramLabel = "WHAT",
            description = "jobs: how far apart the connections receive the same job.")
    private Optional<Measure> measure = Optional.empty();

    @Option(names = "--json", description = "Progress goes to standard error; standard output is one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException, IOException {
        within("--connections", connections, 1, MAX_CONNECTIONS);
        within("--source-addresses", sources, 0, MAX_SOURCES);
        if (ramp <= 0) {
            throw new IllegalArgumentException("--ramp must be positive");
        }
        try (Ending ending = new Ending();
                Logging _ = log.start();
                MinerPlatform platform = new MinerPlatform(new SecureRandom(), connections)) {
            LoadPlan plan =
                    new LoadPlan(pool(platform), connections, rate, ramp, time, sources, window, measure.isPresent());
            OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
            LoadReport report = new LoadRun(
                            platform, plan, System::nanoTime, system::getProcessCpuTime, ending::isAsked, this::say)
                    .run();
            PrintWriter out = spec.commandLine().getOut();
            out.println(json ? report.json() : report.text());
            out.flush();
            return ending.exit(report.good() ? 0 : 1);
        }
    }

    private LoadPool pool(MinerPlatform platform) throws IOException {
        ChannelPlan plan = channels.plan(false);
        if (!Sv1Url.hasScheme(pool)) {
            return new LoadPool.Sv2(Sv2Url.parse(pool, platform.curve()), plan, names());
        }
        if (plan.standard() || plan.channels() > 1 || plan.worker().isPresent() || users.isPresent()) {
            throw new IllegalArgumentException("--standard, --channels, --worker and --users are about Stratum V2");
        }
        return new LoadPool.Sv1(Sv1Url.parse(pool), channels.user(), password);
    }

    private List<String> names() throws IOException {
        if (users.isEmpty()) {
            return List.of();
        }
        List<String> names = Files.readAllLines(users.get()).stream()
                .filter(name -> !name.isBlank())
                .toList();
        if (names.isEmpty()) {
            throw new IllegalArgumentException("nobody stands in " + users.get());
        }
        return names;
    }

    private static void within(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(option + " " + value + ", expected " + least + " to " + most);
        }
    }

    private void say(String line) {
        PrintWriter out =
                json ? spec.commandLine().getErr() : spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
