package org.ehashpool.kit.service;

import io.vertx.core.Future;
import java.util.List;

/** A service: the composition root of its components. */
public interface Service<C extends Record & ServiceConfig> {

    /** In the order in which they start; they stop in reverse. */
    List<Component> components();

    /**
     * Takes over what is reloadable.
     *
     * @param config the running configuration with the new values of its reloadable keys
     */
    default Future<Void> reload(C config) {
        return Future.succeededFuture();
    }
}
