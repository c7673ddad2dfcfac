package org.ehashpool.pool.connection;

import java.util.Optional;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.config.HostPort;

/** What miners are told when the pool stops. */
public record DrainConfig(
        @Description("Whether miners are asked to connect again when the pool stops.") @Default("true")
        boolean reconnect,

        @Description("Where they are sent; to the same address if not set.")
        Optional<HostPort> reconnectTo) {}
