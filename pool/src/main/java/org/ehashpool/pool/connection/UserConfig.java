package org.ehashpool.pool.connection;

import java.util.Optional;
import org.ehashpool.kit.config.Description;
import org.ehashpool.mining.difficulty.Target;

/** What one user gets that others do not. */
public record UserConfig(
        @Description("The whole user_identity, or its part before the first dot.")
        String name,

        @Description("The difficulty of all shares, whatever the hash rate; 1 is target 00000000ffff0000…")
        Optional<Double> fixedDifficulty,

        @Description("No share gets an easier difficulty; in place of shares.minimum_difficulty.")
        Optional<Double> minimumDifficulty) {

    /** With difficulties that are some. */
    public UserConfig {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a user has a name");
        }
        fixedDifficulty.ifPresent(Target::ofDifficulty);
        minimumDifficulty.ifPresent(Target::ofDifficulty);
    }
}
