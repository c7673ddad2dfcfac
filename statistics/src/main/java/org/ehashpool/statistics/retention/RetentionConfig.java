package org.ehashpool.statistics.retention;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.ehashpool.kit.config.ByteSize;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.config.Range;

/** How long things are kept, to the day; hours to the month. */
public record RetentionConfig(
        @Description("What was told, as it came.") @Default("7d") @Range(min = "2d", max = "3650d")
        Duration events,

        @Description("The most that what was told may take; whole days are dropped before their time beyond it, the"
                + " present one never.")
        @Default("24GiB")
        @Range(min = "64MiB", max = "1024TiB")
        ByteSize eventsSize,

        @Description("Shares by the minute.") @Default("7d") @Range(min = "2d", max = "3650d")
        Duration samples,

        @Description("Shares by the hour.") @Default("365d") @Range(min = "31d", max = "36500d")
        Duration hours,

        @Description("Shares by the day.") @Default("3650d") @Range(min = "31d", max = "36500d")
        Duration days,

        @Description("Quotes, rejections and balances by the minute.")
        @Default("365d")
        @Range(min = "2d", max = "36500d")
        Duration history,

        @Description("Connections and channels that have ended.") @Default("90d") @Range(min = "2d", max = "36500d")
        Duration sessions,

        @Description("Peers and miners that nothing is heard of.") @Default("365d") @Range(min = "2d", max = "36500d")
        Duration peers) {

    /** How late an event may be told to count under its own time: what it is added to has to be there still. */
    public Duration late() {
        return Collections.min(List.of(events, samples, history)).minusDays(1);
    }
}
