package org.ehashpool.mint.work;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/** Runs operations off the event loops, each on a virtual thread of its own, a bounded number at a time. */
public final class Operations implements AutoCloseable {

    private final int limit;
    private final Semaphore permits;
    private volatile boolean closing;

    /**
     * An execution of its own.
     *
     * @param limit operations at a time; one more is refused
     */
    public Operations(int limit) {
        this.limit = limit;
        this.permits = new Semaphore(limit);
    }

    /**
     * Runs a blocking operation.
     *
     * @return completed on the caller's Vert.x context, if it has one; failed with {@link MintBusyException} when the
     *     operation was not begun, or with what it threw
     */
    public <T> Future<T> run(Callable<T> operation) {
        if (closing || !permits.tryAcquire()) {
            return Future.failedFuture(new MintBusyException(
                    closing ? "the mint is stopping" : limit + " operations are under way already"));
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                answer.complete(operation.call());
            } catch (Throwable e) {
                answer.completeExceptionally(e);
            } finally {
                permits.release();
            }
        });
        Context context = Vertx.currentContext();
        return context == null ? Future.fromCompletionStage(answer) : Future.fromCompletionStage(answer, context);
    }

    /** How many are under way. */
    public int running() {
        return limit - permits.availablePermits();
    }

    /** Begins no more, and waits for those that are under way: their transactions have limits. */
    @Override
    public void close() {
        closing = true;
        permits.acquireUninterruptibly(limit);
        permits.release(limit);
    }
}
