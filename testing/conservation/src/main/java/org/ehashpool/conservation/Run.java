package org.ehashpool.conservation;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.conservation.books.Differences;
import org.ehashpool.conservation.books.Rows;
import org.ehashpool.conservation.load.Load;
import org.ehashpool.conservation.load.LoadFigures;
import org.ehashpool.conservation.load.ShareLog;
import org.ehashpool.conservation.schedule.Link;
import org.ehashpool.conservation.schedule.Phase;
import org.ehashpool.conservation.schedule.Schedule;
import org.ehashpool.conservation.site.Site;
import org.ehashpool.conservation.site.SiteConfig;
import org.ehashpool.mining.difficulty.Target;

/** One run: starts the suite, loads it, does violence to it, lets it come to rest, compares. */
final class Run {
    private static final int KEYS = 5;
    private static final double LOAD = 0.8;
    /** A block now and then, so that tips change under the miners. */
    private static final double SECONDS_PER_BLOCK = 5;

    private static final long GLANCE_NANOS = 200_000_000L;
    private static final Duration REST = Duration.ofMinutes(4);

    private final Schedule schedule;
    private final double rate;
    private final boolean fold;
    private final Path distribution;
    private final Path home;
    private final Consumer<String> say;
    private final List<SecretKey> secrets = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private final LoadFigures figures = new LoadFigures(this::phase);
    private final Differences differences = new Differences();
    private volatile long began;
    private volatile boolean loading;

    /**
     * Nothing started yet.
     *
     * @param rate of quotes that the machine can do, a second
     * @param fold whether credits of one key may share a quote
     * @param distribution the built programs
     * @param home for all files
     * @param say receives what a person may want to know
     */
    Run(Schedule schedule, double rate, boolean fold, Path distribution, Path home, Consumer<String> say) {
        this.schedule = schedule;
        this.rate = rate;
        this.fold = fold;
        this.distribution = distribution;
        this.home = home;
        this.say = say;
        SecureRandom random = new SecureRandom();
        for (int i = 0; i < KEYS; i++) {
            SecretKey secret = SecretKey.random(random);
            secrets.add(secret);
            keys.add(secret.publicKey().toString());
        }
    }

    /** Whether nothing differs. */
    boolean run() throws IOException, InterruptedException, SQLException {
        List<String> users = new ArrayList<>(keys);
        users.add(Load.FARM);
        String bits = "%08x"
                .formatted(Target.ofExpectedHashes(Math.max(2, rate * LOAD * SECONDS_PER_BLOCK))
                        .compactBits());
        say.accept("starting the suite …");
        try (Site site = Site.start(new SiteConfig(distribution, home, users, bits, fold, false, schedule.seed()))) {
            Thread ending = new Thread(closing(site));
            Runtime.getRuntime().addShutdownHook(ending);
            boolean good = run(site);
            Runtime.getRuntime().removeShutdownHook(ending);
            return good;
        }
    }

    /** Processes are not left behind when this one is interrupted. */
    private static Runnable closing(Site site) {
        return site::close;
    }

    private boolean run(Site site) throws IOException, InterruptedException, SQLException {
        began = System.nanoTime();
        loading = true;
        ShareLog log = new ShareLog(home.resolve("shares"));
        // So few that the next commit clears them.
        long enough = Math.max(50, Math.round(rate * LOAD * 2));
        Watch watch = new Watch(site, this::elapsed, schedule.length(), figures, enough, say);
        Executor executor =
                new Executor(site, this::elapsed, act -> say.accept("%6.1f s  %s".formatted(seconds(), act)));
        Load.Ways ways = new Load.Ways(
                List.of(site.pool(Link.MINER_POOL), site.pool(Link.OTHER_MINER_POOL)), site.sv1(), site.templates());
        Thread watching = Thread.ofVirtual().name("figures").start(watch);
        try (Load _ = new Load(ways, keys, Load.Crowd.USUAL, this::pace, log, figures, schedule.seed())) {
            executor.run(schedule);
            executor.peace();
            loading = false;
            // The last answers.
            LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
        }
        say.accept("the load is over; waiting for everything to come to rest …");
        watch.load(false);
        boolean rested = settle(site);
        watch.stop();
        watching.join();
        Settlement settlement = new Settlement(site, secrets, keys, home, distribution, say);
        if (!rested) {
            differences.add("not at rest in time", restDeadline().toString());
        }
        List<String> settled = settlement.compare(log, differences, restDeadline());
        Report.print(schedule, figures, watch, site, settled, differences, say);
        return differences.isEmpty();
    }

    private Duration restDeadline() {
        return REST.plus(schedule.length());
    }

    /** Waits until nothing waits for a quote; false when it takes too long. */
    private boolean settle(Site site) throws InterruptedException {
        long deadline = System.nanoTime() + restDeadline().toNanos();
        Rows pool = new Rows(site.login("pool"));
        while (System.nanoTime() < deadline) {
            try {
                BigInteger waiting = pool.number("select (select count(*) from pool.share where amount is not null"
                        + " and order_id is null) + (select count(*) from pool.quote_order where state <> 'quoted')");
                if (waiting.signum() == 0 && site.isReady()) {
                    return true;
                }
            } catch (SQLException away) {
                // PostgreSQL may still be on its way back.
                LockSupport.parkNanos(GLANCE_NANOS);
            }
            LockSupport.parkNanos(GLANCE_NANOS);
        }
        return false;
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private double seconds() {
        return elapsed().toMillis() / 1e3;
    }

    private Phase phase() {
        return Phase.at(elapsed(), schedule.length());
    }

    private double pace() {
        return loading ? rate * LOAD * phase().load() : 0;
    }
}
