package org.ehashpool.conservation;

import java.math.BigInteger;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.ehashpool.conservation.books.Rows;
import org.ehashpool.conservation.load.LoadFigures;
import org.ehashpool.conservation.schedule.Phase;
import org.ehashpool.conservation.site.Program;
import org.ehashpool.conservation.site.Site;

/** Looks at the pool's backlog every second, and tells how it goes every few. */
final class Watch implements Runnable {
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int TELL_SECONDS = 5;

    private final Site site;
    private final Rows pool;
    private final Supplier<Duration> clock;
    private final Duration length;
    private final LoadFigures figures;
    private final Consumer<String> say;
    private final Map<Phase, Long> peaks = new EnumMap<>(Phase.class);
    private final CatchUp afterAbsence;
    private final CatchUp afterAll;
    private volatile boolean loaded = true;
    private volatile boolean stopping;

    Watch(
            Site site,
            Supplier<Duration> clock,
            Duration length,
            LoadFigures figures,
            long enough,
            Consumer<String> say) {
        this.site = site;
        this.pool = new Rows(site.login("pool"));
        this.clock = clock;
        this.length = length;
        this.figures = figures;
        this.say = say;
        afterAbsence = new CatchUp(enough);
        afterAll = new CatchUp(0);
    }

    @Override
    public void run() {
        for (int second = 0; !stopping; second++) {
            long waiting = look();
            if (second % TELL_SECONDS == 0) {
                tell(waiting);
            }
            LockSupport.parkNanos(SECOND_NANOS);
        }
    }

    /** Shares that wait for a quote; negative when nobody says. */
    private synchronized long look() {
        Phase phase = Phase.at(clock.get(), length);
        try {
            long waiting = pool.number("""
                    select (select count(*) from pool.share where amount is not null and order_id is null)
                        + (select coalesce(sum(share_count), 0) from pool.quote_order where state <> 'quoted')""").longValue();
            if (loaded) {
                peaks.merge(phase, waiting, Math::max);
            }
            if (!loaded) {
                take(afterAll, waiting);
            } else if (phase == Phase.CATCHING_UP && !afterAbsence.isDone()) {
                take(afterAbsence, waiting);
            }
            return waiting;
        } catch (SQLException away) {
            return -1;
        }
    }

    private void take(CatchUp caughtUp, long waiting) throws SQLException {
        BigInteger quotes = pool.number("select count(*) from pool.quote_order where state = 'quoted'");
        BigInteger shares =
                pool.number("select coalesce(sum(share_count), 0) from pool.quote_order where state = 'quoted'");
        caughtUp.take(new CatchUp.Sample(System.nanoTime(), waiting, quotes.longValue(), shares.longValue()));
    }

    private void tell(long waiting) {
        StringBuilder states = new StringBuilder();
        for (Program program : site.programs()) {
            states.append(' ').append(program.name()).append(state(program));
        }
        say.accept(String.format(
                Locale.ROOT,
                "%6.1f s  %-20s sent %,d, acknowledged %,d, refused %,d, backlog %s;%s",
                clock.get().toMillis() / 1e3,
                loaded ? Phase.at(clock.get(), length).text() : "rest",
                figures.sentInAll(),
                figures.acknowledgedInAll(),
                figures.refusals().values().stream().mapToLong(Long::longValue).sum(),
                waiting < 0 ? "unknown" : String.format(Locale.ROOT, "%,d", waiting),
                states));
    }

    private static String state(Program program) {
        try {
            return program.isReady() ? " ready" : " NOT READY";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    /** Whether there is load. */
    void load(boolean present) {
        loaded = present;
    }

    /** Takes a last look. */
    void stop() {
        look();
        stopping = true;
    }

    /** The most shares that waited for a quote in a phase, as seen every second. */
    long peak(Phase phase) {
        return peaks.getOrDefault(phase, 0L);
    }

    /** How the backlog of a mint's absence went. */
    CatchUp afterAbsence() {
        return afterAbsence;
    }

    /** How the last backlog went, without load. */
    CatchUp afterAll() {
        return afterAll;
    }
}
