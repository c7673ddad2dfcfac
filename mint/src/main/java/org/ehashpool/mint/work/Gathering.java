package org.ehashpool.mint.work;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * Lets what comes at the same time be done together: the calls that come while others are at work make up the next work.
 * A call that comes alone is done at once. Each caller waits, so that those who may call bound what waits here.
 *
 * @param <I> what is asked
 * @param <O> what is answered
 */
public final class Gathering<I, O> {

    private final int lanes;
    private final int limit;
    private final ToIntFunction<? super I> weight;
    private final Consumer<List<Call<I, O>>> work;
    private final ArrayDeque<Call<I, O>> waiting = new ArrayDeque<>();
    private int running;

    /**
     * One caller's part of the work.
     *
     * @param answer completed by the work; what it leaves open fails with what it throws
     */
    public record Call<I, O>(I item, CompletableFuture<O> answer) {}

    /**
     * Nothing is at work yet.
     *
     * @param lanes works at a time
     * @param limit of the weights of one work's items; an item of more is alone
     * @param work done on a virtual thread
     */
    public Gathering(int lanes, int limit, ToIntFunction<? super I> weight, Consumer<List<Call<I, O>>> work) {
        this.lanes = lanes;
        this.limit = limit;
        this.weight = weight;
        this.work = work;
    }

    /** The answer to the item, or what its work has thrown. Blocks: for a thread that may wait. */
    public O call(I item) {
        Call<I, O> call = new Call<>(item, new CompletableFuture<>());
        if (begins(call)) {
            Thread.startVirtualThread(this::work);
        }
        try {
            return call.answer().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Calls that are not at work yet. */
    synchronized int waiting() {
        return waiting.size();
    }

    private synchronized boolean begins(Call<I, O> call) {
        waiting.add(call);
        if (running == lanes) {
            return false;
        }
        running++;
        return true;
    }

    private void work() {
        for (List<Call<I, O>> next = next(); !next.isEmpty(); next = next()) {
            Throwable failure = new IllegalStateException("the work left a call without an answer");
            try {
                work.accept(next);
            } catch (Throwable e) {
                failure = e;
            }
            for (Call<I, O> call : next) {
                call.answer().completeExceptionally(failure);
            }
        }
    }

    private synchronized List<Call<I, O>> next() {
        List<Call<I, O>> next = new ArrayList<>();
        int sum = 0;
        for (Call<I, O> call = waiting.peek(); call != null; call = waiting.peek()) {
            sum += weight.applyAsInt(call.item());
            if (sum > limit && !next.isEmpty()) {
                break;
            }
            next.add(waiting.remove());
        }
        if (next.isEmpty()) {
            running--;
        }
        return next;
    }
}
