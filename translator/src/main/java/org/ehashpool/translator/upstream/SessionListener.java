package org.ehashpool.translator.upstream;

import org.ehashpool.translator.work.Work;

/** Told what a connection to an upstream has for places. */
interface SessionListener {
    /** There is work for a place. */
    void work(UpstreamSession from, MinerPlace place, Work work, boolean onlyValid);

    /** There is no work for a place at present. */
    void workLost(UpstreamSession from, MinerPlace place, String why);

    /**
     * The upstream does not know a miner's name.
     *
     * @return whether the miner was turned away for it, so that no channel need be asked for again
     */
    boolean nameRefused(UpstreamSession from, MinerPlace place, String code);

    /** Jobs build on another block from now, as this one does. */
    void previousHashChanged(UpstreamSession from, Work work);
}
