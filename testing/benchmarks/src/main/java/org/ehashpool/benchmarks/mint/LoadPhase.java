package org.ehashpool.benchmarks.mint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Something done many times, so many at a time, and how long it took. */
final class LoadPhase {
    private final String name;
    /** Of each, in nanoseconds, the shortest first. */
    private final long[] times;

    private final long nanos;

    private LoadPhase(String name, long[] times, long nanos) {
        this.name = name;
        this.times = times;
        this.nanos = nanos;
    }

    /**
     * Does it.
     *
     * @param task the i-th
     * @throws ExecutionException if one of them fails
     */
    static LoadPhase run(String name, int count, int concurrency, IntFunction<Callable<Void>> task)
            throws InterruptedException, ExecutionException {
        long[] times = new long[count];
        Semaphore places = new Semaphore(concurrency);
        List<Future<?>> all = new ArrayList<>(count);
        long began = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                int number = i;
                places.acquire();
                all.add(threads.submit(() -> {
                    try {
                        long start = System.nanoTime();
                        task.apply(number).call();
                        times[number] = System.nanoTime() - start;
                        return null;
                    } finally {
                        places.release();
                    }
                }));
            }
        }
        long nanos = System.nanoTime() - began;
        for (Future<?> one : all) {
            one.get();
        }
        Arrays.sort(times);
        return new LoadPhase(name, times, nanos);
    }

    String name() {
        return name;
    }

    int count() {
        return times.length;
    }

    /** How long all took together. */
    long nanos() {
        return nanos;
    }

    double perSecond() {
        return times.length * (double) TimeUnit.SECONDS.toNanos(1) / nanos;
    }

    /** The time that so many of a hundred did not exceed, in milliseconds. */
    double percentile(int hundredths) {
        int index = (int) Math.ceil(times.length * hundredths / 100.0) - 1;
        return times[Math.max(0, index)] / 1e6;
    }
}
