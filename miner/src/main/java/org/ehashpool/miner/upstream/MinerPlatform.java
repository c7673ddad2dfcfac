package org.ehashpool.miner.upstream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ehashpool.kit.sv2.ClientDescription;
import org.ehashpool.kit.sv2.ConnectionIds;
import org.ehashpool.kit.sv2.Sv2Environment;
import org.ehashpool.kit.sv2.link.HandshakeWorkers;
import org.ehashpool.noise.curve.CurveSelection;
import org.ehashpool.noise.curve.Secp256k1;

/** The event loops, threads and curve of this process. */
public final class MinerPlatform implements AutoCloseable {
    private static final long END_SECONDS = 5;

    private final Vertx vertx;
    private final HandshakeWorkers workers;
    private final Sv2Environment environment;

    /**
     * @param handshakes how many handshakes may wait
     */
    public MinerPlatform(SecureRandom random, int handshakes) {
        int processors = Runtime.getRuntime().availableProcessors();
        vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(processors));
        workers = new HandshakeWorkers(processors, handshakes);
        environment = new Sv2Environment(
                vertx,
                CurveSelection.select(random).curve(),
                random,
                Clock.systemUTC(),
                workers,
                new SimpleMeterRegistry(),
                "miner",
                new ConnectionIds());
    }

    /** What SV2 clients need. */
    public Sv2Environment environment() {
        return environment;
    }

    /** The event loops. */
    public Vertx vertx() {
        return vertx;
    }

    /** What reads authority keys. */
    public Secp256k1 curve() {
        return environment.curve();
    }

    /** How we describe ourselves to a pool. */
    public static ClientDescription self() {
        String version = MinerPlatform.class.getPackage().getImplementationVersion();
        return new ClientDescription("ehashpool", "CPU miner", version == null ? "unpackaged" : version, "");
    }

    @Override
    public void close() {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            MinerEvents.notStopped(e);
        }
        workers.close();
    }
}
