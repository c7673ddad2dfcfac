package org.ehashpool.statistics.fold;

import java.math.BigInteger;

/**
 * What a wallet holds.
 *
 * @param at epoch milliseconds
 */
public record BalanceChange(Key key, BigInteger amount, long at) {

    /** At which mint, of which unit; empty where the sender names none. */
    public record Key(int sender, String mint, String unit) {}

    /** In which minute. */
    public record Minute(Key key, long minute) {}
}
