package org.ehashpool.templateprovider.chain;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.ehashpool.kit.config.HostPort;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.ehashpool.kit.service.Component;
import org.ehashpool.templateprovider.chain.node.ChainEvents;
import org.ehashpool.templateprovider.chain.node.ChainStatus;
import org.ehashpool.templateprovider.chain.node.ChainWorker;
import org.ehashpool.templateprovider.chain.node.EmbeddedChain;
import org.ehashpool.templateprovider.chain.rpc.RpcCredentials;
import org.ehashpool.templateprovider.chain.rpc.RpcServer;
import org.jspecify.annotations.Nullable;

/** The embedded chain as a component: its files, its RPC, and the transactions that it makes by itself. */
public final class EmbeddedNode implements Component {
    private static final int QUEUE = 256;
    private static final long TICK_MILLIS = 200;
    private static final double MAX_OWED_SECONDS = 5;
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final ChainConfig config;
    private final Path directory;
    private final Vertx vertx;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final SecureRandom random;
    private final ChainWorker worker;
    private final AtomicBoolean generating = new AtomicBoolean();
    private volatile @Nullable EmbeddedChain chain;
    private volatile @Nullable RpcServer server;
    private volatile @Nullable HostPort address;
    private boolean cookieWritten;
    private long timer = -1;
    private double owed;

    /**
     * Nothing is opened yet.
     *
     * @param directory where the configuration names none
     * @param clock the wall clock
     * @param nanoTime the monotonic clock, in nanoseconds
     */
    public EmbeddedNode(
            ChainConfig config,
            Path directory,
            Vertx vertx,
            InstantSource clock,
            LongSupplier nanoTime,
            SecureRandom random,
            ServiceMetrics metrics) {
        this.config = config;
        this.directory = config.directory().orElse(directory);
        this.vertx = vertx;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.random = random;
        this.worker = new ChainWorker(vertx, QUEUE);
        gauge(metrics, "chain.height", "Height of the embedded chain", ChainStatus::height);
        gauge(metrics, "chain.coins", "Unspent outputs of the embedded chain", ChainStatus::coins);
        gauge(
                metrics,
                "chain.mempool.transactions",
                "Transactions that wait in the embedded chain",
                ChainStatus::mempoolTransactions);
        gauge(metrics, "chain.mempool.bytes", "Their bytes", ChainStatus::mempoolBytes);
        metrics.gauge("chain.rpc.connections", "Open RPC connections of the embedded chain", () -> {
            RpcServer listening = server;
            return listening == null ? 0 : listening.connections();
        });
    }

    private void gauge(ServiceMetrics metrics, String name, String description, Function<ChainStatus, Number> figure) {
        metrics.gauge(name, description, () -> {
            EmbeddedChain opened = chain;
            return opened == null ? 0 : figure.apply(opened.status());
        });
    }

    @Override
    public String name() {
        return "embedded_chain";
    }

    /** The file with {@code user:password} of the RPC, while it listens. */
    public Path cookieFile() {
        return directory.resolve(".cookie");
    }

    /**
     * Where the RPC is served.
     *
     * @throws IllegalStateException before the start has succeeded
     */
    public HostPort address() {
        HostPort listening = address;
        if (listening == null) {
            throw new IllegalStateException("not listening");
        }
        return listening;
    }

    @Override
    public Future<Void> start() {
        return worker.run(this::open).compose(RpcServer::listen).map(listening -> {
            address = listening;
            ChainEvents.listening(listening, cookieFile());
            if (config.transactionsPerSecond() > 0) {
                timer = vertx.setPeriodic(TICK_MILLIS, tick -> generate());
            }
            return null;
        });
    }

    private RpcServer open() throws IOException {
        EmbeddedChain opened =
                EmbeddedChain.open(directory, config.parameters(), config.mempoolLimits(), clock, random);
        chain = opened;
        RpcCredentials credentials = RpcCredentials.withCookie(cookieFile(), config.login(), random);
        cookieWritten = true;
        RpcServer created = new RpcServer(vertx, config.rpcSettings(), credentials, opened, worker, nanoTime);
        opened.onChange(created::look);
        server = created;
        return created;
    }

    private void generate() {
        EmbeddedChain opened = chain;
        double perTick = config.transactionsPerSecond() * TICK_MILLIS / 1_000;
        owed = Math.min(owed + perTick, Math.max(1, MAX_OWED_SECONDS * config.transactionsPerSecond()));
        int due = (int) owed;
        if (opened == null || due == 0 || !generating.compareAndSet(false, true)) {
            return;
        }
        owed -= due;
        worker.run(() -> opened.generate(due)).onComplete(done -> {
            generating.set(false);
            if (done.failed() && !(done.cause() instanceof ChainWorker.BusyException)) {
                ChainEvents.generatorFailed(done.cause());
            }
        });
    }

    /** For {@code /api/v1/state}. */
    public JsonObject state() {
        EmbeddedChain opened = chain;
        RpcServer listening = server;
        JsonObject state = new JsonObject()
                .put("directory", directory.toString())
                .put("rpc", address == null ? null : String.valueOf(address))
                .put("bits", config.bits());
        if (opened != null) {
            ChainStatus status = opened.status();
            state.put("height", status.height())
                    .put("tip", status.tip().toHex())
                    .put("coins", status.coins())
                    .put("mempool_transactions", status.mempoolTransactions())
                    .put("mempool_bytes", status.mempoolBytes());
        }
        return state.put("long_polls", listening == null ? 0 : listening.waiting());
    }

    @Override
    public Future<Void> stop() {
        vertx.cancelTimer(timer);
        RpcServer listening = server;
        Future<Void> closed = listening == null ? Future.succeededFuture() : listening.close(GRACE);
        return closed.eventually(() -> worker.run(() -> {
                    letGo();
                    return true;
                }))
                .eventually(() -> {
                    worker.close();
                    return Future.succeededFuture();
                });
    }

    private void letGo() throws IOException {
        if (cookieWritten) {
            try {
                Files.deleteIfExists(cookieFile());
            } catch (IOException e) {
                ChainEvents.cookieNotDeleted(cookieFile(), e);
            }
        }
        EmbeddedChain opened = chain;
        if (opened != null) {
            opened.close();
        }
    }
}
