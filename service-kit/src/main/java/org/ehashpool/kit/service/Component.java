package org.ehashpool.kit.service;

import io.vertx.core.Future;

/** A part of a service that starts and stops. Both are called once, on no event loop, and return without waiting. */
public interface Component {

    /** For the log; in snake_case. */
    String name();

    /** Succeeds when the component does its work. */
    Future<Void> start();

    /** Stops accepting, finishes what was accepted, flushes, lets go. Is called also when the start has failed. */
    Future<Void> stop();
}
