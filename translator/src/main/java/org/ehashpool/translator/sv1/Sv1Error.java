package org.ehashpool.translator.sv1;

import org.ehashpool.translator.work.ShareRefusal;

/** The errors that a miner is told: numbers and words by custom. */
public enum Sv1Error {
    /** Whatever has no number of its own. */
    OTHER(20, "Other/Unknown", "other"),
    /** The job was replaced, or never was. */
    JOB_NOT_FOUND(21, "Job not found", "job-not-found"),
    DUPLICATE_SHARE(22, "Duplicate share", "duplicate-share"),
    LOW_DIFFICULTY(23, "Low difficulty share", "low-difficulty"),
    UNAUTHORIZED(24, "Unauthorized worker", "unauthorized"),
    NOT_SUBSCRIBED(25, "Not subscribed", "not-subscribed"),
    UNKNOWN_METHOD(-3, "Method not found", "unknown-method");

    private final int code;
    private final String words;
    private final String label;

    Sv1Error(int code, String words, String label) {
        this.code = code;
        this.words = words;
        this.label = label;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** The customary words. */
    public String words() {
        return words;
    }

    /** In figures and metrics. */
    public String label() {
        return label;
    }

    static Sv1Error of(ShareRefusal refusal) {
        return switch (refusal) {
            case OTHER -> OTHER;
            case STALE -> JOB_NOT_FOUND;
            case DUPLICATE -> DUPLICATE_SHARE;
            case LOW_DIFFICULTY -> LOW_DIFFICULTY;
        };
    }
}
