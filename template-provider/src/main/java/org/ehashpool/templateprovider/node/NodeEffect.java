package org.ehashpool.templateprovider.node;

import java.util.Optional;
import org.ehashpool.kit.bitcoin.BlockTemplate;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.templateprovider.template.Tip;

/** What the follower wants done. */
sealed interface NodeEffect {

    /** The two kinds of questions for templates; one of each is under way at most. */
    enum Lane {
        /** Answered when something changed. */
        LONG_POLL,
        /** Answered at once. */
        DIRECT
    }

    /**
     * Ask for a template.
     *
     * @param lane how
     * @param question names it in the answer
     * @param longPollId what the long poll begins from
     */
    record AskTemplate(Lane lane, long question, Optional<String> longPollId) implements NodeEffect {}

    /** Ask for the node's state. */
    record AskStatus() implements NodeEffect {}

    /**
     * Ask for a block's header.
     *
     * @param hash which
     */
    record AskHeader(U256 hash) implements NodeEffect {}

    /**
     * There is a new tip; its template follows.
     *
     * @param tip it
     */
    record NewTip(Tip tip) implements NodeEffect {}

    /**
     * A template to serve, on the tip announced last.
     *
     * @param template it
     */
    record Publish(BlockTemplate template) implements NodeEffect {}

    /** Serve nothing any more: what there is has become too old. */
    record Withdraw() implements NodeEffect {}

    /**
     * The node's condition has changed.
     *
     * @param condition what it is now
     */
    record Changed(NodeCondition condition) implements NodeEffect {}

    /**
     * Worth a warning, but no reason to stop.
     *
     * @param words for the operator
     */
    record Warn(String words) implements NodeEffect {}
}
