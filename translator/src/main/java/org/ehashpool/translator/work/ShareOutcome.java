package org.ehashpool.translator.work;

/** What became of a share. */
public sealed interface ShareOutcome {
    /** The pool accepted it. */
    record Accepted() implements ShareOutcome {}

    /**
     * It does not count, by our own judgement or by the pool's.
     *
     * @param error for the miner
     * @param reason in the words of the one who judged, as {@code stale-share}
     */
    record Refused(ShareRefusal error, String reason) implements ShareOutcome {}

    /**
     * Nobody knows: upstream went away, or did not answer within the bound.
     *
     * @param reason for the operator
     */
    record Unconfirmed(String reason) implements ShareOutcome {}
}
