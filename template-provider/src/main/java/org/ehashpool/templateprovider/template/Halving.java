package org.ehashpool.templateprovider.template;

import org.ehashpool.mining.coinbase.Network;

/**
 * How the subsidy shrinks.
 *
 * @param interval blocks from one halving to the next
 */
public record Halving(int interval) {
    private static final int ORDINARY = 210_000;
    private static final int REGTEST = 150;

    /** A network's own. */
    public static Halving of(Network network) {
        return new Halving(
                switch (network) {
                    case MAINNET, TESTNET3, TESTNET4, SIGNET -> ORDINARY;
                    case REGTEST -> REGTEST;
                });
    }

    /** The subsidy of the block at a height, satoshis, from that of the block before. */
    long next(int height, long subsidyBefore) {
        return height % interval == 0 ? subsidyBefore / 2 : subsidyBefore;
    }
}
