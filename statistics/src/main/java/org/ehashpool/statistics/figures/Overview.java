package org.ehashpool.statistics.figures;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.ehashpool.statistics.figures.DownstreamDetail.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * The whole at a glance.
 *
 * @param hashrate of the last five whole minutes, in hashes per second; null if nothing of them was recorded
 * @param hashrateHour of the last hour, likewise
 * @param hashrateDay of the last 24 hours, likewise
 * @param connected downstreams of each kind, at services that are heard of
 * @param stale connections of services of which nothing is heard
 * @param channels that are open at services that are heard of
 * @param miners that had a share accepted within ten minutes
 * @param sharesPerMinute that were accepted within the last five whole minutes; null if nothing of them was recorded
 * @param rejections of the last hour, the most frequent reason first
 * @param quotes by unit
 * @param blocks found in all
 * @param orphaned of these
 * @param missingEvents that services declared as lost within 24 hours
 * @param unknownGaps ends of boots within 24 hours after which nobody knows what is missing
 */
public record Overview(
        Instant at,
        @Nullable Double hashrate,
        @Nullable Double hashrateHour,
        @Nullable Double hashrateDay,
        Map<String, Long> connected,
        long stale,
        long channels,
        long miners,
        @Nullable Double sharesPerMinute,
        long acceptedHour,
        long rejectedHour,
        long acceptedDay,
        long rejectedDay,
        List<Rejection> rejections,
        List<Quotes.UnitTotal> quotes,
        long blocks,
        long orphaned,
        @Nullable BlockView lastBlock,
        @Nullable NetworkView network,
        List<ServiceView> services,
        long missingEvents,
        long unknownGaps) {

    public Overview {
        connected = Map.copyOf(connected);
        rejections = List.copyOf(rejections);
        quotes = List.copyOf(quotes);
        services = List.copyOf(services);
    }

    /** Downstreams of all kinds. */
    public long downstreams() {
        return connected.values().stream().mapToLong(Long::longValue).sum();
    }
}
