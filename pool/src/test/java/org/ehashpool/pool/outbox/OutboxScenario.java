package org.ehashpool.pool.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.pool.connection.EhashNotice;
import org.ehashpool.pool.ledger.Credits;
import org.ehashpool.pool.ledger.PostgresShareLedger;
import org.ehashpool.pool.ledger.ShareCredit;
import org.ehashpool.pool.ledger.TestServer;
import org.ehashpool.pool.mintlink.PinnedMint;
import org.ehashpool.pool.node.LeaseSettings;
import org.ehashpool.pool.node.NodeLeases;
import org.ehashpool.pool.node.NodeRange;
import org.ehashpool.pool.node.NodeTable;
import org.ehashpool.pool.pay.PayPolicy;
import org.ehashpool.pool.pay.PayTerms;
import org.ehashpool.stats.event.StatsEvent;
import org.ehashpool.sv2.type.Bytes;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Pool nodes with a ledger and an outbox on a database of their own, and mints in memory. */
abstract class OutboxScenario {
    static final Vertx VERTX = Vertx.vertx();
    static final OutboxConfig CONFIG = new OutboxConfig(
            1_024, true, 512, 4_096, 1_000_000, Duration.ofMinutes(5), Duration.ofSeconds(1), Duration.ofSeconds(5));
    private static final LeaseSettings LEASES = new LeaseSettings(
            new NodeRange(0, 9),
            Duration.ofSeconds(2),
            Duration.ofMillis(500),
            Duration.ofMillis(500),
            Duration.ofHours(24));
    private static final PayTerms TERMS =
            new PayTerms(new PayPolicy.Work(BigInteger.TWO.pow(30)), 0, Duration.ofDays(30));

    final List<FakeMint> mints = new CopyOnWriteArrayList<>(List.of(new FakeMint(1)));
    final FakeMint mint = mints.getFirst();
    final Credits credits = new Credits(42);
    final List<PoolNode> nodes = new ArrayList<>();
    Database database;

    /** One process of the pool. */
    final class PoolNode {
        final NodeLeases leases;
        final PostgresShareLedger ledger;
        final Outbox outbox;
        final List<EhashNotice> notices = new CopyOnWriteArrayList<>();
        final List<Throwable> failures = new CopyOnWriteArrayList<>();
        final List<StatsEvent> told = new CopyOnWriteArrayList<>();
        private final Map<Bytes, String> urls = new HashMap<>();
        private final Context context = ((VertxInternal) VERTX).createEventLoopContext();

        PoolNode(String bootId, OutboxConfig config) {
            leases = new NodeLeases(() -> database, LEASES, bootId, VERTX, System::nanoTime, failures::add);
            outbox = new Outbox(
                    config,
                    new Outbox.Given(
                            () -> database,
                            ownership(),
                            () -> mints.stream().map(each -> each.pinned).toList(),
                            key -> Optional.of("https://mint.example"),
                            urls::putAll,
                            notices(),
                            VERTX,
                            InstantSource.system(),
                            System::nanoTime,
                            ServiceMetrics.create("pool", bootId),
                            told::add));
            ledger = new PostgresShareLedger(
                    () -> database,
                    leases::lease,
                    () -> TERMS,
                    InstantSource.system(),
                    (node, payable) -> outbox.wake());
        }

        private NodeOwnership ownership() {
            return new NodeOwnership() {
                @Override
                public long boot() {
                    return leases.lease().boot();
                }

                @Override
                public List<Integer> hold(DSLContext sql) {
                    NodeTable.requireHeld(sql, leases.lease());
                    return NodeTable.nodesOf(sql, leases.lease());
                }
            };
        }

        private QuoteNotices notices() {
            return new QuoteNotices() {
                @Override
                public void tell(List<EhashNotice> told) {
                    notices.addAll(told);
                }

                @Override
                public void mintsChanged() {
                    // Nobody listens to that here.
                }
            };
        }

        FakeMint.Link link(FakeMint to) {
            return to.connect(outbox, context);
        }

        void commit(List<ShareCredit> shares) {
            get(ledger.commit(shares));
        }

        /** What a process does at its end. */
        void stop() {
            get(outbox.stop());
            get(leases.stop());
            nodes.remove(this);
        }

        /** It does nothing more, and says nothing. */
        void die() {
            // Its lease is not renewed any more and ends.
            nodes.remove(this);
            sql(sql -> sql.execute(
                    "update node set lease_until = now() - interval '1 second' where boot = {0}",
                    leases.lease().boot()));
        }

        /** Takes over the nodes that are gone. */
        void takeOver() {
            sql(sql -> NodeTable.takeOver(sql, leases.lease()));
        }
    }

    @BeforeEach
    void open() throws Exception {
        database = TestServer.openEmpty();
    }

    @AfterEach
    void close() {
        List.copyOf(nodes).forEach(PoolNode::stop);
        database.close();
        mints.forEach(each -> assertThat(each.wrongs()).isEmpty());
    }

    final PoolNode node(String bootId) {
        return node(bootId, CONFIG);
    }

    final PoolNode node(String bootId, OutboxConfig config) {
        PoolNode node = new PoolNode(bootId, config);
        get(node.leases.start());
        get(node.outbox.start());
        nodes.add(node);
        return node;
    }

    final <T> T sql(Function<DSLContext, T> work) {
        return database.transactBlocking(Isolation.READ_COMMITTED, work);
    }

    final BigInteger number(String query) {
        return sql(sql -> sql.fetchSingle(query).get(0, BigInteger.class));
    }

    final void assertPaidOnce(int shares) {
        BigInteger credited = number("select coalesce(sum(amount), 0) from share");
        assertThat(number("select count(*) from share where amount is not null"))
                .isEqualTo(BigInteger.valueOf(shares));
        assertThat(number("select count(*) from share where amount is not null and order_id is null"))
                .isZero();
        assertThat(
                        number(
                                "select count(*) from quote_order o where share_count <> (select count(*) from share s where"
                                        + " s.order_id = o.id) or amount <> (select sum(s.amount) from share s where s.order_id = o.id)"))
                .isZero();
        assertThat(number("select coalesce(sum(amount), 0) from quote_order where state = 'quoted'"))
                .isEqualTo(credited);
        assertThat(mints.stream().map(FakeMint::paid).reduce(BigInteger.ZERO, BigInteger::add))
                .isEqualTo(credited);
        assertThat(mints.stream().mapToLong(FakeMint::shares).sum()).isEqualTo(shares);
    }

    final void awaitQuoted() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> number("select (select count(*) from share where amount is not null and order_id is null)"
                                        + " + (select count(*) from quote_order where state <> 'quoted')")
                                .signum()
                        == 0);
    }

    final void awaitOrders(String state, int count) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> number("select count(*) from quote_order where state = '" + state + "'")
                                .intValueExact()
                        == count);
    }

    static <T> T get(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    static List<PinnedMint> pinned(List<FakeMint> all) {
        return all.stream().map(each -> each.pinned).toList();
    }
}
