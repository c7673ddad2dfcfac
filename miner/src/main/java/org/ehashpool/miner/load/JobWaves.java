package org.ehashpool.miner.load;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.ehashpool.miner.sv1.Sv1Message;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.Mining.NewExtendedMiningJob;
import org.ehashpool.sv2.message.Mining.NewMiningJob;
import org.ehashpool.sv2.message.Mining.SetNewPrevHash;
import org.ehashpool.sv2.type.U256;
import org.jspecify.annotations.Nullable;

/**
 * How far apart the receipts of the same job are over all connections: from the first connection that has it to each
 * other one. Bounded; thread-safe.
 */
final class JobWaves {
    private static final int MAX_OPEN = 64;

    private final Map<Wave, Receipts> open = new LinkedHashMap<>();
    private final Map<Kind, Spread> spreads = new EnumMap<>(Kind.class);
    private final int minimum;
    private volatile boolean watching;

    /** What all connections are sent at one time. */
    private record Wave(Kind kind, long job, U256 previousHash) {}

    private enum Kind {
        PREVIOUS_HASH,
        JOB,
        FUTURE_JOB
    }

    private static final class Spread {
        private final Latencies receipts = new Latencies();
        private final Latencies waves = new Latencies();
    }

    private static final class Receipts {
        private final long first;
        private long last;
        private int count;

        private Receipts(long first) {
            this.first = first;
            this.last = first;
        }
    }

    /** @param minimum receipts that make a wave: fewer are jobs of single channels */
    JobWaves(int minimum) {
        this.minimum = minimum;
        for (Kind kind : Kind.values()) {
            spreads.put(kind, new Spread());
        }
    }

    /** Begins to count: what came before were the first jobs of new channels. */
    void watch() {
        watching = true;
    }

    /**
     * A connection received a message, of interest or not.
     *
     * @param now monotonic nanoseconds
     */
    void received(Mining.FromServer message, long now) {
        if (!watching) {
            return;
        }
        switch (message) {
            case NewMiningJob job -> received(job(job.jobId(), job.minNtime()), now);
            case NewExtendedMiningJob job -> received(job(job.jobId(), job.minNtime()), now);
            case SetNewPrevHash tip -> received(new Wave(Kind.PREVIOUS_HASH, tip.jobId(), tip.prevHash()), now);
            case Mining.FromServer other -> {
                // No job.
            }
        }
    }

    /** A Stratum V1 connection received a job. Its name is the connection's own: the rest tells which it is. */
    void received(Sv1Message.Notify job, long now) {
        if (watching) {
            int same = Objects.hash(job.time(), job.bits(), job.version(), job.merklePath(), job.coinbaseSuffix());
            received(new Wave(job.clean() ? Kind.PREVIOUS_HASH : Kind.JOB, same, job.previousHash()), now);
        }
    }

    private static Wave job(long jobId, OptionalLong minimumTime) {
        return new Wave(minimumTime.isPresent() ? Kind.JOB : Kind.FUTURE_JOB, jobId, U256.ZERO);
    }

    private Spread spread(Wave wave) {
        return Objects.requireNonNull(spreads.get(wave.kind));
    }

    private synchronized void received(Wave wave, long now) {
        Receipts receipts = open.computeIfAbsent(wave, first -> new Receipts(now));
        receipts.count++;
        receipts.last = Math.max(receipts.last, now);
        spread(wave).receipts.add(Math.max(0, now - receipts.first));
        if (open.size() > MAX_OPEN) {
            Wave oldest = open.keySet().iterator().next();
            finish(oldest, open.remove(oldest));
        }
    }

    private void finish(Wave wave, @Nullable Receipts receipts) {
        if (receipts != null && receipts.count >= minimum) {
            spread(wave).waves.add(receipts.last - receipts.first);
        }
    }

    /**
     * Ends the count: for new previous hashes, jobs to be worked on at once and future jobs the number of waves and
     * receipts, and in microseconds the delay of each receipt and the spread of each wave.
     */
    synchronized Map<String, Object> report() {
        watching = false;
        open.forEach(this::finish);
        open.clear();
        Map<String, Object> kinds = new LinkedHashMap<>();
        spreads.forEach((kind, spread) -> {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("waves", spread.waves.count());
            fields.put("receipts", spread.receipts.count());
            fields.put("receipt_us", spread.receipts.percentiles());
            fields.put("spread_us", spread.waves.percentiles());
            kinds.put(kind.name().toLowerCase(Locale.ROOT), fields);
        });
        return kinds;
    }
}
