package org.ehashpool.conservation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.ehashpool.conservation.schedule.Schedule;
import org.ehashpool.conservation.statistics.StatisticsRun;
import org.ehashpool.conservation.statistics.StatisticsSchedule;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./ehash conserve}. */
@Command(
        name = "./ehash conserve",
        mixinStandardHelpOptions = true,
        description = {
            "Run the suite under load, kill and cut it by a schedule, and prove that every acknowledged share was paid"
                    + " once.",
            "",
            "The schedule is the same for the same seed and length."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:nothing differs",
            "1:something differs, or was not done in time; logs are kept",
            "2:wrong arguments"
        })
public final class ConservationMain implements Callable<Integer> {
    private static final Duration MARGIN = Duration.ofMinutes(25);
    private static final int TOO_LATE = 1;

    @Option(names = "--minutes", paramLabel = "N", description = "How long the load lasts (default: 5).")
    private double minutes = 5;

    @Option(names = "--seed", paramLabel = "N", description = "Of the schedule (default: 1).")
    private long seed = 1;

    @Option(
            names = "--rate",
            paramLabel = "SHARES_PER_SECOND",
            description =
                    "The rate of quotes that the machine can do; the load is 80 %% of it, and ten times that for a"
                            + " tenth of the time (default: 200).")
    private double rate = 200;

    @Option(names = "--no-fold", description = "Each share has its own quote, however many wait.")
    private boolean alone;

    @Option(
            names = "--stats",
            description = "Kill and stop the pool's statistics, their database and the pool instead, and prove that the"
                    + " statistics say what the ledger says, and do not slow mining; --rate is shares a second.")
    private boolean statistics;

    @Option(names = "--schedule", description = "Print the schedule and do nothing.")
    private boolean scheduleOnly;

    @Option(names = "--keep", description = "Keep all files, whatever comes of it.")
    private boolean keep;

    @Option(names = "--directory", paramLabel = "DIR", description = "Where files go (default: a temporary directory).")
    private Optional<Path> directory = Optional.empty();

    /** Exits with the status that the command's help explains. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ConservationMain()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        if (!(minutes >= 0.5 && minutes <= 600) || !(rate >= 1 && rate <= 100_000)) {
            throw new CommandLine.ParameterException(
                    new CommandLine(this), "--minutes from 0.5 to 600, --rate from 1 to 100000");
        }
        Duration length =
                Duration.ofMillis(Math.round(minutes * Duration.ofMinutes(1).toMillis()));
        Schedule schedule = statistics ? StatisticsSchedule.draw(seed, length) : Schedule.draw(seed, length);
        System.out.println("seed " + seed + ", " + length);
        schedule.acts()
                .forEach(planned -> System.out.printf(
                        "  %6.1f s  %s%n",
                        planned.at().toMillis() / 1e3, planned.act().text()));
        if (scheduleOnly) {
            return 0;
        }
        String distribution = System.getenv().getOrDefault("EHASH_DIST", "");
        if (distribution.isBlank()) {
            throw new IllegalStateException("EHASH_DIST is not set: start this by ./ehash");
        }
        Path home = directory.isPresent()
                ? Files.createDirectories(directory.get().toAbsolutePath())
                : Files.createTempDirectory("ehash-conserve-");
        haltAfter(length.multipliedBy(3).plus(MARGIN), home);
        boolean good = false;
        try {
            good = statistics
                    ? new StatisticsRun(
                                    schedule,
                                    rate,
                                    StatisticsRun.MANY,
                                    Path.of(distribution),
                                    home,
                                    System.out::println)
                            .run()
                    : new Run(schedule, rate, !alone, Path.of(distribution), home, System.out::println).run();
        } finally {
            if (good && !keep) {
                delete(home);
            } else {
                System.out.println("files are in " + home + ", logs in " + home.resolve("logs"));
            }
        }
        return good ? 0 : 1;
    }

    /** Every wait has a deadline of its own; this one is for what was not thought of. */
    private static void haltAfter(Duration most, Path home) {
        Thread.ofPlatform().daemon().name("deadline").start(() -> {
            LockSupport.parkNanos(most.toNanos());
            System.err.println("not done after " + most + "; files are in " + home);
            System.exit(TOO_LATE);
        });
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
