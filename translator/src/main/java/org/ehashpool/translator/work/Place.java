package org.ehashpool.translator.work;

import java.util.function.Consumer;

/** One miner's place at the source of work. Called on the translator's event loop only. */
public interface Place {
    /** The miner's part of the extranonce: the same for the place's whole life, whichever upstream serves. */
    ExtranonceSpace extranonce();

    /**
     * Says who mines here, once; work follows as soon as there is some.
     *
     * @param who the first name that was authorised
     * @param expectations what the miner says of itself
     */
    void open(MinerIdentity who, Expectations expectations);

    /** Takes effect on work to come. */
    void expect(Expectations expectations);

    /**
     * Submits a share.
     *
     * @param answer told exactly once, before or after this method has returned, within the bound that the upstream's
     *     configuration sets; not after {@link #leave}
     */
    void submit(MinedShare share, Consumer<ShareOutcome> answer);

    /** Hashes per second as the accepted shares of the last minutes show them; 0 before there are any. */
    double hashRate();

    /** Gives the place back; what is unanswered stays so. */
    void leave();
}
