package org.ehashpool.statistics.watch;

import java.net.URI;
import java.util.Optional;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;

/** A service that is asked whether or not it tells. */
public record WatchedConfig(
        @Description("Its name, like jd-server.") String name,

        @Description("Tells several of one name apart.") @Default("default")
        String instance,

        @Description("Where it answers when it is alive: https://HOST:PORT/health/live.")
        URI health,

        @Description("Where it tells its state: https://HOST:PORT/api/v1/state.")
        Optional<URI> state) {

    public WatchedConfig {
        if (!health.toString().matches("https?://.+")) {
            throw new IllegalArgumentException("health as an http:// or https:// address");
        }
    }
}
