package org.ehashpool.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.ehashpool.pool.generated.Tables.SHARE;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.kit.postgres.embedded.EmbeddedPostgres;
import org.ehashpool.kit.postgres.embedded.EmbeddedPostgresConfig;
import org.ehashpool.pool.connection.StubFeed;
import org.ehashpool.pool.ledger.LedgerNode;
import org.ehashpool.pool.ledger.LedgerSchema;
import org.ehashpool.pool.ledger.TestServer;
import org.ehashpool.pool.pay.PayPolicy;
import org.ehashpool.pool.pay.PayTerms;
import org.ehashpool.sv2.message.Mining.NewExtendedMiningJob;
import org.ehashpool.sv2.message.Mining.SubmitSharesError;
import org.ehashpool.sv2.message.Mining.SubmitSharesSuccess;
import org.ehashpool.sv2.type.Text;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pool whose database goes and comes back: jobs go on, nothing that was accepted is lost, nothing is there twice. */
final class LedgerAwayIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String USER = "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
    private static final PayTerms TERMS = new PayTerms(new PayPolicy.Work(BigInteger.ONE), 0, Duration.ofDays(30));

    @TempDir
    private Path home;

    private final Vertx vertx = Vertx.vertx();
    private EmbeddedPostgresConfig config;
    private EmbeddedPostgres server;
    private Database database;
    private LedgerNode node;
    private PoolScenario pool;

    @BeforeEach
    void start() {
        config = EmbeddedPostgresConfig.in(home.resolve("postgres"));
        server = EmbeddedPostgres.start(config, new SecureRandom());
        database = TestServer.open(server.loginFor(LedgerSchema.SCHEMA.name()));
        node = new LedgerNode(() -> database, "boot", () -> TERMS, vertx);
        pool = new PoolScenario(
                home,
                StubFeed.HARD,
                node.ledger,
                node.leases.lease().node(),
                Map.of(
                        "POOL__USERS__1__NAME", USER,
                        "POOL__USERS__1__FIXED_DIFFICULTY", "1e-10",
                        "POOL__SHARES__PATIENCE", "2s"));
        pool.feed.mine(1);
    }

    @AfterEach
    void stop() {
        pool.close();
        node.stop();
        database.close();
        server.close();
    }

    private int rows() {
        return database.transactBlocking(Isolation.READ_COMMITTED, sql -> sql.fetchCount(SHARE));
    }

    private static long acknowledged(MinerPeer miner) {
        return miner.received(SubmitSharesSuccess.class).stream()
                .mapToLong(SubmitSharesSuccess::newSubmitsAcceptedCount)
                .sum();
    }

    @Test
    void shouldKeepAcceptedSharesThenRefuseWhenTheDatabaseIsStopped() {
        MinerPeer miner = pool.connect(0);
        long channel = miner.openExtended(USER);
        miner.submit(channel, 10);
        await().atMost(PATIENCE).until(() -> acknowledged(miner) == 10);

        server.close();
        miner.submit(channel, 5);
        await().atMost(PATIENCE).until(() -> pool.get("/health/ready").statusCode() == 503);
        await().atMost(PATIENCE)
                .until(() -> pool.json("/api/v1/global").getJsonObject("ledger").getBoolean("refusing"));
        miner.submit(channel, 1);
        assertThat(miner.awaitMessage(SubmitSharesError.class, 1).errorCode())
                .isEqualTo(Text.of("storage-unavailable"));
        int jobs = miner.received(NewExtendedMiningJob.class).size();
        pool.feed.mine(2);
        miner.awaitMessage(NewExtendedMiningJob.class, jobs + 1);
        assertThat(acknowledged(miner)).isEqualTo(10);

        server = EmbeddedPostgres.start(config, new SecureRandom());

        await().atMost(PATIENCE).until(() -> acknowledged(miner) == 15);
        await().atMost(PATIENCE).until(() -> pool.get("/health/ready").statusCode() == 200);
        await().atMost(PATIENCE)
                .until(() -> miner.work(channel)
                        .filter(job -> job.tip().previousHash().toHex().endsWith("2"))
                        .isPresent());
        miner.submit(channel, 5);
        await().atMost(PATIENCE).until(() -> acknowledged(miner) == 20);
        assertThat(rows()).isEqualTo(20);
    }

    @Test
    void shouldLoseAndDoubleNothingWhenTheDatabaseIsKilledUnderLoad() throws Exception {
        MinerPeer miner = pool.connect(0);
        long channel = miner.openExtended(USER);
        int sent = 0;
        for (int kill = 0; kill < 3; kill++) {
            for (int i = 0; i < 20; i++) {
                miner.submit(channel, 20);
                sent += 20;
            }
            long enough = sent - 390L;
            await().atMost(PATIENCE).until(() -> acknowledged(miner) >= enough);
            killServer();
            miner.submit(channel, 20);
            sent += 20;
            // Started again by its watch.
            int all = sent;
            await().atMost(PATIENCE)
                    .until(() -> acknowledged(miner)
                                    + miner.received(SubmitSharesError.class).size()
                            == all);
        }

        assertThat(miner.received(SubmitSharesError.class))
                .allMatch(error -> error.errorCode().equals(Text.of("storage-unavailable")));
        assertThat(rows()).isEqualTo((int) acknowledged(miner));
    }

    private void killServer() throws IOException {
        long postmaster = Long.parseLong(
                Files.readAllLines(config.directory().resolve("data").resolve("postmaster.pid"))
                        .getFirst()
                        .strip());
        ProcessHandle.of(postmaster).ifPresent(ProcessHandle::destroyForcibly);
    }
}
