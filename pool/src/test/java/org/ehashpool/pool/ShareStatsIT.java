package org.ehashpool.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.kit.sv2.link.CloseReason;
import org.ehashpool.pool.connection.StubFeed;
import org.ehashpool.pool.ledger.LedgerNode;
import org.ehashpool.pool.ledger.TestServer;
import org.ehashpool.pool.pay.PayPolicy;
import org.ehashpool.pool.pay.PayTerms;
import org.ehashpool.stats.event.StatsEvent;
import org.ehashpool.sv2.message.Mining.SubmitSharesError;
import org.ehashpool.sv2.message.Mining.SubmitSharesSuccess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the statistics service is told of shares is what the ledger has: no more, no less, of each channel. */
final class ShareStatsIT {
    private static final Vertx VERTX = Vertx.vertx();
    private static final PayTerms TERMS = new PayTerms(new PayPolicy.Work(BigInteger.ONE), 0, Duration.ofDays(30));

    @TempDir
    private Path home;

    private Database database;

    /** Of a channel, in whichever process. */
    private record Sum(long shares, BigInteger work) {
        Sum plus(Sum other) {
            return new Sum(shares + other.shares, work.add(other.work));
        }
    }

    @BeforeEach
    void open() throws Exception {
        database = TestServer.openEmpty();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void shouldTellWhatTheLedgerHasThroughReconnectsRefusalsAndARestart() {
        List<StatsEvent> told = new ArrayList<>();
        long refused = 0;
        for (String boot : List.of("first", "second")) {
            LedgerNode node = new LedgerNode(() -> database, boot, () -> TERMS, VERTX);
            PoolScenario pool = new PoolScenario(
                    home,
                    StubFeed.HARD,
                    node.ledger,
                    node.leases.lease().node(),
                    Map.of("POOL__USERS__1__NAME", "easier", "POOL__USERS__1__FIXED_DIFFICULTY", "1e-9"));
            try (pool) {
                pool.feed.mine(1);
                MinerPeer stays = pool.connect(0);
                long easy = stays.openExtended("easy");
                long easier = stays.openStandard("easier");
                stays.submit(easy, 40);
                // Of four of them, one counts.
                stays.submit(easier, 40);
                await().until(() -> accepted(stays) + refused(stays) == 80);
                MinerPeer leaves = pool.connect(0);
                leaves.submit(leaves.openExtended("easy"), 30);
                leaves.connection.close(CloseReason.CLOSED);
                MinerPeer returns = pool.connect(0);
                long again = returns.openExtended("easy");
                returns.submit(again, 5);
                returns.resubmit(again, 3);
                await().until(() -> refused(returns) == 3);
                pool.accepting = false;
                stays.submit(easy, 2);
                await().until(() -> accepted(stays) + refused(stays) == 82);
                refused += refused(stays) + refused(returns);
                long before = accepted(stays);
                // Ends with shares that the ledger has not answered.
                pool.accepting = true;
                stays.submit(easy, 11);
                await().until(() -> accepted(stays) > before);
            }
            node.stop();
            told.addAll(pool.told);
        }

        assertThat(of(told)).isEqualTo(ofLedger()).hasSizeGreaterThan(3);
        assertThat(told.stream()
                        .filter(StatsEvent.ShareRejected.class::isInstance)
                        .map(StatsEvent.ShareRejected.class::cast)
                        .mapToLong(StatsEvent.ShareRejected::count)
                        .sum())
                .isEqualTo(refused);
        assertThat(told)
                .filteredOn(StatsEvent.DownstreamConnected.class::isInstance)
                .hasSize(6);
        assertThat(told)
                .filteredOn(StatsEvent.DownstreamDisconnected.class::isInstance)
                .hasSize(6);
    }

    private static long accepted(MinerPeer miner) {
        return miner.received(SubmitSharesSuccess.class).stream()
                .mapToLong(SubmitSharesSuccess::newSubmitsAcceptedCount)
                .sum();
    }

    private static long refused(MinerPeer miner) {
        return miner.received(SubmitSharesError.class).size();
    }

    private static Map<String, Sum> of(List<StatsEvent> told) {
        Map<String, Sum> sums = new TreeMap<>();
        for (StatsEvent event : told) {
            if (event instanceof StatsEvent.ShareAccepted(long miner, long channel, long count, BigInteger work)) {
                sums.merge(miner + "/" + channel, new Sum(count, work), Sum::plus);
            }
        }
        return sums;
    }

    private Map<String, Sum> ofLedger() {
        Map<String, Sum> sums = new TreeMap<>();
        database.transactBlocking(
                        Isolation.READ_COMMITTED,
                        sql -> sql.fetch("select connection_id, channel_id, count(*) as shares, sum(work) as work"
                                + " from share group by connection_id, channel_id"))
                .forEach(row -> sums.put(
                        row.get("connection_id") + "/" + row.get("channel_id"),
                        new Sum(row.get("shares", Long.class), row.get("work", BigInteger.class))));
        return sums;
    }
}
