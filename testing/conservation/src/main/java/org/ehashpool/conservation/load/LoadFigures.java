package org.ehashpool.conservation.load;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/** What the load met, phase by phase. Thread-safe. */
public final class LoadFigures {
    private static final long LONGEST_MICROS = 600_000_000L;

    private final Map<Enum<?>, PhaseFigures> phases = new HashMap<>();
    private final Map<String, Long> refusals = new TreeMap<>();
    private final Supplier<? extends Enum<?>> present;
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong uncounted = new AtomicLong();
    private final AtomicLong violations = new AtomicLong();

    /** Of one phase; durations in microseconds. */
    public static final class PhaseFigures {
        private final Histogram acknowledgements = new Histogram(LONGEST_MICROS, 3);
        private final Histogram translated = new Histogram(LONGEST_MICROS, 3);
        private final Histogram jobs = new Histogram(LONGEST_MICROS, 3);
        private long sent;
        private long refused;

        /** From the moment a share was due until it was acknowledged by the pool. */
        public Histogram acknowledgements() {
            return acknowledgements;
        }

        /** The same, of SV1 miners, by the translator. */
        public Histogram translated() {
            return translated;
        }

        /** From a template's or tip's arrival at a client of the template provider until a miner had the job. */
        public Histogram jobs() {
            return jobs;
        }

        /** Shares sent. */
        public long sent() {
            return sent;
        }

        /** Shares refused. */
        public long refused() {
            return refused;
        }
    }

    /**
     * Nothing yet.
     *
     * @param present the phase it is
     */
    public LoadFigures(Supplier<? extends Enum<?>> present) {
        this.present = present;
    }

    private PhaseFigures now() {
        return of(present.get());
    }

    /** Of a phase. */
    public synchronized PhaseFigures of(Enum<?> phase) {
        return phases.computeIfAbsent(phase, first -> new PhaseFigures());
    }

    synchronized void sent() {
        now().sent++;
    }

    synchronized void acknowledged(boolean translated, long nanos) {
        (translated ? now().translated : now().acknowledgements).recordValue(micros(nanos));
    }

    synchronized void refused(String reason) {
        now().refused++;
        refusals.merge(reason, 1L, Long::sum);
    }

    synchronized void jobArrived(long nanos) {
        now().jobs.recordValue(micros(nanos));
    }

    private static long micros(long nanos) {
        return Math.clamp(nanos / 1_000, 0, LONGEST_MICROS);
    }

    void connected() {
        connections.incrementAndGet();
    }

    void uncounted() {
        uncounted.incrementAndGet();
    }

    void violation() {
        violations.incrementAndGet();
    }

    /** Shares sent so far. */
    public synchronized long sentInAll() {
        return phases.values().stream().mapToLong(PhaseFigures::sent).sum();
    }

    /** Shares acknowledged so far. */
    public synchronized long acknowledgedInAll() {
        return phases.values().stream()
                .mapToLong(phase -> phase.acknowledgements.getTotalCount() + phase.translated.getTotalCount())
                .sum();
    }

    /** Shares refused so far, by reason. */
    public synchronized Map<String, Long> refusals() {
        return Map.copyOf(refusals);
    }

    /** Connections made. */
    public long connections() {
        return connections.get();
    }

    /** Acknowledgements whose count was not that of the shares they name. */
    public long wrongCounts() {
        return uncounted.get();
    }

    /** Messages that break the protocol, on connections that nobody had tampered with or had. */
    public long protocolViolations() {
        return violations.get();
    }
}
