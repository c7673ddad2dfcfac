package org.ehashpool.miner.load;

import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Makes the connections of a load. */
interface Dialler extends AutoCloseable {
    /**
     * Makes one.
     *
     * @param number of this connection, from 0 on
     * @return done when it is known whether the pool takes it: the counts say which
     */
    Future<Void> dial(int number);

    /** Ends all connections. */
    @Override
    void close();

    /** What the connections of a run have in common. Thread-safe. */
    record Stage(
            LoadTally tally,
            JobWaves waves,
            LongSupplier nanoTime,
            int window,
            InstantSource clock,
            Map<EventLoop, LoadLoop> loops) {
        /** Nothing connected yet. */
        static Stage of(JobWaves waves, LongSupplier nanoTime, int window, InstantSource clock) {
            return new Stage(new LoadTally(), waves, nanoTime, window, clock, new ConcurrentHashMap<>());
        }

        /** The pace of an event loop's connections. */
        LoadLoop loop(EventLoop eventLoop) {
            return loops.computeIfAbsent(eventLoop, key -> new LoadLoop(key, tally, nanoTime, window, clock));
        }
    }
}
