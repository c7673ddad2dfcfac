package org.ehashpool.kit.stats;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.ehashpool.kit.stats.spool.Spool;
import org.ehashpool.kit.stats.spool.SpoolRecord;
import org.ehashpool.stats.event.StatsEvent;
import org.ehashpool.stats.message.MessageJson;
import org.ehashpool.stats.message.StatsMessage;
import org.jspecify.annotations.Nullable;

/**
 * Numbers events and puts them into the spool. An event that finds no room in the queue, or none on disk, uses up a number
 * all the same: a receiver sees from the numbers what is missing.
 */
final class SpoolWriter {
    private static final int BATCH = 1_024;
    private static final long PERIOD_MILLIS = 200;
    private static final long SYNC_NANOS = TimeUnit.SECONDS.toNanos(1);

    private record Stamped(long at, StatsEvent event) {}

    private final BlockingQueue<Stamped> queue;
    private final AtomicLong turnedAway = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private long seq;
    private volatile long numbered;
    private long syncedAt;
    private boolean dirty;

    SpoolWriter(int queue, InstantSource clock, LongSupplier nanoTime) {
        this.queue = new LinkedBlockingQueue<>(queue);
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.syncedAt = nanoTime.getAsLong();
    }

    /** From any thread; never waits. */
    void offer(StatsEvent event) {
        if (!queue.offer(new Stamped(clock.millis(), event))) {
            turnedAway.incrementAndGet();
        }
    }

    /** Events that were dropped so far, for want of room here or on disk. */
    long dropped() {
        return dropped.get() + turnedAway.get();
    }

    /**
     * Moves what is in the queue to the spool; waits a moment for something to move.
     *
     * @return whether anything was moved
     */
    boolean move(Spool spool) throws InterruptedException {
        @Nullable Stamped first = queue.poll(PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        boolean moved = first != null;
        if (first != null) {
            List<Stamped> batch = new ArrayList<>();
            batch.add(first);
            queue.drainTo(batch, BATCH - 1);
            append(spool, batch);
        }
        sync(spool);
        return moved;
    }

    /** The last number that was used, as of a moment ago. */
    long numbered() {
        return numbered;
    }

    /** Events that are not on disk yet, as of a moment ago. */
    int waiting() {
        return queue.size();
    }

    boolean isIdle() {
        return queue.isEmpty();
    }

    private void append(Spool spool, List<Stamped> batch) {
        List<SpoolRecord> records = new ArrayList<>();
        for (Stamped stamped : batch) {
            seq++;
            byte @Nullable [] payload = payload(stamped);
            if (payload == null) {
                lost(1);
            } else {
                records.add(new SpoolRecord(seq, payload));
            }
        }
        // Those came after what was in the queue when it was full.
        long missing = turnedAway.getAndSet(0);
        if (missing > 0) {
            seq += missing;
            lost(missing);
        }
        numbered = seq;
        if (records.isEmpty()) {
            return;
        }
        try {
            spool.append(records);
            dirty = true;
        } catch (IOException e) {
            PublisherEvents.spoolFailed(e);
            lost(records.size());
        }
    }

    private byte @Nullable [] payload(Stamped stamped) {
        try {
            return MessageJson.write(new StatsMessage.Event(seq, stamped.at(), stamped.event()));
        } catch (IllegalArgumentException e) {
            // Too long for a frame.
            return null;
        }
    }

    private void lost(long events) {
        dropped.addAndGet(events);
        PublisherEvents.dropped(events);
    }

    private void sync(Spool spool) {
        long now = nanoTime.getAsLong();
        if (dirty && now - syncedAt >= SYNC_NANOS) {
            syncedAt = now;
            dirty = false;
            try {
                spool.sync();
            } catch (IOException e) {
                PublisherEvents.spoolFailed(e);
            }
        }
    }
}
