package org.ehashpool.kit.service;

import java.time.Duration;
import java.util.Optional;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.config.Range;

/** How a service runs, whatever it does. */
public record RuntimeConfig(
        @Description("Tells this process from others of the same service. The host's name where it is not set.")
        Optional<String> instance,

        @Description("How long all components together may take to start.")
        @Default("60s")
        @Range(min = "100ms", max = "1h")
        Duration startDeadline,

        @Description("How long all components together may take to finish their work.")
        @Default("30s")
        @Range(min = "100ms", max = "1h")
        Duration drainDeadline,

        @Description("Event loops; 0 for one per processor.") @Default("0") @Range(min = "0", max = "1024")
        int eventLoops,

        @Description("How far the wall clock may jump before it is an alarm.")
        @Default("1s")
        @Range(min = "10ms", max = "1h")
        Duration clockJump) {

    public RuntimeConfig {
        if (instance.isPresent() && !instance.get().matches("[A-Za-z0-9._-]{1,63}")) {
            throw new IllegalArgumentException("an instance of 1 to 63 letters, digits, dots, dashes and underscores");
        }
    }
}
