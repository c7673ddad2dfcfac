package org.ehashpool.statistics.figures;

import java.math.BigInteger;
import java.time.Instant;

/**
 * What a wallet can send at a mint in a unit, as the wallet's service told last.
 *
 * @param service who has the wallet, with {@code instance}
 * @param mint its URL
 * @param at when it told
 */
public record BalanceView(String service, String instance, String mint, String unit, BigInteger amount, Instant at) {}
