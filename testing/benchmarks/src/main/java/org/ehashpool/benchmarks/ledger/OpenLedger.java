package org.ehashpool.benchmarks.ledger;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.PostgresConfig;
import org.ehashpool.pool.ledger.CreditsListener;
import org.ehashpool.pool.ledger.LedgerSchema;
import org.ehashpool.pool.ledger.PostgresShareLedger;
import org.ehashpool.pool.ledger.ShareCredit;
import org.ehashpool.pool.ledger.ShareLedger.Outcome;
import org.ehashpool.pool.node.LeaseSettings;
import org.ehashpool.pool.node.NodeLeases;
import org.ehashpool.pool.node.NodeRange;
import org.ehashpool.pool.pay.PayTerms;

/** A pool's ledger without the pool: its database, the lease of a node, and itself. */
public final class OpenLedger implements AutoCloseable {
    private final Vertx vertx;
    private final Database database;
    private final NodeLeases leases;
    private final PostgresShareLedger ledger;

    /**
     * Opens it. Blocks.
     *
     * @param boot who has the lease
     */
    public OpenLedger(PostgresConfig postgres, String boot, PayTerms terms) throws Exception {
        vertx = Vertx.vertx();
        database = Database.open(postgres, LedgerSchema.SCHEMA, new SimpleMeterRegistry(), new SecureRandom());
        leases = new NodeLeases(
                () -> database,
                LeaseSettings.of(new NodeRange(0, NodeRange.HIGHEST)),
                boot,
                vertx,
                System::nanoTime,
                failure -> {
                    throw new IllegalStateException(failure);
                });
        done(leases.start());
        ledger = new PostgresShareLedger(
                () -> database, leases::lease, () -> terms, InstantSource.system(), CreditsListener.NONE);
    }

    /** Commits shares. Blocks. */
    public List<Outcome> commit(List<ShareCredit> shares)
            throws InterruptedException, ExecutionException, TimeoutException {
        return done(ledger.commit(shares));
    }

    @Override
    public void close() {
        leases.stop().toCompletionStage().toCompletableFuture().join();
        database.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static <T> T done(Future<T> future) throws InterruptedException, ExecutionException, TimeoutException {
        return future.toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
    }
}
