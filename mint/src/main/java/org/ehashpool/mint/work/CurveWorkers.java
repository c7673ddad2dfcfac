package org.ehashpool.mint.work;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Curve work on threads of its own, so that it neither stops event loops nor holds the carriers of virtual threads. A
 * request's items are cut into batches: a large request uses all processors and lets small ones in between.
 */
public final class CurveWorkers implements AutoCloseable {

    private static final int BATCH = 16;
    private static final int WAITING_BATCHES = 65_536;

    private final ThreadPoolExecutor threads;

    /**
     * With threads of its own.
     *
     * @param count of threads; one per processor is right
     */
    public CurveWorkers(int count) {
        threads = new ThreadPoolExecutor(
                count,
                count,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(WAITING_BATCHES),
                Thread.ofPlatform().name("mint-curve-", 0).daemon().factory());
    }

    /**
     * Applies a function to each item; answers the results in the items' order. Blocks: for a thread that may wait.
     *
     * @throws MintBusyException when too much is waiting already
     */
    public <I, O> List<O> map(List<I> items, Function<? super I, ? extends O> work) {
        List<CompletableFuture<List<O>>> batches = new ArrayList<>();
        for (int start = 0; start < items.size(); start += BATCH) {
            List<I> batch = items.subList(start, Math.min(items.size(), start + BATCH));
            batches.add(submit(batch, work));
        }
        List<O> results = new ArrayList<>(items.size());
        for (CompletableFuture<List<O>> batch : batches) {
            try {
                results.addAll(batch.join());
            } catch (CompletionException e) {
                if (e.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw e;
            }
        }
        return results;
    }

    private <I, O> CompletableFuture<List<O>> submit(List<I> batch, Function<? super I, ? extends O> work) {
        try {
            return CompletableFuture.supplyAsync(
                    () -> {
                        List<O> results = new ArrayList<>(batch.size());
                        for (I item : batch) {
                            results.add(work.apply(item));
                        }
                        return results;
                    },
                    threads);
        } catch (RejectedExecutionException e) {
            throw new MintBusyException("too much curve work is waiting");
        }
    }

    /** Batches that wait for a thread. */
    public int waiting() {
        return threads.getQueue().size();
    }

    @Override
    public void close() {
        threads.close();
    }
}
