package org.ehashpool.pool.connection;

import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.ehashpool.kit.stats.StatsSink;
import org.ehashpool.pool.ban.BanList;
import org.ehashpool.pool.block.BlockSink;
import org.ehashpool.sv2.message.Ehash.EhashMints;

/**
 * What miners meet on every event loop.
 *
 * @param bootId of the process
 * @param rules the present ones
 * @param accepting whether shares may be accepted at all now
 * @param mints what those who negotiated extension 0x4548 are told of mints; empty if the pool has none
 * @param blocks where blocks go
 * @param bans who may not mine
 * @param stats who is told what happens
 * @param clock wall clock
 * @param nanoTime monotonic clock, nanoseconds
 */
public record Surroundings(
        String bootId,
        Supplier<MiningRules> rules,
        BooleanSupplier accepting,
        Supplier<Optional<EhashMints>> mints,
        BlockSink blocks,
        BanList bans,
        MiningMetrics metrics,
        StatsSink stats,
        InstantSource clock,
        LongSupplier nanoTime) {}
