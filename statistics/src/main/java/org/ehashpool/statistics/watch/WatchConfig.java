package org.ehashpool.statistics.watch;

import java.time.Duration;
import java.util.List;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.config.Range;

/** How services are asked whether they live. */
public record WatchConfig(
        @Description("How often each is asked.") @Default("5s") @Range(min = "1s", max = "1h")
        Duration period,

        @Description("How long an answer may take.") @Default("2s") @Range(min = "50ms", max = "1m")
        Duration timeout,

        @Description("Hosts that senders may have us ask; each may name its own address besides.") @Default("[]")
        List<String> hosts) {

    public WatchConfig {
        hosts = List.copyOf(hosts);
    }
}
