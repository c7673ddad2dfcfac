package org.ehashpool.pool.node;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.ehashpool.kit.http.Health;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.kit.service.Component;
import org.ehashpool.pool.events.PoolEvents;
import org.jspecify.annotations.Nullable;

/**
 * Leases a node id when the pool starts, another one at each start, and keeps it while the pool runs. When the database
 * does not answer, the pool accepts no shares from shortly before the lease ends until it is renewed. When another process
 * has taken over, the pool has to end.
 */
public final class NodeLeases implements Component {
    private final Supplier<Database> database;
    private final LeaseSettings settings;
    private final String bootId;
    private final Vertx vertx;
    private final LongSupplier nanoTime;
    private final Consumer<Throwable> fail;
    private volatile @Nullable NodeLease lease;
    /** By {@link #nanoTime}: no share is accepted afterwards. */
    private volatile long acceptsUntil;

    private volatile long timer = -1;
    private boolean renewing;

    /**
     * Nothing leased yet.
     *
     * @param bootId of the process
     * @param nanoTime monotonic, in nanoseconds
     * @param fail ends the service
     */
    public NodeLeases(
            Supplier<Database> database,
            LeaseSettings settings,
            String bootId,
            Vertx vertx,
            LongSupplier nanoTime,
            Consumer<Throwable> fail) {
        this.database = database;
        this.settings = settings;
        this.bootId = bootId;
        this.vertx = vertx;
        this.nanoTime = nanoTime;
        this.fail = fail;
    }

    @Override
    public String name() {
        return "node";
    }

    @Override
    public Future<Void> start() {
        long asked = nanoTime.getAsLong();
        return database.get()
                .transact(
                        Isolation.READ_COMMITTED,
                        sql -> NodeTable.lease(sql, settings.range(), bootId, settings.duration(), settings.rest()))
                .compose(leased -> begin(leased, asked));
    }

    private Future<Void> begin(Optional<NodeLease> leased, long asked) {
        if (leased.isEmpty()) {
            return Future.failedFuture(new IllegalStateException("all node ids from "
                    + settings.range().first() + " to " + settings.range().last()
                    + " are leased, or were within the last "
                    + settings.rest().toHours() + " h: extranonce.first_server_id and last_server_id"));
        }
        NodeLease got = leased.get();
        lease = got;
        held(asked);
        PoolEvents.nodeLeased(got.node(), got.boot());
        timer = vertx.setPeriodic(settings.renewal().toMillis(), tick -> renew(got));
        return Future.succeededFuture();
    }

    /** The lease is at least as long as if it had begun when it was asked for. */
    private void held(long asked) {
        acceptsUntil = asked + settings.duration().minus(settings.margin()).toNanos();
    }

    private void renew(NodeLease present) {
        synchronized (this) {
            if (renewing) {
                return;
            }
            renewing = true;
        }
        long asked = nanoTime.getAsLong();
        database.get()
                .transact(Isolation.READ_COMMITTED, sql -> NodeTable.renew(sql, present, settings.duration()))
                .onComplete(renewed -> {
                    synchronized (this) {
                        renewing = false;
                    }
                    if (renewed.failed()) {
                        PoolEvents.nodeNotRenewed(present.node(), renewed.cause());
                    } else if (Boolean.TRUE.equals(renewed.result())) {
                        held(asked);
                    } else {
                        acceptsUntil = nanoTime.getAsLong();
                        fail.accept(new NodeTakenOverException(present));
                    }
                });
    }

    /**
     * What is leased.
     *
     * @throws IllegalStateException before the start
     */
    public NodeLease lease() {
        NodeLease present = lease;
        if (present == null) {
            throw new IllegalStateException("no node id is leased yet");
        }
        return present;
    }

    /** Whether shares may be accepted: the lease will not end at once. */
    public boolean isHeld() {
        return lease != null && acceptsUntil - nanoTime.getAsLong() > 0;
    }

    /** For readiness. */
    public Health health() {
        NodeLease present = lease;
        if (present == null) {
            return Health.down("no node id is leased");
        }
        return isHeld()
                ? Health.up("node " + present.node())
                : Health.down("the lease of node " + present.node() + " could not be renewed");
    }

    @Override
    public Future<Void> stop() {
        vertx.cancelTimer(timer);
        NodeLease present = lease;
        if (present == null) {
            return Future.succeededFuture();
        }
        acceptsUntil = nanoTime.getAsLong();
        return database.get()
                .transact(Isolation.READ_COMMITTED, sql -> {
                    NodeTable.release(sql, present);
                    return true;
                })
                .mapEmpty();
    }
}
