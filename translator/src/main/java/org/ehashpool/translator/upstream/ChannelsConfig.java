package org.ehashpool.translator.upstream;

import java.util.Locale;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.config.Range;

/** How miners share the channels of an upstream connection. */
public record ChannelsConfig(
        @Description(
                "per-miner: a channel for each, with its own difficulty and its own account at the pool; aggregated: one"
                        + " channel for all, whose difficulty is everybody's.")
        @Default("per-miner")
        Mode mode,

        @Description("Bytes of extranonce that tell miners apart.") @Default("4") @Range(min = "2", max = "4")
        int extranonce1Size,

        @Description("Bytes of extranonce that a miner rolls; some firmware fails with more than 8.")
        @Default("4")
        @Range(min = "4", max = "8")
        int extranonce2Size,

        @Description("The most shares of a miner that may wait for the pool's answer; more are refused.")
        @Default("256")
        @Range(min = "1", max = "65536")
        int unanswered) {

    /** Which miners mine on which channel. */
    public enum Mode {
        /** Each miner has a channel. */
        PER_MINER,
        /** All miners have one. */
        AGGREGATED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Bytes that a channel must leave to us. */
    int neededSize() {
        return extranonce1Size + extranonce2Size;
    }
}
