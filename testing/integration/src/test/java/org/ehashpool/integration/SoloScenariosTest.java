package org.ehashpool.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ehashpool.fixtures.ScriptedMiner;
import org.ehashpool.fixtures.Traffic;
import org.ehashpool.mining.client.ClientChannelStatus;
import org.ehashpool.mining.coinbase.Network;
import org.ehashpool.mining.coinbase.OutputScript;
import org.ehashpool.mining.header.Block;
import org.ehashpool.mining.transaction.RawTransaction;
import org.ehashpool.mining.transaction.TransactionOutput;
import org.ehashpool.sv2.message.Mining.NewExtendedMiningJob;
import org.ehashpool.sv2.message.Mining.OpenExtendedMiningChannel;
import org.ehashpool.sv2.message.Mining.OpenExtendedMiningChannelSuccess;
import org.ehashpool.sv2.message.Mining.OpenMiningChannelError;
import org.ehashpool.sv2.message.Mining.OpenStandardMiningChannel;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Scenarios of the reference implementation's integration tests, by their names there: who is paid by a block, according to
 * the miner's user identity.
 *
 * @see <a href="https://github.com/stratum-mining/sv2-apps/tree/main/integration-tests">the reference's tests</a>
 */
@Timeout(60)
class SoloScenariosTest {
    private static final Map<String, String> SOLO =
            Map.of("POOL__SOLO__ENABLED", "true", "POOL__SOLO__LEGACY_ADDRESSES", "true");
    private static final String ADDRESS = "mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn";
    private static final Bytes MINER =
            OutputScript.ofAddress(ADDRESS, Network.REGTEST).script();
    private static final Bytes POOL = Bytes.fromHex(LocalPool.PAYOUT_SCRIPT);

    @TempDir
    private Path home;

    @Test
    @DisplayName("pool_solo_mining_invalid_payout_address")
    void shouldRefuseChannelsWhenAddressIsInvalid() throws Exception {
        assertRefused("sri/solo/tb1qbalieiro/worker.1");
    }

    @Test
    @DisplayName("pool_solo_mining_wrong_user_identity")
    void shouldRefuseChannelsWhenKeywordIsMissing() throws Exception {
        assertRefused("sri/worker.1");
    }

    private void assertRefused(String identity) throws Exception {
        try (LocalTemplateProvider provider = LocalTemplateProvider.start(home);
                LocalPool pool = LocalPool.startOnChain(home, SOLO, provider.url());
                ScriptedMiner miner = ScriptedMiner.connect(pool.url())) {
            miner.peer()
                    .send(
                            new OpenExtendedMiningChannel(1, Text.of(identity), 1_000, U256.MAX_VALUE, 8),
                            new OpenStandardMiningChannel(2, Text.of(identity), 1_000, U256.MAX_VALUE));

            assertThat(miner.received().await(OpenMiningChannelError.class, 2))
                    .containsExactly(
                            new OpenMiningChannelError(1, Text.of("invalid-user-identity")),
                            new OpenMiningChannelError(2, Text.of("invalid-user-identity")));
        }
    }

    @Test
    @DisplayName("pool_solo_mining_random_user_identity")
    void shouldPayThePoolWhenIdentityIsAnyName() throws Exception {
        assertPays("cool_miner/worker.1", 100);
    }

    @Test
    @DisplayName("pool_solo_mining_legacy_pattern")
    void shouldPayTheMinerWhenIdentityIsAnAddress() throws Exception {
        assertPays(ADDRESS, 0);
    }

    @Test
    @DisplayName("pool_solo_mining_solo_pattern")
    void shouldPayTheMinerWhenIdentityIsSolo() throws Exception {
        assertPays("sri/solo/" + ADDRESS + "/worker.1", 0);
    }

    @Test
    @DisplayName("pool_solo_mining_full_donate")
    void shouldPayThePoolWhenIdentityDonates() throws Exception {
        assertPays("sri/donate/worker.1", 100);
    }

    @Test
    @DisplayName("pool_solo_mining_full_donate_no_worker_name")
    void shouldPayThePoolWhenIdentityDonatesWithoutWorker() throws Exception {
        assertPays("sri/donate", 100);
    }

    @Test
    @DisplayName("pool_solo_mining_partial_donation")
    void shouldPayBothWhenIdentityDonatesAPart() throws Exception {
        assertPays("sri/donate/5/" + ADDRESS + "/worker.1", 5);
    }

    /** At first, after a change of fees, and after a block that the miner itself found and the node took. */
    private void assertPays(String identity, int poolPercent) throws Exception {
        try (LocalTemplateProvider provider = LocalTemplateProvider.start(home);
                LocalPool pool = LocalPool.startOnChain(home, SOLO, provider.url());
                ScriptedMiner miner = ScriptedMiner.connect(pool.url())) {
            ClientChannelStatus channel = miner.openExtended(identity, 8);
            OpenExtendedMiningChannelSuccess opened = miner.received().await(OpenExtendedMiningChannelSuccess.class);
            assertOutputs(opened, miner.received().await(NewExtendedMiningJob.class), poolPercent);

            Traffic update = miner.received().fromNow();
            provider.addTransaction();
            assertOutputs(opened, update.await(NewExtendedMiningJob.class), poolPercent);

            int height = provider.height();
            Traffic block = miner.received().fromNow();
            miner.peer().send(miner.block(channel.id()));
            await().until(() -> provider.height() == height + 1);
            block.await(NewExtendedMiningJob.class, 2).forEach(job -> assertOutputs(opened, job, poolPercent));

            assertThat(miner.openStandard(identity).id()).isNotEqualTo(channel.id());
            assertThat(miner.violations()).isEmpty();
        }
    }

    private static void assertOutputs(
            OpenExtendedMiningChannelSuccess channel, NewExtendedMiningJob job, int poolPercent) {
        List<TransactionOutput> paid = RawTransaction.parse(Bytes.concat(
                        job.coinbaseTxPrefix(),
                        channel.extranoncePrefix(),
                        Bytes.of(new byte[channel.extranonceSize()]),
                        job.coinbaseTxSuffix()))
                .outputs()
                .stream()
                .filter(output -> !Block.isWitnessCommitment(output.script()))
                .toList();
        long total = paid.stream().mapToLong(TransactionOutput::value).sum();
        assertThat(total).isPositive();
        TransactionOutput pool = new TransactionOutput(total * poolPercent / 100, POOL);
        TransactionOutput miner = new TransactionOutput(total - pool.value(), MINER);
        assertThat(paid)
                .isEqualTo(
                        switch (poolPercent) {
                            case 0 -> List.of(miner);
                            case 100 -> List.of(pool);
                            default -> List.of(pool, miner);
                        });
    }
}
