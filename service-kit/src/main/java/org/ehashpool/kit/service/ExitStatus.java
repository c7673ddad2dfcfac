package org.ehashpool.kit.service;

/** The exit status of a service's process. */
enum ExitStatus {
    /** Stopped as asked. */
    OK(0),
    /** Could not start, could not go on, or could not stop in order. */
    FAILED(1),
    /** The configuration or the command line is wrong; nothing was started. */
    BAD_CONFIG(2),
    /** A second SIGINT: 128 and the signal's number, as shells have it. */
    INTERRUPTED(130);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
