package org.ehashpool.templateprovider.chain.mempool;

import org.ehashpool.templateprovider.chain.consensus.Rule;

/** What became of a transaction. */
public sealed interface Admission {

    /** It waits. */
    record Admitted(MempoolEntry entry) implements Admission {}

    /** The mempool does not want it. */
    record Unwanted(Refusal reason) implements Admission {}

    /**
     * No block may hold it.
     *
     * @param text as a node says it
     */
    record Invalid(Rule rule, String text) implements Admission {}
}
