package org.ehashpool.pool.outbox;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.ehashpool.pool.outbox.OrderTable.Backlog;

/** Looks now and then what waits for a quote, and says when it is too much. Used on one event loop, read from anywhere. */
final class BacklogWatch {

    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(5);
    /** Of the time, at most a twentieth is spent looking. */
    private static final long RESPECT = 20;

    private final OutboxTransactions transactions;
    private final NodeOwnership ownership;
    private final OutboxConfig config;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private volatile BacklogView view = BacklogView.NONE;
    private boolean looking;
    private boolean looked;
    private long nextLook;

    BacklogWatch(
            OutboxTransactions transactions,
            NodeOwnership ownership,
            OutboxConfig config,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.transactions = transactions;
        this.ownership = ownership;
        this.config = config;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** As it was when it was last looked at. */
    BacklogView view() {
        return view;
    }

    /** Looks, if it is time. */
    void tick() {
        long began = nanoTime.getAsLong();
        if (looking || (looked && began - nextLook < 0)) {
            return;
        }
        looking = true;
        looked = true;
        transactions
                .run(sql -> new OrderTable(sql).backlog(ownership.hold(sql), config.backlogLimit()))
                .onComplete(
                        found -> {
                            ended(began);
                            found(found);
                        },
                        failure -> {
                            ended(began);
                            OutboxEvents.failed("look at the backlog", failure);
                        });
    }

    private void ended(long began) {
        long now = nanoTime.getAsLong();
        looking = false;
        nextLook = began + Math.max(INTERVAL_NANOS, RESPECT * (now - began));
    }

    private void found(Backlog now) {
        long at = clock.millis();
        long age = now.oldest().map(oldest -> Math.max(0, at - oldest)).orElse(0L);
        boolean late = age > config.backlogAlarm().toMillis();
        boolean full = now.shares() >= config.backlogLimit();
        BacklogView before = view;
        view = new BacklogView(now, at, age, late, full);
        if (late && !before.late()) {
            OutboxEvents.late(now.shares(), Duration.ofMillis(age));
        } else if (!late && before.late()) {
            OutboxEvents.lateNoMore();
        }
        if (full && !before.full()) {
            OutboxEvents.full(now.shares(), config.backlogLimit());
        } else if (!full && before.full()) {
            OutboxEvents.fullNoMore(now.shares());
        }
    }
}
