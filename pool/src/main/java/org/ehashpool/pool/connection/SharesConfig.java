package org.ehashpool.pool.connection;

import java.time.Duration;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.config.Range;
import org.ehashpool.kit.config.Reloadable;
import org.ehashpool.pool.ledger.CommitSettings;

/** How often shares should come, and how they are recorded. */
public record SharesConfig(
        @Description("Shares that a channel should send per minute; takes effect on channels opened afterwards.")
        @Default("6")
        @Range(min = "0.01", max = "60000")
        @Reloadable
        double perMinute,

        @Description("No channel gets an easier difficulty, unless it is its user's own.")
        @Default("0.00001")
        @Range(min = "1e-12", max = "1e15")
        @Reloadable
        double minimumDifficulty,

        @Description("Hashes per second presumed of a miner that names none.")
        @Default("100000000")
        @Range(min = "1", max = "1e24")
        @Reloadable
        double presumedHashRate,

        @Description("How long the first share after a pause waits for others, to be recorded together.")
        @Default("1ms")
        @Range(min = "0ms", max = "5ms")
        Duration linger,

        @Description("The most shares that are recorded together.") @Default("4096") @Range(min = "1", max = "100000")
        int batch,

        @Description("The most shares that may wait to be recorded; one more is refused with storage-unavailable.")
        @Default("65536")
        @Range(min = "1", max = "10000000")
        int pending,

        @Description("How long the ledger may be away before shares are refused, room or not.")
        @Default("10s")
        @Range(min = "0s", max = "1h")
        Duration patience) {

    /** With limits that fit each other. */
    public SharesConfig {
        if (batch > pending) {
            throw new IllegalArgumentException("batch must not exceed pending");
        }
    }

    /** For the group commit. */
    public CommitSettings commit() {
        return new CommitSettings(linger, batch, pending, patience);
    }
}
