package org.ehashpool.translator.work;

/** Why a share does not count, as Stratum V1 tells it. */
public enum ShareRefusal {
    /** Error 20. */
    OTHER,
    /** Error 21: job not found, or stale. */
    STALE,
    /** Error 22. */
    DUPLICATE,
    /** Error 23. */
    LOW_DIFFICULTY
}
