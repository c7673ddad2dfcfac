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
import picocli.CommandLine.Spec;

/**
 * Runs the suite as separate processes with nothing installed: a template provider on its embedded chain, the pool, and
 * a miner. Exit status: 0 all went well, 1 something failed.
 */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Run the suite on embedded defaults, mining, and show what it does.")
public final class DemoCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();
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

    private final AtomicBoolean interrupted = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);

    @Override
    public Integer call() throws Exception {
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

    private int run() throws IOException, InterruptedException {
        long began = System.nanoTime();
        Path home = Launch.home().resolve("demo");
        try (HttpClient client = HttpClient.newHttpClient()) {
            DemoSuite suite = new DemoSuite(home, client, interrupted::get, this::say);
            say("data and logs: " + home);
            DemoFigures figures = DemoFigures.NONE;
            Map<String, State> states = new LinkedHashMap<>();
            boolean good = false;
            try {
                good = suite.start(bits, threads) && mine(suite, began);
            } finally {
                say("stopping …");
                State miner = suite.stopMining();
                if (good) {
                    figures = suite.figures();
                }
                states.putAll(suite.stopServices());
                states.put("miner", miner);
            }
            good &= figures.sharesAccepted() > 0 && states.values().stream().allMatch(state -> state == State.STOPPED);
            finish(figures, states, began, good);
            return good ? 0 : 1;
        }
    }

    /** Shows how it goes, until the time is over; whether everything ran until then. */
    private boolean mine(DemoSuite suite, long began) throws IOException, InterruptedException {
        long mining = System.nanoTime();
        long blocks = 0;
        while (!isOver(mining)) {
            long round = System.nanoTime();
            List<String> ended = suite.ended();
            if (!ended.isEmpty() && !interrupted.get()) {
                ended.forEach(which -> say("ended by itself: " + which));
                return false;
            }
            DemoFigures figures = suite.figures();
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

    private void finish(DemoFigures figures, Map<String, State> states, long began, boolean good)
            throws JsonProcessingException {
        say("shares accepted %d, rejected %d, blocks found %d, shares that the miner was told count %d"
                .formatted(
                        figures.sharesAccepted(),
                        figures.sharesRejected(),
                        figures.blocksFound(),
                        figures.minerAccepted()));
        if (json) {
            Map<String, String> services = new LinkedHashMap<>();
            states.forEach((name, state) -> services.put(name, state.text()));
            Map<String, Object> report = new LinkedHashMap<>();
            report.put("seconds", Math.round(seconds(began) * 10) / 10.0);
            report.put("shares_accepted", figures.sharesAccepted());
            report.put("shares_rejected", figures.sharesRejected());
            report.put("blocks_found", figures.blocksFound());
            report.put("miner_shares_accepted", figures.minerAccepted());
            report.put("services", services);
            spec.commandLine().getOut().println(JSON.writeValueAsString(report));
            spec.commandLine().getOut().flush();
        }
        say(good ? "demo: all went well" : "demo: FAILED");
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
