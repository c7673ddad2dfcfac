package org.ehashpool.kit.service;

import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.ehashpool.kit.http.HealthChecks;
import org.ehashpool.kit.http.HttpEndpoint;
import org.ehashpool.kit.http.StateReport;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.ehashpool.kit.stats.StatsSink;

/**
 * What a service is given besides its configuration.
 *
 * @param clock the wall clock
 * @param nanoTime the monotonic clock, in nanoseconds
 * @param http for routes of the service's own
 * @param health for checks that decide whether the service is ready
 * @param state for what the service tells of itself
 * @param stats for what happens to the service; from any thread, at once
 * @param failure shuts the service down as failed
 */
public record ServiceContext(
        ServiceIdentity identity,
        Vertx vertx,
        InstantSource clock,
        LongSupplier nanoTime,
        SecureRandom random,
        HttpEndpoint http,
        HealthChecks health,
        StateReport state,
        ServiceMetrics metrics,
        StatsSink stats,
        Consumer<Throwable> failure) {

    /** For what cannot be repaired: the service stops its components and exits with status 1. */
    public void fail(Throwable cause) {
        failure.accept(cause);
    }
}
