package org.ehashpool.pool.ledger;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.ehashpool.pool.ledger.ShareLedger.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Commits the credits of all event loops together, one commit at a time. The first credit after a pause lingers a little
 * for others; while a commit is under way, credits gather and make the next, which begins at once. A commit whose outcome
 * is not known is tried again until it is. Bounded: {@link CommitLane#isOpen} says when there is no more room.
 *
 * <p>Loops meet here once in a turn, not once in a share.
 */
public final class GroupCommit {
    private static final Duration FIRST_RETRY = Duration.ofMillis(50);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);

    private final ShareLedger ledger;
    private final CommitSettings settings;
    private final Delay delay;
    private final LongSupplier nanoTime;
    private final CommitObserver observer;

    private final Object lock = new Object();
    private final Deque<Parcel> waiting = new ArrayDeque<>();
    private final List<Promise<Void>> settled = new ArrayList<>();
    private int waitingCredits;
    private boolean lingering;
    private boolean busy;
    private long credits;
    private volatile int pending;
    private volatile boolean away;
    private volatile boolean impatient;

    /** Runs something later. */
    @FunctionalInterface
    public interface Delay {
        /** Runs it once, on any thread, when the time has passed. */
        void after(Duration time, Runnable task);
    }

    /** What one loop handed over, or a part of it. */
    private record Parcel(CommitLane lane, List<ShareCredit> credits, long takenAt) {}

    /** One commit and the lanes that its credits go back to. */
    private record Batch(List<Parcel> parcels, List<ShareCredit> credits, long begunAt) {}

    /**
     * With nothing to commit yet.
     *
     * @param nanoTime monotonic, in nanoseconds
     */
    public GroupCommit(
            ShareLedger ledger, CommitSettings settings, Delay delay, LongSupplier nanoTime, CommitObserver observer) {
        this.ledger = ledger;
        this.settings = settings;
        this.delay = delay;
        this.nanoTime = nanoTime;
        this.observer = observer;
    }

    /**
     * A way for one event loop's credits.
     *
     * @param loop runs tasks one after the other
     */
    public CommitLane lane(Executor loop, CommitLane.Settlement settlement) {
        return new CommitLane(this, loop, settlement);
    }

    /** How it goes. */
    public LedgerStatus status() {
        synchronized (lock) {
            return new LedgerStatus(pending, away, !hasRoomFor(1), credits);
        }
    }

    /** Succeeds when nothing is pending any more, after the last outcomes have been passed to their loops. */
    public Future<Void> settled() {
        synchronized (lock) {
            if (pending == 0) {
                return Future.succeededFuture();
            }
            Promise<Void> promise = Promise.promise();
            settled.add(promise);
            return promise.future();
        }
    }

    boolean hasRoomFor(int more) {
        return !impatient && pending + more <= settings.pending();
    }

    void take(CommitLane lane, List<ShareCredit> handedOver) {
        synchronized (lock) {
            waiting.addLast(new Parcel(lane, handedOver, nanoTime.getAsLong()));
            waitingCredits += handedOver.size();
            pending += handedOver.size();
            if (busy) {
                return;
            }
            if (!settings.linger().isZero() && waitingCredits < settings.batch()) {
                if (!lingering) {
                    lingering = true;
                    delay.after(settings.linger(), this::lingered);
                }
                return;
            }
            busy = true;
        }
        next();
    }

    private void lingered() {
        synchronized (lock) {
            lingering = false;
            if (busy || waitingCredits == 0) {
                return;
            }
            busy = true;
        }
        next();
    }

    private void next() {
        Batch batch;
        synchronized (lock) {
            batch = gather();
        }
        attempt(batch, 1);
    }

    private Batch gather() {
        List<Parcel> parcels = new ArrayList<>();
        List<ShareCredit> all = new ArrayList<>(Math.min(waitingCredits, settings.batch()));
        while (all.size() < settings.batch() && !waiting.isEmpty()) {
            Parcel parcel = waiting.removeFirst();
            int room = settings.batch() - all.size();
            if (parcel.credits().size() > room) {
                List<ShareCredit> rest =
                        parcel.credits().subList(room, parcel.credits().size());
                waiting.addFirst(new Parcel(parcel.lane(), rest, parcel.takenAt()));
                parcel = new Parcel(parcel.lane(), parcel.credits().subList(0, room), parcel.takenAt());
            }
            parcels.add(parcel);
            all.addAll(parcel.credits());
        }
        waitingCredits -= all.size();
        return new Batch(parcels, all, nanoTime.getAsLong());
    }

    private void attempt(Batch batch, int number) {
        Future<List<Outcome>> commit;
        try {
            commit = ledger.commit(batch.credits());
        } catch (RuntimeException e) {
            commit = Future.failedFuture(e);
        }
        commit.onComplete(result -> done(batch, number, result));
    }

    private void done(Batch batch, int number, AsyncResult<List<Outcome>> result) {
        @Nullable List<Outcome> outcomes = result.succeeded() ? result.result() : null;
        if (outcomes == null || outcomes.size() != batch.credits().size()) {
            @Nullable Throwable cause = result.cause();
            failed(batch, number, cause == null ? new IllegalStateException("not an outcome per credit") : cause);
            return;
        }
        int from = 0;
        long now = nanoTime.getAsLong();
        for (Parcel parcel : batch.parcels()) {
            int to = from + parcel.credits().size();
            parcel.lane().settle(parcel.credits(), outcomes.subList(from, to));
            observer.recorded(parcel.credits().size(), now - parcel.takenAt());
            from = to;
        }
        succeeded(batch);
    }

    private void succeeded(Batch batch) {
        long nanos = nanoTime.getAsLong() - batch.begunAt();
        if (away) {
            observer.recovered(nanos);
        }
        observer.committed(batch.credits().size(), nanos);
        List<Promise<Void>> told = List.of();
        boolean more;
        synchronized (lock) {
            away = false;
            impatient = false;
            pending -= batch.credits().size();
            credits += batch.credits().size();
            more = waitingCredits > 0;
            busy = more;
            if (pending == 0) {
                told = List.copyOf(settled);
                settled.clear();
            }
        }
        told.forEach(Promise::tryComplete);
        if (more) {
            next();
        }
    }

    private void failed(Batch batch, int number, Throwable cause) {
        observer.failed(batch.credits().size(), number, cause);
        synchronized (lock) {
            away = true;
            impatient = nanoTime.getAsLong() - batch.begunAt()
                    >= settings.patience().toNanos();
        }
        int doublings = Math.min(number - 1, 10);
        Duration backoff = FIRST_RETRY.multipliedBy(1L << doublings);
        delay.after(backoff.compareTo(LONGEST_RETRY) < 0 ? backoff : LONGEST_RETRY, () -> attempt(batch, number + 1));
    }
}
