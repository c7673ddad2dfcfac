package org.ehashpool.pool.connection;

import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.config.Range;
import org.ehashpool.mining.server.ConnectionSettings.Limits;

/** What one connection may cost. Changes take effect on connections made afterwards, those of rates at once. */
public record LimitsConfig(
        @Description("Channels open at a time on a connection.") @Default("4096") @Range(min = "1", max = "1000000")
        int channels,

        @Description("Jobs that stay valid on a channel until the next block.")
        @Default("16")
        @Range(min = "1", max = "1024")
        int jobs,

        @Description("Shares that are counted on a channel until the next block.")
        @Default("262144")
        @Range(min = "1", max = "268435456")
        int shares,

        @Description("Shares of a channel that may wait to be recorded.")
        @Default("65536")
        @Range(min = "1", max = "10000000")
        int pendingShares,

        @Description("Shares per second that a connection may send in the long run; one that sends more is closed.")
        @Default("1000")
        @Range(min = "1", max = "1000000")
        int sharesPerSecond,

        @Description("Shares that a connection may send at once after a pause.")
        @Default("10000")
        @Range(min = "1", max = "10000000")
        int shareBurst,

        @Description("Other messages per second that a connection may send in the long run.")
        @Default("100")
        @Range(min = "1", max = "1000000")
        int messagesPerSecond,

        @Description("Other messages that a connection may send at once after a pause.")
        @Default("5000")
        @Range(min = "1", max = "10000000")
        int messageBurst) {

    Limits ofChannels() {
        return new Limits(channels, jobs, shares, pendingShares);
    }
}
