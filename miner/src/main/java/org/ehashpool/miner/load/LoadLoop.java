package org.ehashpool.miner.load;

import io.netty.channel.EventLoop;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.ehashpool.mining.share.ShareValidator;

/** All channels of one event loop, and the pace at which they submit. Everything but the counts belongs to the loop. */
final class LoadLoop {
    private static final long TICK_MICROS = 1_000;
    /** Then the loop reads what has come in, even if more is due. */
    private static final int MAX_PER_TICK = 1_000;

    private static final int FILLS_PER_TICK = 1_000;
    private static final int ATTEMPTS = 64;

    private final EventLoop loop;
    private final LoadTally tally;
    private final LongSupplier nanoTime;
    private final int window;
    private final InstantSource clock;
    private final ShareValidator validator = new ShareValidator();
    private final List<LoadChannel<?>> channels = new ArrayList<>();
    private final Deque<LoadChannel<?>> toFill = new ArrayDeque<>();
    private final Latencies latencies = new Latencies();
    private Schedule schedule = new Schedule(0, 0);
    private boolean running;
    private boolean ticking;
    private long sent;
    private int turn;

    LoadLoop(EventLoop loop, LoadTally tally, LongSupplier nanoTime, int window, InstantSource clock) {
        this.loop = loop;
        this.tally = tally;
        this.nanoTime = nanoTime;
        this.window = window;
        this.clock = clock;
    }

    ShareValidator validator() {
        return validator;
    }

    InstantSource clock() {
        return clock;
    }

    /** Shares of a channel that may be unanswered. */
    int window() {
        return window;
    }

    LongSupplier nanoTime() {
        return nanoTime;
    }

    LoadTally tally() {
        return tally;
    }

    void add(LoadChannel<?> channel) {
        channels.add(channel);
    }

    int channels() {
        return channels.size();
    }

    /** The channel has work, or has used up some of what was found ahead. */
    void fill(LoadChannel<?> channel) {
        if (channel.needsFilling()) {
            toFill.add(channel);
        }
        if (!ticking) {
            ticking = true;
            loop.execute(this::tick);
        }
    }

    /** Begins to submit. */
    void begin(Schedule when) {
        schedule = when;
        running = true;
        if (!ticking) {
            ticking = true;
            loop.execute(this::tick);
        }
    }

    /**
     * Submits no more.
     *
     * @return shares that were due and not sent
     */
    long end() {
        long due = schedule.count(nanoTime.getAsLong());
        // What became due since the last tick was not held up by anybody.
        sendUntil(due);
        running = false;
        return Math.max(0, due - sent);
    }

    private void tick() {
        long due = running ? schedule.count(nanoTime.getAsLong()) : sent;
        boolean stuck = sendUntil(due);
        boolean filled = fillSome();
        if (!running && filled) {
            ticking = false;
        } else if (sent < due && !stuck) {
            loop.execute(this::tick);
        } else {
            var _ = loop.schedule(this::tick, TICK_MICROS, TimeUnit.MICROSECONDS);
        }
    }

    /** Sends what is due, or a good part of it; true: no channel can send. */
    private boolean sendUntil(long due) {
        int now = 0;
        boolean stuck = false;
        while (sent < due && now < MAX_PER_TICK && !stuck) {
            stuck = !sendOne(schedule.due(sent));
            if (!stuck) {
                sent++;
                now++;
            }
        }
        tally.sent.add(now);
        return stuck;
    }

    private boolean sendOne(long due) {
        for (int i = 0; i < channels.size(); i++) {
            turn = turn + 1 < channels.size() ? turn + 1 : 0;
            LoadChannel<?> channel = channels.get(turn);
            if (channel.send(due)) {
                if (channel.needsFilling()) {
                    toFill.add(channel);
                }
                return true;
            }
        }
        return false;
    }

    /** Whether nothing is left to fill. */
    private boolean fillSome() {
        for (int i = Math.min(FILLS_PER_TICK, toFill.size()); i > 0; i--) {
            LoadChannel<?> channel = toFill.remove();
            if (channel.fill(ATTEMPTS)) {
                channel.filled();
            } else {
                toFill.add(channel);
            }
        }
        return toFill.isEmpty();
    }

    /** A share was answered that was due then. */
    void answered(long due) {
        latencies.add(nanoTime.getAsLong() - due);
        tally.answered.increment();
    }

    Latencies latencies() {
        return latencies;
    }

    EventLoop eventLoop() {
        return loop;
    }
}
