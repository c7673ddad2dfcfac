package org.ehashpool.pool.ledger;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.kit.service.Component;
import org.ehashpool.pool.events.PoolEvents;
import org.ehashpool.pool.node.NodeLease;
import org.ehashpool.pool.pay.PayTerms;

/** Takes over what nodes that are gone left behind, and lets carries lapse: now and then, while the pool runs. */
public final class LedgerUpkeep implements Component {
    private static final Duration LAPSE_INTERVAL = Duration.ofHours(1);

    private final PostgresShareLedger ledger;
    private final Supplier<Database> database;
    private final Supplier<NodeLease> lease;
    private final Supplier<PayTerms> terms;
    private final Duration interval;
    private final Vertx vertx;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile long successionTimer = -1;
    private volatile long lapseTimer = -1;

    /**
     * Does nothing yet.
     *
     * @param interval how often nodes that are gone are looked for
     */
    public LedgerUpkeep(
            PostgresShareLedger ledger,
            Supplier<Database> database,
            Supplier<NodeLease> lease,
            Supplier<PayTerms> terms,
            Duration interval,
            Vertx vertx) {
        this.ledger = ledger;
        this.database = database;
        this.lease = lease;
        this.terms = terms;
        this.interval = interval;
        this.vertx = vertx;
    }

    @Override
    public String name() {
        return "ledger_upkeep";
    }

    @Override
    public Future<Void> start() {
        successionTimer = vertx.setPeriodic(1, interval.toMillis(), tick -> unlessBusy(this::takeOver));
        lapseTimer = vertx.setPeriodic(interval.toMillis(), LAPSE_INTERVAL.toMillis(), tick -> unlessBusy(this::lapse));
        return Future.succeededFuture();
    }

    private void unlessBusy(BooleanSupplier work) {
        if (busy.compareAndSet(false, true)) {
            vertx.executeBlocking(() -> ledger.changeCarries(work), false)
                    .onFailure(PoolEvents::upkeepFailed)
                    .onComplete(done -> busy.set(false));
        }
    }

    private boolean takeOver() {
        NodeLease present = lease.get();
        Set<Integer> nodes =
                database.get().transactBlocking(Isolation.READ_COMMITTED, sql -> Succession.takeOver(sql, present));
        if (!nodes.isEmpty()) {
            PoolEvents.nodesTakenOver(nodes);
        }
        return !nodes.isEmpty();
    }

    private boolean lapse() {
        NodeLease present = lease.get();
        Duration idle = terms.get().carryLapses();
        int keys =
                database.get().transactBlocking(Isolation.READ_COMMITTED, sql -> Succession.lapse(sql, present, idle));
        if (keys > 0) {
            PoolEvents.carriesLapsed(keys);
        }
        return keys > 0;
    }

    @Override
    public Future<Void> stop() {
        vertx.cancelTimer(successionTimer);
        vertx.cancelTimer(lapseTimer);
        return Future.succeededFuture();
    }
}
