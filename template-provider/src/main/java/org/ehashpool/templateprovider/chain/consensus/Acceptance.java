package org.ehashpool.templateprovider.chain.consensus;

import java.util.List;

/** What became of a block. */
public sealed interface Acceptance {

    /**
     * It is the new tip.
     *
     * @param tip its entry
     * @param disconnected blocks that are no longer in the chain, the former tip first
     * @param connected blocks that now are, this one last
     */
    record NewTip(BlockEntry tip, List<IdentifiedBlock> disconnected, List<IdentifiedBlock> connected)
            implements Acceptance {
        /** With the lists as they are now. */
        public NewTip {
            disconnected = List.copyOf(disconnected);
            connected = List.copyOf(connected);
        }
    }

    /**
     * It is kept, on a branch with no more work than the chain has.
     *
     * @param entry its entry
     */
    record Branch(BlockEntry entry) implements Acceptance {}

    /**
     * It is not kept.
     *
     * @param rule what it breaks
     * @param text as a node says it
     */
    record Refused(Rule rule, String text) implements Acceptance {}
}
