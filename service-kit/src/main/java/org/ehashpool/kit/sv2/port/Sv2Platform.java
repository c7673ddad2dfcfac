package org.ehashpool.kit.sv2.port;

import io.vertx.core.Future;
import java.time.ZoneOffset;
import org.ehashpool.kit.service.Component;
import org.ehashpool.kit.service.ServiceContext;
import org.ehashpool.kit.sv2.ConnectionIds;
import org.ehashpool.kit.sv2.Sv2Environment;
import org.ehashpool.kit.sv2.link.HandshakeWorkers;
import org.ehashpool.noise.curve.CurveSelection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all Stratum V2 endpoints of a service share: the curve, the workers that compute on it, the numbers of connections.
 * The first component to start and the last to stop of those that speak Stratum V2.
 */
public final class Sv2Platform implements Component {
    private static final Logger LOG = LoggerFactory.getLogger("org.ehashpool.kit.sv2");
    private static final int WAITING_HANDSHAKES = 1_024;

    private final ServiceContext context;
    private final String service;
    private final HandshakeWorkers workers;
    private volatile @Nullable Sv2Environment environment;

    /** For one service; {@code service} is the first word of its metrics. */
    public Sv2Platform(String service, ServiceContext context) {
        this.service = service;
        this.context = context;
        this.workers = new HandshakeWorkers(Runtime.getRuntime().availableProcessors(), WAITING_HANDSHAKES);
    }

    @Override
    public String name() {
        return "sv2_platform";
    }

    /** Native code is loaded, away from the event loops. */
    @Override
    public Future<Void> start() {
        return context.vertx().executeBlocking(this::open).map(opened -> {
            environment = opened;
            return null;
        });
    }

    private Sv2Environment open() {
        CurveSelection selection = CurveSelection.select(context.random());
        LOG.atInfo().addKeyValue("curve", selection.reason()).log("curve selected");
        return new Sv2Environment(
                context.vertx(),
                selection.curve(),
                context.random(),
                context.clock().withZone(ZoneOffset.UTC),
                workers,
                context.metrics().registry(),
                service,
                new ConnectionIds());
    }

    /**
     * For servers and clients.
     *
     * @throws IllegalStateException before the start has succeeded
     */
    public Sv2Environment environment() {
        Sv2Environment present = environment;
        if (present == null) {
            throw new IllegalStateException("not started");
        }
        return present;
    }

    @Override
    public Future<Void> stop() {
        workers.close();
        return Future.succeededFuture();
    }
}
