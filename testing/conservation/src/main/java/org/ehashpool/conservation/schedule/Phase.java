package org.ehashpool.conservation.schedule;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A part of the run, in order; each has figures of its own. */
public enum Phase {
    /** Nothing is measured of programs that have just started. */
    WARMING_UP(0, 0.04, 1),
    QUIET(0.04, 0.11, 1),
    MINT_SLOW(0.11, 0.17, 1),
    MINT_AWAY(0.17, 0.30, 1),
    /** Ten times the load, and no mint. */
    MINT_AWAY_BURST(0.30, 0.35, 10),
    MINT_STILL_AWAY(0.35, 0.42, 1),
    CATCHING_UP(0.42, 0.52, 1),
    NONSENSE(0.52, 0.58, 1),
    VIOLENCE(0.58, 0.78, 1),
    VIOLENCE_BURST(0.78, 0.83, 10),
    VIOLENCE_TO_THE_END(0.83, 1, 1);

    private final double begin;
    private final double end;
    private final int load;

    Phase(double begin, double end, int load) {
        this.begin = begin;
        this.end = end;
        this.load = load;
    }

    /** When it begins in a run of that length. */
    public Duration begins(Duration run) {
        return Duration.ofMillis(Math.round(begin * run.toMillis()));
    }

    /** When it ends in a run of that length. */
    public Duration ends(Duration run) {
        return Duration.ofMillis(Math.round(end * run.toMillis()));
    }

    /** How many times the usual load. */
    public int load() {
        return load;
    }

    /** The phase of a moment of a run of that length; the last one for ever. */
    public static Phase at(Duration moment, Duration run) {
        List<Phase> begun = Arrays.stream(values())
                .filter(phase -> phase.begins(run).compareTo(moment) <= 0)
                .toList();
        return begun.isEmpty() ? WARMING_UP : begun.getLast();
    }

    /** As in the report, for instance {@code mint-away}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
