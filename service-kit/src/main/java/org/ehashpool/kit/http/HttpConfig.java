package org.ehashpool.kit.http;

import java.time.Duration;
import java.util.Optional;
import org.ehashpool.kit.config.ByteSize;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.config.HostPort;
import org.ehashpool.kit.config.Range;
import org.ehashpool.kit.config.Secret;

/** The HTTP server's part of every service's configuration. */
public record HttpConfig(
        @Description("Where health, metrics and state are served. Keep it on loopback or behind a proxy.")
        HostPort listen,

        @Description("The largest body of a request.") @Default("1MiB") @Range(min = "1KiB", max = "64MiB")
        ByteSize maxBody,

        @Description("Connections at a time; one more is closed.") @Default("256") @Range(min = "1", max = "65536")
        int maxConnections,

        @Description("How long a request may take to arrive in full.")
        @Default("10s")
        @Range(min = "100ms", max = "10m")
        Duration requestTimeout,

        @Description("How long a connection may be without a request, or without progress.")
        @Default("60s")
        @Range(min = "100ms", max = "1h")
        Duration idleTimeout,

        @Description("The bearer token for calls that change something. Without it they are refused.")
        Optional<Secret> token) {}
