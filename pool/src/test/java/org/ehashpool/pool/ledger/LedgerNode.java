package org.ehashpool.pool.ledger;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.pool.ledger.ShareLedger.Outcome;
import org.ehashpool.pool.node.LeaseSettings;
import org.ehashpool.pool.node.NodeLeases;
import org.ehashpool.pool.node.NodeRange;
import org.ehashpool.pool.pay.PayTerms;

/** What one process of the pool has of the ledger. */
public final class LedgerNode {
    private static final LeaseSettings LEASES = new LeaseSettings(
            new NodeRange(0, 9),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofHours(24));

    public final NodeLeases leases;
    public final PostgresShareLedger ledger;
    final LedgerUpkeep upkeep;
    final List<Throwable> failures = new CopyOnWriteArrayList<>();
    final List<Integer> payable = new CopyOnWriteArrayList<>();
    /** Whether the next commit fails after it was done. */
    boolean answersLost;

    /** With a lease. */
    public LedgerNode(Supplier<Database> database, String bootId, Supplier<PayTerms> terms, Vertx vertx) {
        leases = new NodeLeases(database, LEASES, bootId, vertx, System::nanoTime, failures::add);
        ledger = new PostgresShareLedger(database, leases::lease, terms, InstantSource.system(), this::committed);
        upkeep = new LedgerUpkeep(ledger, database, leases::lease, terms, Duration.ofMillis(50), vertx);
        await(leases.start());
    }

    private void committed(int node, int count) {
        if (answersLost) {
            answersLost = false;
            throw new IllegalStateException("the answer is lost");
        }
        payable.add(count);
    }

    List<Outcome> commit(List<ShareCredit> credits) {
        return await(ledger.commit(credits));
    }

    int id() {
        return leases.lease().node();
    }

    /** Ends the lease. */
    public void stop() {
        await(upkeep.stop());
        await(leases.stop());
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
