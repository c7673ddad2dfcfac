package org.ehashpool.endpoint;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.ehashpool.kit.config.ByteSize;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.config.HostPort;
import org.ehashpool.kit.config.Range;
import org.ehashpool.kit.http.HttpConfig;
import org.ehashpool.kit.log.LogConfig;
import org.ehashpool.kit.postgres.DatabaseConfig;
import org.ehashpool.kit.service.RuntimeConfig;
import org.ehashpool.kit.service.ServiceConfig;
import org.ehashpool.sv2.message.Protocol;

/** The endpoint's configuration. */
record EndpointConfig(
        @Description("Where SV2 connections are accepted, over Noise only.") @Default("127.0.0.1:34250")
        HostPort listen,

        @Description("The one protocol of the port; another is answered with unsupported-protocol.") @Default("mining")
        Protocol protocol,

        @Description("The authority's secret key; made at the first start where there is none.")
        Optional<Path> authorityKeyFile,

        @Description("How long a certificate is valid; it is renewed at half that time.")
        @Default("1h")
        @Range(min = "1m", max = "365d")
        Duration certificateValidity,

        @Description("Connections at a time.") @Default("15000") @Range(min = "1", max = "1000000")
        int maxConnections,

        @Description("Connections of one address at a time.") @Default("2000") @Range(min = "1", max = "1000000")
        int maxConnectionsPerAddress,

        @Description("The largest payload that is echoed.") @Default("1MiB") @Range(min = "1KiB", max = "15MiB")
        ByteSize maxEcho,

        @Description("How long the log of connections is kept.") @Default("7d") @Range(min = "1h", max = "3650d")
        Duration retention,

        DatabaseConfig database,

        @Default("{ listen = '127.0.0.1:9114' }") HttpConfig http,
        LogConfig log,
        RuntimeConfig runtime)
        implements ServiceConfig {}
