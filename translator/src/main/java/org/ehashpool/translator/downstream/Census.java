package org.ehashpool.translator.downstream;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The miners that are there, and what became of the shares of all that ever were.
 *
 * @param refused shares that do not count, by reason
 * @param stale those of them that came too late
 */
public record Census(List<MinerView> miners, long accepted, Map<String, Long> refused, long stale, long unconfirmed) {
    /** Reasons are upstream's to word: so many are kept apart. */
    private static final int MOST_REASONS = 64;

    private static final String ANY_OTHER = "other-reasons";

    /** Nobody yet. */
    static final Census NOBODY = new Census(List.of(), 0, Map.of(), 0, 0);

    public Census {
        miners = List.copyOf(miners);
        refused = Map.copyOf(refused);
    }

    /** With the shares of these, who are gone. */
    Census departed(MinerView miner) {
        return with(List.of(miner)).withMiners(List.of());
    }

    /** With these, who are there. */
    Census with(List<MinerView> present) {
        Map<String, Long> reasons = new TreeMap<>(refused);
        long counted = accepted;
        long late = stale;
        long unknown = unconfirmed;
        for (MinerView miner : present) {
            miner.refused()
                    .forEach((reason, count) -> reasons.merge(
                            reasons.containsKey(reason) || reasons.size() < MOST_REASONS ? reason : ANY_OTHER,
                            count,
                            Long::sum));
            counted += miner.accepted();
            late += miner.stale();
            unknown += miner.unconfirmed();
        }
        return new Census(present, counted, reasons, late, unknown);
    }

    private Census withMiners(List<MinerView> present) {
        return new Census(present, accepted, refused, stale, unconfirmed);
    }
}
