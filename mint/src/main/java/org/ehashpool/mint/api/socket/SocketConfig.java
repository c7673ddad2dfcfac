package org.ehashpool.mint.api.socket;

import java.time.Duration;
import org.ehashpool.kit.config.ByteSize;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.config.Range;

/** The part of the configuration that is about {@code /v1/ws}. */
public record SocketConfig(
        @Description("WebSockets at a time from one address.") @Default("64") @Range(min = "1", max = "65536")
        int maxPerAddress,

        @Description("Subscriptions of a WebSocket.") @Default("100") @Range(min = "1", max = "10000")
        int maxSubscriptions,

        @Description("Filters of a WebSocket, in all its subscriptions.")
        @Default("1000")
        @Range(min = "1", max = "100000")
        int maxFilters,

        @Description("Filters of all WebSockets from one address.")
        @Default("10000")
        @Range(min = "1", max = "10000000")
        int maxFiltersPerAddress,

        @Description("Filters of all WebSockets.") @Default("100000") @Range(min = "1", max = "10000000")
        int maxFiltersInAll,

        @Description("What may wait for a slow reader before it is dropped.")
        @Default("256KiB")
        @Range(min = "16KiB", max = "64MiB")
        ByteSize maxBacklog,

        @Description("How often is looked for what other processes of the mint have changed.")
        @Default("2s")
        @Range(min = "100ms", max = "10m")
        Duration refresh) {}
