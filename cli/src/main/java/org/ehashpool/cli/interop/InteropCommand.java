package org.ehashpool.cli.interop;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ehashpool.cli.demo.DurationConverter;
import org.ehashpool.cli.interop.Scenario.EndPlay;
import org.ehashpool.cli.interop.Scenario.SitePlay;
import org.ehashpool.noise.curve.CurveSelection;
import org.ehashpool.noise.curve.Secp256k1;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Plays scenarios between foreign software and each of our ends; the exit status says whether all passed. */
@Command(
        name = "interop",
        description = {
            "Prove our Stratum V2 ends, the suite and the mint against software we did not write.",
            "Peers are executables; testing/interop/README.md says how to come by them."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:every scenario that could run passed",
            "1:at least one failed",
            "2:wrong arguments, or nothing to run"
        },
        mixinStandardHelpOptions = true)
public final class InteropCommand implements Callable<Integer> {
    private static final int PASSED = 0;
    private static final int FAILED = 1;
    private static final int NOTHING_RUN = 2;
    private static final Duration LONGEST_MINING = Duration.ofHours(24);

    private final SecureRandom random;
    private final InstantSource clock;
    private final Function<Secp256k1, List<OurEnd>> endsOver;
    private final List<Scenario> scenarios;

    @Option(
            names = "--peer",
            paramLabel = "NAME=PATH",
            description = "An executable and the name of what it is; repeatable. See --list for the names.")
    private Map<String, Path> peers = new LinkedHashMap<>();

    @Option(
            names = "--scenario",
            paramLabel = "PATTERN",
            description = "Only scenarios of this name, * for any characters; repeatable.")
    private List<String> patterns = new ArrayList<>();

    @Option(names = "--end", paramLabel = "NAME", description = "Only this end of ours; repeatable.")
    private List<String> endNames = new ArrayList<>();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "The longest wait for a peer's next sign of life. Default: ${DEFAULT-VALUE}")
    private long timeoutSeconds;

    @Option(
            names = "--mine-for",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = DurationConverter.class,
            description = "How long scenarios mine that count shares, like 5m. Default: ${DEFAULT-VALUE}")
    private Duration mining = Duration.ZERO;

    @Option(names = "--list", description = "Print the scenarios, the peers and our ends; run nothing.")
    private boolean list;

    @Option(names = "--json", description = "Print one JSON document instead of a table.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    /** The command as {@code ./ehash} runs it. */
    public InteropCommand() {
        this(new SecureRandom(), InstantSource.system());
    }

    /**
     * The command with all our ends and all scenarios.
     *
     * @param random for keys
     * @param clock for certificates
     */
    public InteropCommand(SecureRandom random, InstantSource clock) {
        this(random, clock, curve -> List.of(new SocketEnd(curve, random, clock)), everything());
    }

    /** @param ends our ends, made when the command runs: the curve loads a native library */
    InteropCommand(
            SecureRandom random,
            InstantSource clock,
            Function<Secp256k1, List<OurEnd>> ends,
            List<Scenario> scenarios) {
        this.random = random;
        this.clock = clock;
        this.endsOver = ends;
        this.scenarios = List.copyOf(scenarios);
    }

    static List<Scenario> everything() {
        return Stream.of(Scenarios.all(), SuiteScenarios.all(), TranslatorScenarios.all(), WalletScenarios.all())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = commandSpec().commandLine().getOut();
        Secp256k1 curve = CurveSelection.select(random).curve();
        List<OurEnd> ends = endsOver.apply(curve);
        if (list) {
            scenarios.forEach(scenario -> out.println(scenario.title()));
            out.println("peers: " + String.join(", ", peerNames()));
            out.println("our ends: " + String.join(", ", endNames(ends)));
            out.flush();
            return PASSED;
        }
        checkPeers();
        List<OurEnd> chosenEnds = chosenEnds(ends);
        List<Scenario> chosen = chosenScenarios();
        Player player = new Player(peers, chosenEnds, Duration.ofSeconds(timeoutSeconds), mining, curve, random, clock);
        Report report = new Report(out);
        if (!json) {
            report.head();
        }
        List<Verdict> verdicts = new ArrayList<>();
        for (Scenario scenario : chosen) {
            for (Verdict verdict : player.play(scenario)) {
                verdicts.add(verdict);
                if (!json) {
                    report.row(verdict);
                }
            }
        }
        if (json) {
            report.json(verdicts);
        } else {
            report.foot(verdicts);
        }
        return status(verdicts);
    }

    private int status(List<Verdict> verdicts) {
        if (Report.count(verdicts, Verdict.Result.Failed.class) > 0) {
            return FAILED;
        }
        if (Report.count(verdicts, Verdict.Result.Passed.class) > 0) {
            return PASSED;
        }
        PrintWriter errors = commandSpec().commandLine().getErr();
        errors.println("Nothing was run: give --peer NAME=PATH, with " + String.join(" or ", peerNames())
                + " for NAME; docs/interop.md says how to come by them.");
        errors.flush();
        return NOTHING_RUN;
    }

    private void checkPeers() {
        peers.forEach((name, path) -> {
            if (!peerNames().contains(name)) {
                throw wrong("no peer is called " + name + "; there are " + String.join(", ", peerNames()));
            }
            if (!Files.isRegularFile(path) || !Files.isExecutable(path)) {
                throw wrong("--peer " + name + ": " + path + " is no executable file");
            }
        });
        if (timeoutSeconds < 1 || timeoutSeconds > 600) {
            throw wrong("--timeout is 1 to 600 seconds, not " + timeoutSeconds);
        }
        if (mining.compareTo(LONGEST_MINING) > 0) {
            throw wrong("--mine-for is at most " + LONGEST_MINING.toHours() + " hours");
        }
    }

    private List<Scenario> chosenScenarios() {
        List<Scenario> chosen = scenarios.stream()
                .filter(scenario ->
                        patterns.isEmpty() || patterns.stream().anyMatch(pattern -> matches(pattern, scenario.title())))
                .filter(scenario -> switch (scenario.play()) {
                    case EndPlay play -> true;
                    case SitePlay play -> endNames.isEmpty() || endNames.contains(Player.SUITE);
                })
                .toList();
        if (chosen.isEmpty()) {
            throw wrong("no scenario matches " + String.join(", ", patterns) + "; --list names them");
        }
        return chosen;
    }

    private static boolean matches(String pattern, String title) {
        return title.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q"));
    }

    private List<OurEnd> chosenEnds(List<OurEnd> ends) {
        List<String> known = endNames(ends);
        for (String name : endNames) {
            if (!known.contains(name)) {
                throw wrong("no end of ours is called " + name + "; there are " + String.join(", ", known));
            }
        }
        return ends.stream()
                .filter(end -> endNames.isEmpty() || endNames.contains(end.name()))
                .toList();
    }

    private static List<String> endNames(List<OurEnd> ends) {
        return Stream.concat(ends.stream().map(OurEnd::name), Stream.of(Player.SUITE))
                .toList();
    }

    private List<String> peerNames() {
        return scenarios.stream()
                .flatMap(scenario -> scenario.peers().stream())
                .distinct()
                .toList();
    }

    private ParameterException wrong(String message) {
        return new ParameterException(commandSpec().commandLine(), message);
    }

    private CommandSpec commandSpec() {
        if (spec == null) {
            throw new IllegalStateException("run by picocli only");
        }
        return spec;
    }
}
