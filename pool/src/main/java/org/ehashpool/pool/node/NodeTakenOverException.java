package org.ehashpool.pool.node;

/** Another process has taken over what this one's lease covered: it may record nothing any more. */
public final class NodeTakenOverException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NodeTakenOverException(NodeLease lease) {
        super("node " + lease.node() + " (boot " + lease.boot() + ") was taken over by another process");
    }
}
