package org.ehashpool.benchmarks.stats;

import java.io.IOException;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.ehashpool.benchmarks.Machine;
import org.ehashpool.benchmarks.mint.DurableWrites;
import org.ehashpool.stats.message.StatsMessage;

/**
 * {@code ./ehash bench stats}: how many events a second the running statistics service keeps for good, and what each costs
 * it, PostgreSQL and the senders; with {@code --outage}, what an outage of it costs a sender, and how it catches up.
 */
public final class StatsLoadMain {
    private static final int USAGE_ERROR = 2;
    private static final String USAGE = """
            usage: ./ehash bench stats [--senders N] [--channels N] [--warm-up S] [--time S]
                   ./ehash bench stats --outage SECONDS [--rate N]
              --senders   that tell as fast as they are acknowledged (4)
              --channels  that all of them have together (2000)
              --warm-up   seconds before the measurement (10)
              --time      seconds of the measurement (30)
              --outage    the service is away while a sender is told the events of so many seconds
              --rate      of these, events a second (1000)
            """;

    private final Options options;
    private final StatsUnderLoad stats;
    private final PrintStream out;

    private record Options(int senders, int channels, int warmUp, int time, int outage, int rate) {
        static Options parse(String[] arguments) {
            Map<String, Integer> given = new HashMap<>(Map.of(
                    "--senders", 4, "--channels", 2000, "--warm-up", 10, "--time", 30, "--outage", 0, "--rate", 1000));
            for (int i = 0; i < arguments.length; i += 2) {
                if (!given.containsKey(arguments[i]) || i + 1 == arguments.length) {
                    throw new IllegalArgumentException("what is " + arguments[i] + "?");
                }
                given.put(arguments[i], Integer.parseInt(arguments[i + 1]));
            }
            return new Options(
                    given.getOrDefault("--senders", 0),
                    given.getOrDefault("--channels", 0),
                    given.getOrDefault("--warm-up", 0),
                    given.getOrDefault("--time", 0),
                    given.getOrDefault("--outage", 0),
                    given.getOrDefault("--rate", 0));
        }
    }

    private StatsLoadMain(Options options, StatsUnderLoad stats, PrintStream out) {
        this.options = options;
        this.stats = stats;
        this.out = out;
    }

    /** Exit status: 0 when everything was kept once, 1 when not, 2 for a command line that is not understood. */
    public static void main(String[] arguments) throws Exception {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println("bench stats: " + e.getMessage());
            System.err.print(USAGE);
            System.exit(USAGE_ERROR);
            return;
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Path directory = Files.createTempDirectory("stats-load");
        boolean good;
        try (StatsUnderLoad stats = new StatsUnderLoad(directory)) {
            out.println(Machine.describe());
            out.printf(
                    Locale.ROOT,
                    "fdatasync of one page after the other: %,.0f/s%n",
                    DurableWrites.perSecond(directory));
            good = options.outage() > 0
                    ? new StatsOutage(directory.resolve("spool"), stats, out).run(options.outage(), options.rate())
                    : new StatsLoadMain(options, stats, out).run();
        } finally {
            delete(directory);
        }
        System.exit(good ? 0 : 1);
    }

    private boolean run() throws IOException, InterruptedException {
        stats.start();
        int channels = options.channels() / options.senders();
        List<LoadSender> senders = new ArrayList<>();
        for (int number = 1; number <= options.senders(); number++) {
            StatsMessage.Hello hello = new StatsMessage.Hello(
                    1, 1, "pool", "load-" + number, Integer.toString(number).repeat(32), StatsUnderLoad.TOKEN, null);
            senders.add(new LoadSender(stats.port(), hello, new EventStream(channels), channels));
        }
        pause(options.warmUp());
        StatsUnderLoad.Reading before = stats.read();
        pause(options.time());
        StatsUnderLoad.Reading after = stats.read();
        long memory = stats.memory();
        for (LoadSender sender : senders) {
            sender.finish();
        }
        report(before, after, memory);
        return check(senders);
    }

    private void report(StatsUnderLoad.Reading before, StatsUnderLoad.Reading after, long memory) throws IOException {
        double seconds = (after.at() - before.at()) / 1e9;
        double events = after.events() - before.events();
        double micros = 1e6 / events;
        double service = (after.serviceSeconds() - before.serviceSeconds()) * micros;
        double postgres = (after.postgresSeconds() - before.postgresSeconds()) * micros;
        double own = (after.ownSeconds() - before.ownSeconds()) * micros;
        out.printf(Locale.ROOT, "%d senders, %d channels%n", options.senders(), options.channels());
        out.printf(
                Locale.ROOT,
                "events/s durable: %,.0f, by the clock, with the senders on the same cores%n",
                events / seconds);
        out.printf(
                Locale.ROOT,
                "processor time of an event, us: service %.2f, PostgreSQL %.2f, sender %.2f%n",
                service,
                postgres,
                own);
        out.printf(
                Locale.ROOT,
                "events/s of two cores for service and PostgreSQL alone: %,.0f%n",
                2 * 1e6 / (service + postgres));
        out.printf(
                Locale.ROOT,
                "an event: %.0f bytes of write-ahead log, %.0f bytes on disk; the service's memory: %,d KiB%n",
                (after.logBytes() - before.logBytes()) / events,
                stats.number("select sum(pg_total_relation_size(inhrelid))::bigint from pg_inherits"
                                + " where inhparent = 'event'::regclass")
                        / (double) stats.number("select count(*) from event"),
                memory);
    }

    /** Everything once. */
    private boolean check(List<LoadSender> senders) throws IOException {
        long events = senders.stream().mapToLong(one -> one.stream().seq()).sum();
        long accepted =
                senders.stream().mapToLong(one -> one.stream().accepted()).sum();
        String work = senders.stream()
                .map(one -> one.stream().work())
                .reduce(BigInteger.ZERO, BigInteger::add)
                .toString();
        String told = events + " " + accepted + " " + work;
        boolean good = true;
        for (String table : List.of("sample where subject = 0", "downstream", "session", "miner", "channel")) {
            String kept = stats.text(
                    "select (select count(*) from event) || ' ' || sum(accepted) || ' ' || sum(work) from " + table);
            if (!kept.equals(told)) {
                out.println("WRONG: told " + told + ", but " + table + " has " + kept);
                good = false;
            }
        }
        if (good) {
            out.printf(Locale.ROOT, "checked: %,d events, %,d shares, each of them once%n", events, accepted);
        }
        return good;
    }

    static void pause(int seconds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    static void delete(Path directory) throws IOException {
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
