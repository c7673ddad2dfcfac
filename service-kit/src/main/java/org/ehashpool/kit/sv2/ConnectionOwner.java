package org.ehashpool.kit.sv2;

import io.vertx.core.Future;

/** Whose connections a {@link Sv2ReconnectingClient} makes. Called on the client's event loop. */
public interface ConnectionOwner {
    /**
     * A connection is set up and on trial: it becomes the current one when the future succeeds. Where the future fails, or
     * the connection ends first, it was an attempt that failed like any other, and a connection that it was to replace
     * goes on.
     *
     * @param connection it; reading begins when its message handler is set
     * @param peer position in the list of peers
     * @return must complete some time
     */
    Future<Void> tryOut(Sv2Connection connection, int peer);

    /**
     * Another connection has become the current one; this one is closed when the future completes, whatever the outcome.
     * Not called for a connection that has ended.
     */
    default Future<Void> replaced(Sv2Connection connection) {
        return Future.succeededFuture();
    }
}
