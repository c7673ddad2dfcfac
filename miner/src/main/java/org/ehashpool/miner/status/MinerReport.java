package org.ehashpool.miner.status;

import java.util.Map;

/**
 * How a miner stands.
 *
 * @param seconds since the start
 * @param hashes computed since the start
 * @param hashRate hashes per second lately
 * @param submitted shares sent
 * @param accepted shares that the pool said count
 * @param shareSum the sum of their difficulties, as the pool gave it
 * @param rejected shares that the pool said do not count
 * @param rejections how many for each reason
 * @param discarded shares not sent because their job or the connection ended before
 * @param jobs jobs worked on
 * @param blocks hashes that met the network's target
 * @param difficulty of shares
 * @param connected whether a channel is open
 * @param opened channels opened since the start
 * @param state what the connection does, in a few words
 */
public record MinerReport(
        double seconds,
        long hashes,
        double hashRate,
        long submitted,
        long accepted,
        long shareSum,
        long rejected,
        Map<String, Long> rejections,
        long discarded,
        long jobs,
        long blocks,
        double difficulty,
        boolean connected,
        long opened,
        String state) {
    /** With the map as it is now. */
    public MinerReport {
        rejections = Map.copyOf(rejections);
    }
}
