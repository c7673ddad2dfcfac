package org.ehashpool.templateprovider.chain.node;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one thread that owns the chain. Its queue is bounded: what finds no place fails at once. */
public final class ChainWorker implements AutoCloseable {
    private final Vertx vertx;
    private final ThreadPoolExecutor executor;

    /** The queue is full. */
    public static final class BusyException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BusyException() {
            super("the chain has too much to do", null, false, false);
        }
    }

    /**
     * @param queue pieces of work that may wait
     */
    public ChainWorker(Vertx vertx, int queue) {
        this.vertx = vertx;
        this.executor = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(queue),
                Thread.ofPlatform().daemon().name("embedded-chain").factory());
    }

    /** Does a piece of work; the result comes on the caller's context. Fails with {@link BusyException} at once. */
    public <T> Future<T> run(Callable<T> work) {
        Context context = vertx.getOrCreateContext();
        Promise<T> promise = Promise.promise();
        try {
            executor.execute(() -> perform(work, context, promise));
        } catch (RejectedExecutionException full) {
            promise.fail(new BusyException());
        }
        return promise.future();
    }

    private static <T> void perform(Callable<T> work, Context context, Promise<T> promise) {
        try {
            T result = work.call();
            context.runOnContext(ignored -> promise.complete(result));
        } catch (Exception e) {
            context.runOnContext(ignored -> promise.fail(e));
        }
    }

    /** Finishes what waits and takes no more; does not wait for it. */
    @Override
    public void close() {
        executor.shutdown();
    }
}
