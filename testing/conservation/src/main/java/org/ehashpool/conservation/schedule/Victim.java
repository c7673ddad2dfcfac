package org.ehashpool.conservation.schedule;

import java.util.List;
import java.util.Locale;

/** A process that may be killed at any time. */
public enum Victim {
    POOL,
    MINT,
    TRANSLATOR,
    /** Its postmaster; what supervises it starts another. */
    POSTGRES,
    /** The pool's statistics; not part of every run. */
    POOL_STATS,
    /** Their own database, of which all processes are meant. */
    STATS_POSTGRES;

    /** Those that money passes through. */
    public static List<Victim> ofMoney() {
        return List.of(POOL, MINT, TRANSLATOR, POSTGRES);
    }

    /** As its log is named. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
