package org.ehashpool.translator.work;

/** What the source of work tells a miner, on the translator's event loop. */
public interface Miner {
    /**
     * Mine on this from now. Its target may differ from that of the work before; shares of the work before are judged by
     * the target it came with.
     *
     * @param work it
     * @param onlyValid whether work handed out before is worth nothing any more
     */
    void work(Work work, boolean onlyValid);

    /**
     * There is no work at present: upstream is away, or has none. What was handed out before is kept by miners, since they
     * know no other way to wait; shares for it are refused.
     *
     * @param why for the operator
     */
    void workLost(String why);

    /**
     * This miner will never get work here, as when upstream refuses its name.
     *
     * @param why for the miner and the operator
     */
    void refused(String why);
}
