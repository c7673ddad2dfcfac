package org.ehashpool.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.ehashpool.pool.generated.Tables.SHARE;

import io.vertx.core.Vertx;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.pool.connection.StubFeed;
import org.ehashpool.pool.ledger.LedgerNode;
import org.ehashpool.pool.ledger.TestServer;
import org.ehashpool.pool.pay.PayPolicy;
import org.ehashpool.pool.pay.PayTerms;
import org.ehashpool.sv2.message.Mining.SubmitSharesError;
import org.ehashpool.sv2.message.Mining.SubmitSharesSuccess;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two accepted shares of one hash are credited once; two different shares never collide; nobody is told {@code
 * duplicate-share} for another's work. Pools in this process, on one database.
 */
final class DuplicatesIT {
    private static final Vertx VERTX = Vertx.vertx();
    private static final String USER = "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
    private static final PayTerms TERMS = new PayTerms(new PayPolicy.Work(BigInteger.ONE), 0, Duration.ofDays(30));

    @TempDir
    private Path home;

    private final List<PoolProcess> processes = new ArrayList<>();
    private Database database;

    /** A pool with a node id of its own, or with one that it should not have. */
    private final class PoolProcess implements AutoCloseable {
        final LedgerNode node;
        final PoolScenario pool;

        PoolProcess(String bootId, int server) {
            node = new LedgerNode(() -> database, bootId, () -> TERMS, VERTX);
            pool = new PoolScenario(
                    home,
                    StubFeed.HARD,
                    node.ledger,
                    server < 0 ? node.leases.lease().node() : server,
                    Map.of("POOL__USERS__1__NAME", USER, "POOL__USERS__1__FIXED_DIFFICULTY", "1e-10"));
            processes.add(this);
        }

        PoolProcess(String bootId) {
            this(bootId, -1);
        }

        @Override
        public void close() {
            pool.close();
            node.stop();
            processes.remove(this);
        }
    }

    @BeforeEach
    void open() throws Exception {
        database = TestServer.openEmpty();
    }

    @AfterEach
    void close() {
        List.copyOf(processes).forEach(PoolProcess::close);
        database.close();
    }

    private int rows() {
        return database.transactBlocking(Isolation.READ_COMMITTED, sql -> sql.fetchCount(SHARE));
    }

    private static void assertAllAccepted(MinerPeer miner, int shares) {
        miner.awaitMessage(SubmitSharesSuccess.class, 1);
        await().until(() -> miner.received(SubmitSharesSuccess.class).stream()
                        .mapToLong(SubmitSharesSuccess::newSubmitsAcceptedCount)
                        .sum()
                == shares);
        assertThat(miner.received(SubmitSharesError.class)).isEmpty();
    }

    @Test
    void shouldAcceptTheSameSubmissionsAfterARestartOnTheSameTemplateBecauseTheyAreOthers() {
        try (PoolProcess before = new PoolProcess("before")) {
            before.pool.feed.mine(1);
            MinerPeer miner = before.pool.connect(0);
            miner.submit(miner.openExtended(USER), 20);
            assertAllAccepted(miner, 20);
        }
        PoolProcess after = new PoolProcess("after");
        after.pool.feed.mine(1);
        MinerPeer miner = after.pool.connect(0);
        miner.submit(miner.openExtended(USER), 20);

        assertAllAccepted(miner, 20);
        assertThat(rows()).isEqualTo(40);
    }

    @Test
    void shouldCreditAShareOnceWhenARestartedPoolGetsItAgain() {
        int server;
        try (PoolProcess before = new PoolProcess("before")) {
            server = before.node.leases.lease().node();
            before.pool.feed.mine(1);
            MinerPeer miner = before.pool.connect(0);
            miner.submit(miner.openExtended(USER), 20);
            assertAllAccepted(miner, 20);
        }
        // What no lease allows: the extranonces of the process before.
        PoolProcess after = new PoolProcess("after", server);
        after.pool.feed.mine(1);
        MinerPeer miner = after.pool.connect(0);
        miner.submit(miner.openExtended(USER), 20);

        assertThat(miner.awaitMessage(SubmitSharesError.class, 20).errorCode()).isEqualTo(Text.of("duplicate-share"));
        assertThat(miner.received(SubmitSharesSuccess.class)).isEmpty();
        assertThat(rows()).isEqualTo(20);
    }

    @Test
    void shouldAcceptTheSameSubmissionsOnAChannelOpenedAgainBecauseTheyAreOthers() {
        PoolProcess process = new PoolProcess("boot");
        process.pool.feed.mine(1);
        MinerPeer first = process.pool.connect(0);
        first.submit(first.openExtended(USER), 20);
        assertAllAccepted(first, 20);
        first.connection.close();
        PoolScenario.await(first.connection.closed());

        MinerPeer again = process.pool.connect(0);
        again.submit(again.openExtended(USER), 20);

        assertAllAccepted(again, 20);
        assertThat(rows()).isEqualTo(40);
    }

    @Test
    void shouldAcceptTheSameSubmissionsWhenTheTipComesBackBecauseJobsDiffer() {
        PoolProcess process = new PoolProcess("boot");
        process.pool.feed.mine(1);
        MinerPeer miner = process.pool.connect(0);
        long channel = miner.openExtended(USER);
        miner.submit(channel, 10);
        assertAllAccepted(miner, 10);

        awaitTip(process, miner, channel, 2);
        miner.submit(channel, 10);
        assertAllAccepted(miner, 20);
        awaitTip(process, miner, channel, 1);
        // The nonces of the first ten, and all else as theirs but the number of the job.
        miner.resubmit(channel, 10);

        assertAllAccepted(miner, 30);
        assertThat(rows()).isEqualTo(30);
    }

    private static void awaitTip(PoolProcess process, MinerPeer miner, long channel, long number) {
        process.pool.feed.mine(number);
        await().until(() -> miner.work(channel)
                .filter(job -> job.tip().previousHash().equals(U256.of(number)))
                .isPresent());
    }

    @Test
    void shouldKeepTheSharesOfTwoNodesApart() {
        PoolProcess one = new PoolProcess("one");
        PoolProcess two = new PoolProcess("two");
        List<MinerPeer> miners = new ArrayList<>();
        for (PoolProcess process : List.of(one, two)) {
            process.pool.feed.mine(1);
            for (int i = 0; i < 3; i++) {
                MinerPeer miner = process.pool.connect(0);
                miners.add(miner);
                miner.submit(miner.openExtended(USER), 20);
            }
        }

        miners.forEach(miner -> assertAllAccepted(miner, 20));
        assertThat(rows()).isEqualTo(120);
    }
}
