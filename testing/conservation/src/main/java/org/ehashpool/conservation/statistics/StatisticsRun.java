package org.ehashpool.conservation.statistics;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.conservation.Executor;
import org.ehashpool.conservation.books.Differences;
import org.ehashpool.conservation.books.Rows;
import org.ehashpool.conservation.books.Told;
import org.ehashpool.conservation.load.Load;
import org.ehashpool.conservation.load.LoadFigures;
import org.ehashpool.conservation.load.ShareLog;
import org.ehashpool.conservation.schedule.Link;
import org.ehashpool.conservation.schedule.Schedule;
import org.ehashpool.conservation.site.Program;
import org.ehashpool.conservation.site.Site;
import org.ehashpool.conservation.site.SiteConfig;
import org.ehashpool.mining.difficulty.Target;

/**
 * {@code ./ehash conserve --stats}: mines at a pool, kills and stops its statistics, their database and the pool, and compares
 * what the statistics say with the ledgers.
 */
public final class StatisticsRun {
    /** Miners that fill the pool's spool within a minute or two. */
    public static final int MANY = 800;

    private static final int KEYS = 5;
    private static final double SECONDS_PER_BLOCK = 5;
    private static final double MILLI = 1_000;
    private static final Duration REST = Duration.ofMinutes(3);
    private static final long GLANCE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int TELL_SECONDS = 5;
    private static final String DROPPED = "ehash_pool_stats_dropped";

    private final Schedule schedule;
    private final double rate;
    private final int miners;
    private final Path distribution;
    private final Path home;
    private final Consumer<String> say;
    private final LoadFigures figures = new LoadFigures(this::phase);
    private volatile long began;
    private volatile boolean loading;
    private volatile boolean full;

    /**
     * Nothing started yet.
     *
     * @param rate of all shares, a second
     * @param distribution the built programs
     * @param home for all files
     * @param say receives what a person may want to know
     */
    public StatisticsRun(
            Schedule schedule, double rate, int miners, Path distribution, Path home, Consumer<String> say) {
        this.schedule = schedule;
        this.rate = rate;
        this.miners = miners;
        this.distribution = distribution;
        this.home = home;
        this.say = say;
    }

    /** Whether nothing differs. */
    public boolean run() throws IOException, InterruptedException, SQLException {
        SecureRandom random = new SecureRandom();
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < KEYS; i++) {
            keys.add(SecretKey.random(random).publicKey().toString());
        }
        String bits = "%08x"
                .formatted(Target.ofExpectedHashes(Math.max(2, rate * SECONDS_PER_BLOCK))
                        .compactBits());
        say.accept("starting the suite …");
        try (Site site = Site.start(new SiteConfig(distribution, home, keys, bits, true, true, schedule.seed()))) {
            Thread ending = new Thread(closing(site));
            Runtime.getRuntime().addShutdownHook(ending);
            boolean good = run(site, keys);
            Runtime.getRuntime().removeShutdownHook(ending);
            return good;
        }
    }

    /** Processes are not left behind when this one is interrupted. */
    private static Runnable closing(Site site) {
        return site::close;
    }

    private boolean run(Site site, List<String> keys) throws IOException, InterruptedException, SQLException {
        began = System.nanoTime();
        loading = true;
        Executor executor =
                new Executor(site, this::elapsed, act -> say.accept("%6.1f s  %s".formatted(seconds(), act)));
        Load.Ways ways = new Load.Ways(
                List.of(site.pool(Link.MINER_POOL), site.pool(Link.OTHER_MINER_POOL)), site.sv1(), site.templates());
        Thread watching = Thread.ofVirtual().name("figures").start(() -> watch(site));
        try (ShareLog log = new ShareLog(home.resolve("shares"));
                Load _ = new Load(ways, keys, new Load.Crowd(miners, 0), this::pace, log, figures, schedule.seed())) {
            executor.run(schedule);
            executor.peace();
            loading = false;
            // The last answers.
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
        }
        watching.join();
        say.accept("the load is over; waiting until everything is told …");
        Differences differences = settle(site);
        report(site, differences);
        return differences.isEmpty();
    }

    /** Compares until nothing differs, or for so long. */
    private Differences settle(Site site) throws InterruptedException, SQLException {
        long deadline = System.nanoTime() + REST.plus(schedule.length()).toNanos();
        while (true) {
            LockSupport.parkNanos(GLANCE_NANOS);
            Differences differences = new Differences();
            try {
                Told told = told(site);
                told.compare(
                        site.program("pool").get("/api/v1/blocks?limit=500").path("blocks"), differences);
                if (differences.isEmpty()) {
                    say.accept(told.summary());
                    return differences;
                }
            } catch (IOException | SQLException away) {
                differences.add("not back in time", String.valueOf(away.getMessage()));
            }
            if (System.nanoTime() > deadline) {
                say.accept(told(site).summary());
                return differences;
            }
        }
    }

    private static Told told(Site site) {
        return new Told(new Rows(site.statisticsLogin()), new Rows(site.login("pool")), new Rows(site.login("mint")));
    }

    private void watch(Site site) {
        for (int second = 0; loading; second++) {
            double dropped = dropped(site);
            full = dropped > 0;
            if (second % TELL_SECONDS == 0) {
                say.accept(String.format(
                        Locale.ROOT,
                        "%6.1f s  %-12s sent %,d, acknowledged %,d; events dropped by the pool %s",
                        seconds(),
                        phase().text(),
                        figures.sentInAll(),
                        figures.acknowledgedInAll(),
                        dropped < 0 ? "unknown" : String.format(Locale.ROOT, "%,.0f", dropped)));
            }
            LockSupport.parkNanos(GLANCE_NANOS);
        }
    }

    /** Negative where nobody says. */
    private static double dropped(Site site) {
        try {
            return site.program("pool").metric(DROPPED);
        } catch (IOException away) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    private void report(Site site, Differences differences) {
        say.accept("");
        say.accept(String.format(
                Locale.ROOT, "%-14s %10s %10s %8s  %s", "phase", "sent", "accepted", "refused", "p50 / p99 / max, ms"));
        for (StatisticsPhase phase : StatisticsPhase.values()) {
            LoadFigures.PhaseFigures figuresOf = figures.of(phase);
            Histogram answers = figuresOf.acknowledgements();
            say.accept(String.format(
                    Locale.ROOT,
                    "%-14s %,10d %,10d %,8d  %.1f / %.1f / %.1f",
                    phase.text(),
                    figuresOf.sent(),
                    answers.getTotalCount(),
                    figuresOf.refused(),
                    answers.getValueAtPercentile(50) / MILLI,
                    answers.getValueAtPercentile(99) / MILLI,
                    answers.getMaxValue() / MILLI));
        }
        for (Program program : site.programs()) {
            say.accept(program.name() + ": killed " + program.kills() + " times, ended by itself "
                    + program.endings().size() + " times " + program.endings());
        }
        say.accept("the statistics' PostgreSQL: killed " + site.statisticsPostgresKills() + " times");
        say.accept("seed " + schedule.seed() + (differences.isEmpty() ? ": nothing differs" : ": DIFFERENCES"));
        differences.lines().forEach(line -> say.accept("  " + line));
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private double seconds() {
        return elapsed().toMillis() / 1e3;
    }

    private StatisticsPhase phase() {
        return StatisticsPhase.at(elapsed(), schedule.length(), full);
    }

    private double pace() {
        return loading ? rate : 0;
    }
}
