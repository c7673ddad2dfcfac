package org.ehashpool.wallet;

import java.time.Instant;
import java.util.Optional;
import org.ehashpool.wallet.mint.MintUrl;

/**
 * How it goes with a mint.
 *
 * @param problem of the last pass; empty if it was good, or there was none
 * @param lastGood the end of the last good pass
 * @param claimed quotes that were minted from since the start
 */
public record MintStatus(MintUrl mint, Optional<String> problem, Optional<Instant> lastGood, long claimed) {}
