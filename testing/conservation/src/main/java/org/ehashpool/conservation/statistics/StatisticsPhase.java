package org.ehashpool.conservation.statistics;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A part of the run, in order; each has figures of its own. */
enum StatisticsPhase {
    /** Nothing is measured of programs that have just started. */
    WARMING_UP(0, 0.08),
    QUIET(0.08, 0.18),
    /** The statistics are away: connections to them are refused. */
    KILLED(0.18, 0.28),
    RETURNED(0.28, 0.33),
    /** The statistics are stopped: the connection is open, and nothing is read from it. */
    STOPPED(0.33, 0.55),
    /** The same, and the pool's spool is full: what is oldest is dropped. Begins when the pool says so. */
    SPOOL_FULL(0.55, 0.55),
    CATCHING_UP(0.55, 0.60),
    VIOLENCE(0.60, 1);

    private final double begin;
    private final double end;

    StatisticsPhase(double begin, double end) {
        this.begin = begin;
        this.end = end;
    }

    Duration begins(Duration run) {
        return Duration.ofMillis(Math.round(begin * run.toMillis()));
    }

    Duration ends(Duration run) {
        return Duration.ofMillis(Math.round(end * run.toMillis()));
    }

    /** The phase of a moment of a run of that length; the last one for ever. */
    static StatisticsPhase at(Duration moment, Duration run, boolean full) {
        List<StatisticsPhase> begun = Arrays.stream(values())
                .filter(phase -> phase != SPOOL_FULL && phase.begins(run).compareTo(moment) <= 0)
                .toList();
        StatisticsPhase phase = begun.isEmpty() ? WARMING_UP : begun.getLast();
        return phase == STOPPED && full ? SPOOL_FULL : phase;
    }

    /** As in the report, for instance {@code spool-full}. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
