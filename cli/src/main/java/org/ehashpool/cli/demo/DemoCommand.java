package org.ehashpool.cli.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ehashpool.cli.launch.Launch;
import org.ehashpool.cli.process.ServiceProcess.State;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Runs the suite as separate processes with nothing installed: a template provider on its embedded chain, a mint, the
 * pool, a translator with a wallet, and a miner. Exit status: 0 all went well, 1 something failed.
 */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Run the suite on embedded defaults, mining, and show what it does.")
public final class DemoCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_THREADS = 1_024;
    private static final Duration ROUND = Duration.ofSeconds(1);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything.
    private CommandSpec spec;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "End after this time of mining, like 60s or 5m; without it, run until Ctrl-C.")
    private Optional<Duration> time = Optional.empty();

    @Option(
            names = "--json",
            description = "Progress goes to standard error; the last line of standard output is one JSON object.")
    private boolean json;

    @Option(
            names = "--bits",
            paramLabel = "HEX",
            defaultValue = "1e00ffff",
            description = "The compact target of blocks; a chain keeps the one it was made with. Default:"
                    + " ${DEFAULT-VALUE}, some seconds for one thread.")
    private String bits = "";

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Processors that the miner uses. Default: ${DEFAULT-VALUE}")
    private int threads;

    @Option(names = "--sv2", description = "The miner speaks Stratum V2 to the pool, without a translator.")
    private boolean direct;

    private final AtomicBoolean interrupted = new AtomicBoolean();
    private DemoFigures figures = DemoFigures.NONE;
    private final CountDownLatch ended = new CountDownLatch(1);

    @Override
    public Integer call() throws Exception {
        checkOptions();
        Thread onSignal = Thread.ofPlatform().name("interrupt").unstarted(() -> {
            interrupted.set(true);
            awaitEnd();
        });
        Runtime.getRuntime().addShutdownHook(onSignal);
        try {
            return run();
        } finally {
            ended.countDown();
            if (!interrupted.get()) {
                Runtime.getRuntime().removeShutdownHook(onSignal);
            }
        }
    }

    /** Keeps the JVM until the services have ended. */
    private void awaitEnd() {
        try {
            var _ = ended.await(2, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void checkOptions() {
        if (!bits.matches("[0-9a-fA-F]{8}")) {
            throw new ParameterException(spec.commandLine(), "--bits: eight hexadecimal digits such as 1e00ffff");
        }
        if (threads < 1 || threads > MOST_THREADS) {
            throw new ParameterException(spec.commandLine(), "--threads: 1 to " + MOST_THREADS);
        }
    }

    private int run() throws IOException, InterruptedException {
        long began = System.nanoTime();
        Path home = Launch.home().resolve("demo");
        try (HttpClient client = HttpClient.newHttpClient()) {
            DemoSuite suite = new DemoSuite(home, client, interrupted::get, this::say);
            say("data and logs: " + home);
            Map<String, State> states = new LinkedHashMap<>();
            boolean ran = false;
            try {
                ran = suite.start(bits, threads, direct) && mine(suite, began);
            } finally {
                say("stopping …");
                State miner = suite.stopMining();
                look(suite);
                states.putAll(suite.stopServices());
                states.put("miner", miner);
            }
            boolean good = judge(ran, states);
            finish(states, began, good);
            return good ? 0 : 1;
        }
    }

    /** Takes the latest figures; a service that does not answer, because it is stopping or busy, leaves those before. */
    private void look(DemoSuite suite) throws InterruptedException {
        try {
            figures = suite.figures();
        } catch (IOException noAnswer) {
            say("no figures: " + noAnswer);
        }
    }

    /** Whether all went well; says why not. */
    private boolean judge(boolean ran, Map<String, State> states) {
        boolean stopped = states.values().stream().allMatch(state -> state == State.STOPPED);
        if (!stopped) {
            say("not all services stopped cleanly: " + states);
        }
        if (ran && !interrupted.get() && figures.pool().accepted() == 0) {
            say("no share was accepted in that time");
            return false;
        }
        return stopped && (ran || interrupted.get());
    }

    /** Shows how it goes, until the time is over; whether everything ran until then. */
    private boolean mine(DemoSuite suite, long began) throws InterruptedException {
        long mining = System.nanoTime();
        long blocks = 0;
        while (!isOver(mining)) {
            long round = System.nanoTime();
            List<String> ended = suite.ended();
            if (!ended.isEmpty() && !interrupted.get()) {
                ended.forEach(which -> say("ended by itself: " + which));
                return false;
            }
            look(suite);
            say(figures.line(seconds(began)) + (figures.blocksFound() > blocks ? "  ** block **" : ""));
            blocks = figures.blocksFound();
            pause(ROUND.minusNanos(System.nanoTime() - round));
        }
        return true;
    }

    private boolean isOver(long mining) {
        return interrupted.get()
                || (time.isPresent() && System.nanoTime() - mining >= time.get().toNanos());
    }

    private void finish(Map<String, State> states, long began, boolean good) throws JsonProcessingException {
        say(figures.summary());
        if (json) {
            Map<String, String> services = new LinkedHashMap<>();
            states.forEach((name, state) -> services.put(name, state.text()));
            Map<String, Object> report = new LinkedHashMap<>();
            report.put("seconds", Math.round(seconds(began) * 10) / 10.0);
            report.put("shares_accepted", figures.pool().accepted());
            report.put("shares_rejected", figures.pool().rejected());
            report.put("blocks_found", figures.blocksFound());
            report.put("miner_shares_accepted", figures.miner().accepted());
            report.put("miner_shares_rejected", figures.miner().rejected());
            figures.translator().ifPresent(shares -> {
                report.put("translator_shares_accepted", shares.accepted());
                report.put("translator_shares_rejected", shares.rejected());
            });
            figures.purse().ifPresent(purse -> {
                report.put("quotes_minted", purse.quotes());
                report.put("ehash", purse.ehash().toString());
            });
            report.put("services", services);
            spec.commandLine().getOut().println(JSON.writeValueAsString(report));
            spec.commandLine().getOut().flush();
        }
        say(good ? "demo: all went well" : interrupted.get() ? "demo: interrupted" : "demo: FAILED");
    }

    private static void pause(Duration duration) throws InterruptedException {
        if (duration.isPositive()) {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        }
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private void say(String line) {
        PrintWriter out =
                json ? spec.commandLine().getErr() : spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
