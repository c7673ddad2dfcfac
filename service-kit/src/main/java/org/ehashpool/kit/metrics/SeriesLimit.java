package org.ehashpool.kit.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Bounds the number of label combinations of each name, and with it the memory that labels can take. */
final class SeriesLimit implements MeterFilter {
    static final int MOST = 500;

    private final Map<String, Set<Meter.Id>> seriesByName = new ConcurrentHashMap<>();
    private final AtomicLong refused = new AtomicLong();

    /** How often a meter was asked for that is beyond the limit. */
    double refused() {
        return refused.doubleValue();
    }

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        Set<Meter.Id> series = seriesByName.computeIfAbsent(id.getName(), name -> ConcurrentHashMap.newKeySet());
        if (series.contains(id)) {
            return MeterFilterReply.NEUTRAL;
        }
        if (series.size() >= MOST) {
            refused.incrementAndGet();
            return MeterFilterReply.DENY;
        }
        series.add(id);
        return MeterFilterReply.NEUTRAL;
    }
}
