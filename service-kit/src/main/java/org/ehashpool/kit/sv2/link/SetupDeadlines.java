package org.ehashpool.kit.sv2.link;

import java.time.Duration;

/**
 * How long a connection may take until its setup is done.
 *
 * @param total from the TCP connection to SetupConnection done
 * @param step for each step: PROXY header, Noise act, SetupConnection
 */
public record SetupDeadlines(Duration total, Duration step) {

    public static final SetupDeadlines DEFAULT = new SetupDeadlines(Duration.ofSeconds(10), Duration.ofSeconds(5));

    public SetupDeadlines {
        if (!total.isPositive() || !step.isPositive()) {
            throw new IllegalArgumentException("deadlines must be positive: " + total + ", " + step);
        }
    }
}
