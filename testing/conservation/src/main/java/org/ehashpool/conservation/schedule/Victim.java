package org.ehashpool.conservation.schedule;

import java.util.Locale;

/** A process that may be killed at any time. */
public enum Victim {
    POOL,
    MINT,
    TRANSLATOR,
    /** Its postmaster; what supervises it starts another. */
    POSTGRES;

    /** As its log is named. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
