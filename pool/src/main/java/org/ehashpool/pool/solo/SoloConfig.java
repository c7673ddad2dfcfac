package org.ehashpool.pool.solo;

import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;

/** Whether miners may be paid by their own blocks. */
public record SoloConfig(
        @Description("Whether sri/solo/ADDRESS and sri/donate/PERCENT/ADDRESS as user_identity get blocks of their own;"
                + " otherwise they are refused.")
        @Default("false")
        boolean enabled,

        @Description(
                "Whether a user_identity that begins with an address is a solo miner's, too; otherwise it is a name.")
        @Default("false")
        boolean legacyAddresses) {

    /** With settings that fit each other. */
    public SoloConfig {
        if (legacyAddresses && !enabled) {
            throw new IllegalArgumentException("legacy_addresses has no meaning unless enabled");
        }
    }
}
