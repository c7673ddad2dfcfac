package org.ehashpool.translator.downstream;

import java.time.Duration;
import org.ehashpool.kit.config.ByteSize;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.config.Range;
import org.ehashpool.translator.sv1.SessionSettings;

/** What one connection may cost. */
public record LimitsConfig(
        @Description("The longest line of a miner.") @Default("4KiB") @Range(min = "512B", max = "64KiB")
        ByteSize line,

        @Description("How long a connection may be without an authorised user name.")
        @Default("60s")
        @Range(min = "100ms", max = "1h")
        Duration unauthorized,

        @Description("How long a miner may send nothing.") @Default("30m") @Range(min = "100ms", max = "7d")
        Duration idle,

        @Description("Requests per second, shares apart, that a connection may send in the long run.")
        @Default("20")
        @Range(min = "1", max = "1000000")
        int requestsPerSecond,

        @Description("Such requests that a connection may send at once after a pause.")
        @Default("200")
        @Range(min = "1", max = "1000000")
        int requestBurst,

        @Description("Shares per second that a connection may send in the long run; one that sends more is closed.")
        @Default("100")
        @Range(min = "1", max = "1000000")
        int sharesPerSecond,

        @Description("Shares that a connection may send at once after a pause.")
        @Default("1000")
        @Range(min = "1", max = "1000000")
        int shareBurst,

        @Description("User names that may be authorised on a connection.")
        @Default("64")
        @Range(min = "1", max = "10000")
        int names,

        @Description("Shares of a connection that may wait for their answer; more are refused.")
        @Default("256")
        @Range(min = "1", max = "100000")
        int unanswered,

        @Description("Bytes that may wait to be sent; a miner that reads slower than that is closed.")
        @Default("128KiB")
        @Range(min = "16KiB", max = "16MiB")
        ByteSize backlog,

        @Description("Jobs that shares are taken for.") @Default("64") @Range(min = "1", max = "1024")
        int jobs,

        @Description("How long shares are taken for a job that others have followed.")
        @Default("5m")
        @Range(min = "1s", max = "1h")
        Duration jobLifetime) {

    SessionSettings session(String version, Duration keepAlive) {
        return new SessionSettings(version, names, unanswered, jobs, jobLifetime, keepAlive);
    }
}
