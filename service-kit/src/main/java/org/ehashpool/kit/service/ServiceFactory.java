package org.ehashpool.kit.service;

/** Makes a service: the constructor of its composition root. */
@FunctionalInterface
public interface ServiceFactory<C extends Record & ServiceConfig> {

    /** Composes; starts nothing and waits for nothing. */
    Service<C> create(C config, ServiceContext context);
}
