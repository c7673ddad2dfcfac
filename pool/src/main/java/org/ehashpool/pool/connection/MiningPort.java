package org.ehashpool.pool.connection;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.ehashpool.kit.service.Component;
import org.ehashpool.kit.sv2.link.LinkSettings;
import org.ehashpool.kit.sv2.port.Sv2Platform;
import org.ehashpool.kit.sv2.port.Sv2Port;
import org.ehashpool.kit.sv2.port.Sv2PortConfig;
import org.ehashpool.kit.sv2.setup.ExtensionPolicy;
import org.ehashpool.kit.sv2.setup.SetupPolicy;
import org.ehashpool.pool.events.PoolEvents;
import org.ehashpool.pool.ledger.GroupCommit;
import org.ehashpool.sv2.message.Common.Reconnect;
import org.ehashpool.sv2.message.Ehash;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.Protocol;
import org.ehashpool.sv2.message.WorkerTracking;
import org.ehashpool.sv2.type.Text;

/**
 * Where miners connect. When it stops, it reads no more, waits until the ledger has settled what was accepted, sends the
 * last acknowledgements and the wish to reconnect, and ends the connections: in this order, because a miner that is asked
 * to go may be gone before it has heard of its last shares.
 */
public final class MiningPort implements Component {
    /** A miner that does not read costs no more than this; one with all its standard channels still gets its jobs. */
    private static final int WRITE_LIMIT = 4 << 20;

    private final Sv2Port port;
    private final MiningLoops loops;
    private final GroupCommit commit;
    private final DrainConfig drain;
    private final Duration patience;
    private final Vertx vertx;

    /**
     * A port that does not listen yet.
     *
     * @param keyFile where the authority's key is kept, unless the configuration says otherwise
     * @param versionRolling whether miners may change the header's version
     */
    public MiningPort(
            Sv2PortConfig config,
            DrainConfig drain,
            Path keyFile,
            boolean versionRolling,
            Sv2Platform platform,
            MiningLoops loops,
            GroupCommit commit,
            Vertx vertx) {
        this.loops = loops;
        this.commit = commit;
        this.drain = drain;
        this.vertx = vertx;
        patience = config.drain();
        LinkSettings link = LinkSettings.DEFAULT;
        port = new Sv2Port(
                "mining",
                config,
                keyFile,
                link.withWriteLimits(
                        link.writeLowWaterMark(), link.writeHighWaterMark(), WRITE_LIMIT, link.slowPeerLimit()),
                platform,
                policy(versionRolling),
                loops::accept);
    }

    /** Section 5.3.1. */
    private static SetupPolicy policy(boolean versionRolling) {
        long flags = Mining.REQUIRES_STANDARD_JOBS | Mining.REQUIRES_WORK_SELECTION;
        SetupPolicy policy = SetupPolicy.of(Protocol.MINING.number())
                .withExtensions(
                        new ExtensionPolicy(Set.of(WorkerTracking.EXTENSION, Ehash.EXTENSION), Set.of(), Set.of()));
        return versionRolling
                ? policy.withSupportedFlags(flags | Mining.REQUIRES_VERSION_ROLLING)
                : policy.withSupportedFlags(flags).withServerFlags(Mining.REQUIRES_FIXED_VERSION);
    }

    @Override
    public String name() {
        return "mining";
    }

    @Override
    public Future<Void> start() {
        return port.start();
    }

    /** The port itself. */
    public Sv2Port port() {
        return port;
    }

    /** For {@code /api/v1/state}. */
    public JsonObject state() {
        return port.state().put("pending_shares", commit.status().pending());
    }

    @Override
    public Future<Void> stop() {
        int connections = port.connectionCount();
        return loops.quiesce()
                .compose(quiet -> settled())
                .compose(settled -> drain.reconnect() ? loops.sendToAll(reconnect()) : Future.succeededFuture())
                .onSuccess(
                        sent -> PoolEvents.drained(connections, commit.status().pending()))
                .eventually(port::stop);
    }

    /** Also succeeds when the ledger has not answered for as long as connections may take to end. */
    private Future<Void> settled() {
        Future<Void> late = vertx.timer(Math.max(1, patience.toMillis()), TimeUnit.MILLISECONDS)
                .mapEmpty();
        return Future.any(commit.settled(), late).mapEmpty();
    }

    /** Section 3.6.5: "new_host: When empty, downstream node attempts to reconnect to its present host". */
    private Reconnect reconnect() {
        return drain.reconnectTo()
                .map(to -> new Reconnect(Text.of(to.host()), to.port()))
                .orElseGet(() -> new Reconnect(Text.EMPTY, 0));
    }
}
