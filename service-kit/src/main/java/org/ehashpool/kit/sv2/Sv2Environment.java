package org.ehashpool.kit.sv2;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.util.concurrent.Ticker;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.security.SecureRandom;
import java.time.Clock;
import org.ehashpool.kit.sv2.link.HandshakeWorkers;
import org.ehashpool.noise.curve.Secp256k1;

/**
 * What the SV2 endpoints of a process share. Whoever makes it closes Vert.x and the workers after the endpoints.
 *
 * @param vertx runs the event loops; with native transport where there is one, for TCP_USER_TIMEOUT
 * @param curve computes
 * @param random keys, and jitter of reconnections
 * @param clock certificates and times that are shown
 * @param workers the curve work of handshakes
 * @param meters metrics are registered here
 * @param service the service's name, the first word of its metrics
 * @param connectionIds numbers every connection of the process
 */
public record Sv2Environment(
        Vertx vertx,
        Secp256k1 curve,
        SecureRandom random,
        Clock clock,
        HandshakeWorkers workers,
        MeterRegistry meters,
        String service,
        ConnectionIds connectionIds) {

    /** Monotonic nanoseconds of the event loops. */
    long nanoTime() {
        return Ticker.systemTicker().nanoTime();
    }

    /** The current time as certificates count it. */
    long epochSeconds() {
        return clock.instant().getEpochSecond();
    }

    VertxInternal internalVertx() {
        return (VertxInternal) vertx;
    }
}
