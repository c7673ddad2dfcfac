package org.ehashpool.templateprovider.node;

import org.ehashpool.kit.bitcoin.BlockTemplate;
import org.ehashpool.templateprovider.template.Tip;

/** Told what the node proposes, on one event loop, in order. */
public interface NodeListener {
    /** There is a new tip; a template for it follows. */
    void tip(Tip tip);

    /** A template worth serving, on the tip announced last. */
    void publish(BlockTemplate template);

    /** Templates have become too old to be worked on. */
    void withdraw(NodeCondition condition);
}
