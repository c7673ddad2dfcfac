package org.ehashpool.miner.upstream;

import io.vertx.core.Future;

/** The way to a pool: brings work, takes shares. */
public interface Upstream {
    /** Begins to connect, and to connect again whenever the connection ends. */
    void start();

    /** Ends the connection; succeeds when it has ended. */
    Future<Void> stop();
}
