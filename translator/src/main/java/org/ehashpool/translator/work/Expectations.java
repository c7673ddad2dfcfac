package org.ehashpool.translator.work;

import java.util.OptionalDouble;

/**
 * What a miner says of itself.
 *
 * @param minimumDifficulty shares must not be easier (mining.suggest_difficulty, suggest_target, minimum-difficulty)
 * @param hashRate hashes per second, where something is known before the first share
 */
public record Expectations(OptionalDouble minimumDifficulty, OptionalDouble hashRate) {
    /** Nothing is said. */
    public static final Expectations NONE = new Expectations(OptionalDouble.empty(), OptionalDouble.empty());
}
