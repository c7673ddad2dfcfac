package org.ehashpool.pool.connection;

import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.ehashpool.pool.ban.BanList;
import org.ehashpool.pool.block.BlockSink;

/**
 * What miners meet on every event loop.
 *
 * @param bootId of the process
 * @param rules the present ones
 * @param blocks where blocks go
 * @param bans who may not mine
 * @param clock wall clock
 * @param nanoTime monotonic clock, nanoseconds
 */
public record Surroundings(
        String bootId,
        Supplier<MiningRules> rules,
        BlockSink blocks,
        BanList bans,
        MiningMetrics metrics,
        InstantSource clock,
        LongSupplier nanoTime) {}
