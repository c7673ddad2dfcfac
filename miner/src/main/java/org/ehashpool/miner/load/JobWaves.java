package org.ehashpool.miner.load;

import java.util.LinkedHashMap;
import java.util.Map;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.Mining.NewExtendedMiningJob;
import org.ehashpool.sv2.message.Mining.NewMiningJob;
import org.ehashpool.sv2.message.Mining.SetNewPrevHash;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.sv2.type.U32;
import org.jspecify.annotations.Nullable;

/**
 * How far apart the receipts of the same job are over all connections: from the first connection that has it to each
 * other one. Bounded; thread-safe.
 */
final class JobWaves {
    private static final int MAX_OPEN = 64;

    private final Map<Wave, Receipts> open = new LinkedHashMap<>();
    private final Latencies each = new Latencies();
    private final Latencies spreads = new Latencies();
    private final int minimum;
    private volatile boolean watching;

    /** What all connections are sent at one time. */
    private record Wave(Kind kind, @U32 long jobId, U256 previousHash) {}

    private enum Kind {
        JOB,
        PREVIOUS_HASH
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
            case NewMiningJob job -> received(new Wave(Kind.JOB, job.jobId(), U256.ZERO), now);
            case NewExtendedMiningJob job -> received(new Wave(Kind.JOB, job.jobId(), U256.ZERO), now);
            case SetNewPrevHash tip -> received(new Wave(Kind.PREVIOUS_HASH, tip.jobId(), tip.prevHash()), now);
            case Mining.FromServer other -> {
                // No job.
            }
        }
    }

    private synchronized void received(Wave wave, long now) {
        Receipts receipts = open.computeIfAbsent(wave, first -> new Receipts(now));
        receipts.count++;
        receipts.last = Math.max(receipts.last, now);
        each.add(Math.max(0, now - receipts.first));
        if (open.size() > MAX_OPEN) {
            Wave oldest = open.keySet().iterator().next();
            finish(open.remove(oldest));
        }
    }

    private void finish(@Nullable Receipts receipts) {
        if (receipts != null && receipts.count >= minimum) {
            spreads.add(receipts.last - receipts.first);
        }
    }

    /** Ends the count: waves, receipts, and in microseconds the delay of each receipt and the spread of each wave. */
    synchronized Map<String, Object> report() {
        watching = false;
        open.values().forEach(this::finish);
        open.clear();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("waves", spreads.count());
        fields.put("receipts", each.count());
        fields.put("receipt_us", each.percentiles());
        fields.put("spread_us", spreads.percentiles());
        return fields;
    }
}
