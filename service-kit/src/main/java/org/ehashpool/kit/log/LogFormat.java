package org.ehashpool.kit.log;

/** How a line of the log is written. */
public enum LogFormat {
    /** For people; with colours on a terminal. */
    HUMAN,
    /** One JSON object a line. */
    JSON,
    /** {@link #HUMAN} on a terminal, {@link #JSON} elsewhere. */
    AUTO
}
