package org.ehashpool.miner.sv2;

import io.vertx.core.Future;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.ehashpool.kit.sv2.Sv2ClientSettings;
import org.ehashpool.kit.sv2.Sv2Connection;
import org.ehashpool.kit.sv2.Sv2Environment;
import org.ehashpool.kit.sv2.Sv2ReconnectingClient;
import org.ehashpool.kit.sv2.UpstreamStatus;
import org.ehashpool.miner.upstream.MinerEvents;
import org.ehashpool.miner.upstream.Upstream;
import org.ehashpool.miner.upstream.Workshop;
import org.jspecify.annotations.Nullable;

/** Keeps a connection to the most preferred of several Stratum V2 servers, with channels on it. */
public final class Sv2Miner implements Upstream {
    private static final long MEASURE_MILLIS = 5_000;

    private final Sv2Environment environment;
    private final Sv2Settings settings;
    private final Workshop workshop;
    private final DoubleSupplier hashRate;
    private final LongSupplier nanoTime;
    private final Sv2ReconnectingClient client;
    /** Written on the client's event loop. */
    private volatile @Nullable Open current;

    private record Open(Sv2Connection connection, MiningSession session) {}

    /**
     * @param hashRate hashes per second as measured; 0 if it is not known
     * @param nanoTime monotonic nanoseconds
     */
    public Sv2Miner(
            Sv2Environment environment,
            Sv2Settings settings,
            Workshop workshop,
            DoubleSupplier hashRate,
            LongSupplier nanoTime) {
        this.environment = environment;
        this.settings = settings;
        this.workshop = workshop;
        this.hashRate = hashRate;
        this.nanoTime = nanoTime;
        this.client = new Sv2ReconnectingClient(
                        environment,
                        "pool",
                        Sv2ClientSettings.DEFAULT,
                        settings.reconnect(),
                        settings.pools(),
                        settings.plan().setup(settings.self()),
                        this::connected)
                .statusHandler(this::stands);
    }

    @Override
    public void start() {
        workshop.found().onShare(() -> {
            Open open = current;
            if (open != null) {
                open.connection().context().runOnContext(found -> open.session().submitFound());
            }
        });
        client.start();
    }

    private void connected(Sv2Connection connection) {
        if (current != null) {
            // A better connection takes the place of one that still stands.
            workshop.interrupted();
        }
        double announced = hashRate.getAsDouble() > 0 ? hashRate.getAsDouble() : settings.nominalHashRate();
        MiningSession session = new MiningSession(
                connection, client.status().address(), settings.plan(), workshop, announced, nanoTime.getAsLong());
        current = new Open(connection, session);
        long timer = environment
                .vertx()
                .setPeriodic(MEASURE_MILLIS, due -> session.measured(hashRate.getAsDouble(), nanoTime.getAsLong()));
        connection.closed().onSuccess(cause -> {
            environment.vertx().cancelTimer(timer);
            Open open = current;
            if (open != null && open.connection() == connection) {
                current = null;
                workshop.interrupted();
                MinerEvents.disconnected(
                        client.status().address(), cause.reason().label());
                if (!session.refusal().isEmpty()) {
                    workshop.tally().state(session.refusal());
                }
            }
        });
    }

    private void stands(UpstreamStatus status) {
        workshop.tally()
                .state(
                        switch (status.state()) {
                            case IDLE -> "starting";
                            case CONNECTING -> "connecting to " + status.address();
                            case WAITING -> status.address() + ": " + status.lastFailure();
                            case CONNECTED -> "connected to " + status.address();
                            case STOPPED -> "stopped";
                        });
    }

    @Override
    public Future<Void> stop() {
        return client.stop();
    }
}
