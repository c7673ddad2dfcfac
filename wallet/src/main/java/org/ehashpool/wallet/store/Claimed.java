package org.ehashpool.wallet.store;

import java.math.BigInteger;
import org.ehashpool.wallet.mint.MintUrl;

/**
 * What was minted from quotes of one mint in one unit, ever.
 *
 * @param quotes how many
 * @param amount of all of them, without bound
 */
public record Claimed(MintUrl mint, String unit, long quotes, BigInteger amount) {}
