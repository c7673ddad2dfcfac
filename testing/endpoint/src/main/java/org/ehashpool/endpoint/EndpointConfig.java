package org.ehashpool.endpoint;

import java.time.Duration;
import org.ehashpool.kit.config.ByteSize;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.config.Range;
import org.ehashpool.kit.http.HttpConfig;
import org.ehashpool.kit.log.LogConfig;
import org.ehashpool.kit.postgres.DatabaseConfig;
import org.ehashpool.kit.service.RuntimeConfig;
import org.ehashpool.kit.service.ServiceConfig;
import org.ehashpool.kit.sv2.port.Sv2PortConfig;
import org.ehashpool.sv2.message.Protocol;

/** The endpoint's configuration. */
record EndpointConfig(
        @Default("{ listen = '127.0.0.1:34250' }") Sv2PortConfig sv2,

        @Description("The one protocol of the port; another is answered with unsupported-protocol.") @Default("mining")
        Protocol protocol,

        @Description("The largest payload that is echoed.") @Default("1MiB") @Range(min = "1KiB", max = "15MiB")
        ByteSize maxEcho,

        @Description("How long the log of connections is kept.") @Default("7d") @Range(min = "1h", max = "3650d")
        Duration retention,

        DatabaseConfig database,

        @Default("{ listen = '127.0.0.1:9114' }") HttpConfig http,
        LogConfig log,
        RuntimeConfig runtime)
        implements ServiceConfig {}
