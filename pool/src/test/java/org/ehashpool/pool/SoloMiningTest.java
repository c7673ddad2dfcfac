package org.ehashpool.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ehashpool.mining.transaction.RawTransaction;
import org.ehashpool.mining.transaction.TransactionOutput;
import org.ehashpool.pool.connection.StubFeed;
import org.ehashpool.pool.ledger.MemoryShareLedger;
import org.ehashpool.pool.ledger.ShareCredit;
import org.ehashpool.pool.ledger.ShareLedger;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.Mining.NewExtendedMiningJob;
import org.ehashpool.sv2.message.Mining.OpenExtendedMiningChannelSuccess;
import org.ehashpool.sv2.message.Mining.OpenMiningChannelError;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference pool's scenarios of solo mining, over loopback, encrypted; its names stand beside ours. */
class SoloMiningTest {
    private static final String ADDRESS = "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7";
    private static final Bytes MINER =
            Bytes.fromHex("00201863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262");
    private static final Bytes POOL = Bytes.fromHex("0014751e76e8199196d454941c45d1b3a323f1433bd6");
    private static final long REWARD = 312_500_000L;
    private static final List<TransactionOutput> TO_MINER = List.of(new TransactionOutput(REWARD, MINER));
    private static final List<TransactionOutput> TO_POOL = List.of(new TransactionOutput(REWARD, POOL));

    @TempDir
    private Path home;

    private PoolScenario pool(boolean enabled, boolean legacyAddresses, ShareLedger ledger) {
        PoolScenario pool = new PoolScenario(
                home,
                StubFeed.HARD,
                ledger,
                Map.of(
                        "POOL__NETWORK", "testnet4",
                        "POOL__SOLO__ENABLED", Boolean.toString(enabled),
                        "POOL__SOLO__LEGACY_ADDRESSES", Boolean.toString(legacyAddresses)));
        pool.feed.mine(1);
        return pool;
    }

    private PoolScenario pool() {
        return pool(true, true, new MemoryShareLedger(10));
    }

    /** What a job of the stub's templates pays, but for the commitment, which is last. */
    private static List<TransactionOutput> paid(OpenExtendedMiningChannelSuccess channel, NewExtendedMiningJob job) {
        List<TransactionOutput> outputs = RawTransaction.parse(Bytes.concat(
                        job.coinbaseTxPrefix(),
                        channel.extranoncePrefix(),
                        Bytes.of(new byte[channel.extranonceSize()]),
                        job.coinbaseTxSuffix()))
                .outputs();
        assertThat(outputs.getLast().script().slice(0, 6)).isEqualTo(Bytes.fromHex("6a24aa21a9ed"));
        return outputs.subList(0, outputs.size() - 1);
    }

    /** The first job, that of another template on the same block, and that of a new block; then a standard channel. */
    private void assertPays(String identity, List<TransactionOutput> outputs) {
        try (PoolScenario pool = pool()) {
            MinerPeer miner = pool.connect(0);
            miner.openExtended(identity);
            OpenExtendedMiningChannelSuccess channel = miner.awaitMessage(OpenExtendedMiningChannelSuccess.class, 1);
            List<NewExtendedMiningJob> jobs = new ArrayList<>();
            jobs.add(miner.awaitMessage(NewExtendedMiningJob.class, 1));
            pool.feed.active();
            jobs.add(miner.awaitMessage(NewExtendedMiningJob.class, 2));
            pool.feed.mine(2);
            jobs.add(miner.awaitMessage(NewExtendedMiningJob.class, 3));

            assertThat(jobs).allSatisfy(job -> {
                assertThat(job.channelId()).isIn(channel.channelId(), channel.groupChannelId());
                assertThat(paid(channel, job)).isEqualTo(outputs);
            });
            assertThat(miner.openStandard(identity)).isNotEqualTo(channel.channelId());
        }
    }

    private static void assertRefused(PoolScenario pool, String identity) {
        MinerPeer miner = pool.connect(0);
        miner.connection.send(miner.extendedRequest(identity));
        assertThat(miner.awaitMessage(OpenMiningChannelError.class, 1).errorCode())
                .isEqualTo(Text.of("invalid-user-identity"));
        miner.connection.send(new Mining.OpenStandardMiningChannel(9, Text.of(identity), 1e6f, U256.MAX_VALUE));
        assertThat(miner.awaitMessage(OpenMiningChannelError.class, 2))
                .isEqualTo(new OpenMiningChannelError(9, Text.of("invalid-user-identity")));
    }

    /** pool_solo_mining_invalid_payout_address. */
    @Test
    void shouldRefuseAnInvalidPayoutAddress() {
        try (PoolScenario pool = pool()) {
            assertRefused(pool, "sri/solo/tb1qbalieiro/worker.1");
            assertRefused(pool, "sri/donate/5/tb1qbalieiro/worker.1");
        }
    }

    /** pool_solo_mining_wrong_user_identity. */
    @Test
    void shouldRefuseAPatternThatItDoesNotKnow() {
        try (PoolScenario pool = pool()) {
            assertRefused(pool, "sri/worker.1");
        }
    }

    /** pool_solo_mining_random_user_identity. */
    @Test
    void shouldPayThePoolForAnyOtherName() {
        assertPays("cool_miner/worker.1", TO_POOL);
    }

    /** pool_solo_mining_legacy_pattern. */
    @Test
    void shouldPayAnAddressThatIsTheName() {
        assertPays(ADDRESS, TO_MINER);
    }

    /** pool_solo_mining_solo_pattern. */
    @Test
    void shouldPayASoloMiner() {
        assertPays("sri/solo/" + ADDRESS + "/worker.1", TO_MINER);
    }

    /** pool_solo_mining_full_donate. */
    @Test
    void shouldPayThePoolForAWholeDonation() {
        assertPays("sri/donate/worker.1", TO_POOL);
    }

    /** pool_solo_mining_full_donate_no_worker_name. */
    @Test
    void shouldPayThePoolForAWholeDonationOfNobody() {
        assertPays("sri/donate", TO_POOL);
    }

    /** pool_solo_mining_partial_donation. */
    @Test
    void shouldPayThePoolItsPartAndTheMinerTheRest() {
        assertPays(
                "sri/donate/5/" + ADDRESS + "/worker.1",
                List.of(
                        new TransactionOutput(REWARD * 5 / 100, POOL),
                        new TransactionOutput(REWARD - REWARD * 5 / 100, MINER)));
    }

    @Test
    void shouldRefuseSoloMinersUnlessTheyAreAllowed() {
        try (PoolScenario pool = pool(false, false, new MemoryShareLedger(10))) {
            assertRefused(pool, "sri/solo/" + ADDRESS + "/worker.1");
            assertRefused(pool, "sri/donate/5/" + ADDRESS);
            assertThat(pool.connect(0).openExtended("sri/donate/worker.1")).isPositive();
            assertThat(pool.connect(0).openExtended(ADDRESS)).isPositive();
            assertThat(pool.json("/api/v1/channels").getJsonArray("channels")).hasSize(2);
        }
    }

    @Test
    void shouldRecordSharesOfSoloMinersAsNotToBePaidFor() {
        List<ShareCredit> credits = new CopyOnWriteArrayList<>();
        ShareLedger ledger = batch -> {
            credits.addAll(batch);
            return Future.succeededFuture(Collections.nCopies(batch.size(), ShareLedger.Outcome.RECORDED));
        };
        String solo = "sri/solo/" + ADDRESS;
        try (PoolScenario pool = new PoolScenario(
                home,
                StubFeed.HARD,
                ledger,
                Map.of(
                        "POOL__NETWORK", "testnet4",
                        "POOL__SOLO__ENABLED", "true",
                        "POOL__USERS__1__NAME", solo,
                        "POOL__USERS__1__FIXED_DIFFICULTY", "1e-10"))) {
            pool.feed.mine(1);
            MinerPeer miner = pool.connect(0);
            miner.submit(miner.openExtended(solo), 2);
            miner.submit(miner.openExtended("easy.rig"), 1);

            await().until(() -> credits.size() == 3);
            assertThat(credits)
                    .allSatisfy(credit -> assertThat(credit.creditable())
                            .isEqualTo(!credit.userIdentity().equals(Text.of(solo))));
            var channels = pool.json("/api/v1/channels?sort=user").getJsonArray("channels");
            assertThat(channels.getJsonObject(0).getBoolean("solo")).isFalse();
            assertThat(channels.getJsonObject(1).getBoolean("solo")).isTrue();
        }
    }
}
