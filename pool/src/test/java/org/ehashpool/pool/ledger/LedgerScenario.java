package org.ehashpool.pool.ledger;

import static org.ehashpool.pool.generated.Tables.CARRY;
import static org.ehashpool.pool.generated.Tables.SHARE;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.math.BigInteger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.pool.ledger.ShareLedger.Outcome;
import org.ehashpool.pool.node.LeaseSettings;
import org.ehashpool.pool.node.NodeLeases;
import org.ehashpool.pool.node.NodeRange;
import org.ehashpool.pool.pay.PayPolicy;
import org.ehashpool.pool.pay.PayTerms;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A database without anything in it, and nodes on it. */
abstract class LedgerScenario {
    static final Vertx VERTX = Vertx.vertx();
    static final LeaseSettings LEASES = new LeaseSettings(
            new NodeRange(0, 9),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofHours(24));

    final List<Node> nodes = new ArrayList<>();
    final List<Throwable> failures = new CopyOnWriteArrayList<>();
    Database database;
    PayTerms terms = new PayTerms(new PayPolicy.Work(BigInteger.TWO.pow(32)), 0, Duration.ofDays(30));

    /** One process of the pool. */
    final class Node {
        final NodeLeases leases;
        final PostgresShareLedger ledger;
        final LedgerUpkeep upkeep;
        /** Whether the next commit fails after it was done. */
        boolean answersLost;

        final List<Integer> payable = new CopyOnWriteArrayList<>();

        Node(String bootId) {
            leases = new NodeLeases(() -> database, LEASES, bootId, VERTX, System::nanoTime, failures::add);
            ledger = new PostgresShareLedger(
                    () -> database, leases::lease, () -> terms, InstantSource.system(), (node, count) -> {
                        if (answersLost) {
                            answersLost = false;
                            throw new IllegalStateException("lost");
                        }
                        payable.add(count);
                    });
            upkeep = new LedgerUpkeep(ledger, () -> database, leases::lease, () -> terms, Duration.ofMillis(50), VERTX);
        }

        List<Outcome> commit(List<ShareCredit> credits) {
            return await(ledger.commit(credits));
        }

        void stop() {
            await(upkeep.stop());
            await(leases.stop());
            nodes.remove(this);
        }
    }

    @BeforeEach
    void open() throws Exception {
        database = TestServer.openEmpty();
    }

    @AfterEach
    void close() {
        List.copyOf(nodes).forEach(Node::stop);
        database.close();
    }

    Node node(String bootId) {
        Node node = new Node(bootId);
        await(node.leases.start());
        nodes.add(node);
        return node;
    }

    <T> T sql(Function<DSLContext, T> work) {
        return database.transactBlocking(Isolation.READ_COMMITTED, work);
    }

    int shares() {
        return sql(sql -> sql.fetchCount(SHARE));
    }

    BigInteger credited() {
        return sql(sql -> sql.fetchSingle("select coalesce(sum(amount), 0) from {0}", SHARE)
                .get(0, BigInteger.class));
    }

    BigInteger carried() {
        return sql(sql -> sql.fetchSingle("select coalesce(sum(carry), 0) from {0}", CARRY)
                .get(0, BigInteger.class));
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
