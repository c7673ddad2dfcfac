package org.ehashpool.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ehashpool.fixtures.ScriptedMiner;
import org.ehashpool.fixtures.Sniffer;
import org.ehashpool.fixtures.Traffic;
import org.ehashpool.mining.client.ClientChannelStatus;
import org.ehashpool.sv2.codec.Sender;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.Mining.NewExtendedMiningJob;
import org.ehashpool.sv2.message.Mining.NewMiningJob;
import org.ehashpool.sv2.message.Mining.OpenExtendedMiningChannel;
import org.ehashpool.sv2.message.Mining.OpenExtendedMiningChannelSuccess;
import org.ehashpool.sv2.message.Mining.OpenMiningChannelError;
import org.ehashpool.sv2.message.Mining.OpenStandardMiningChannelSuccess;
import org.ehashpool.sv2.message.Mining.SetNewPrevHash;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Scenarios of the reference implementation's integration tests, by their names there: whom jobs are sent to.
 *
 * @see <a href="https://github.com/stratum-mining/sv2-apps/tree/main/integration-tests">the reference's tests</a>
 */
@Timeout(60)
class PoolGroupScenariosTest {
    private static final int CHANNELS = 10;

    @TempDir
    private Path home;

    @Test
    @DisplayName("pool_group_extended_channels")
    void shouldSendOneJobAndOnePreviousHashWhenExtendedChannelsAreGrouped() throws Exception {
        try (LocalTemplateProvider provider = LocalTemplateProvider.start(home);
                LocalPool pool = LocalPool.startOnChain(home, Map.of(), provider.url());
                Sniffer sniffer = Sniffer.before(pool.url());
                ScriptedMiner miner = ScriptedMiner.connect(sniffer.url())) {
            Traffic sent = sniffer.traffic().from(Sender.SERVER);
            for (int i = 0; i < CHANNELS; i++) {
                Traffic opening = sent.fromNow();
                ClientChannelStatus channel = miner.openExtended(LocalPool.EASY, 0);
                Traffic after = opening.after(opening.awaitSighting(OpenExtendedMiningChannelSuccess.class));
                assertThat(after.await(NewExtendedMiningJob.class).channelId())
                        .as("the first job is addressed to the channel")
                        .isEqualTo(channel.id());
                after.after(after.awaitSighting(NewExtendedMiningJob.class)).await(SetNewPrevHash.class);
            }
            List<OpenExtendedMiningChannelSuccess> opened =
                    sent.await(OpenExtendedMiningChannelSuccess.class, CHANNELS);
            long group = opened.getFirst().groupChannelId();
            assertThat(opened).allMatch(success -> success.groupChannelId() == group);
            assertThat(opened.stream().map(OpenExtendedMiningChannelSuccess::channelId))
                    .doesNotHaveDuplicates()
                    .doesNotContain(group);

            assertOneOfEach(provider, miner, sniffer, group, opened.getFirst().channelId());
        }
    }

    @Test
    @DisplayName("pool_group_standard_channels")
    void shouldSendOneExtendedJobAndOnePreviousHashWhenStandardChannelsAreGrouped() throws Exception {
        try (LocalTemplateProvider provider = LocalTemplateProvider.start(home);
                LocalPool pool = LocalPool.startOnChain(home, Map.of(), provider.url());
                Sniffer sniffer = Sniffer.before(pool.url());
                ScriptedMiner miner = ScriptedMiner.connect(sniffer.url())) {
            Traffic sent = sniffer.traffic().from(Sender.SERVER);
            for (int i = 0; i < CHANNELS; i++) {
                Traffic opening = sent.fromNow();
                ClientChannelStatus channel = miner.openStandard(LocalPool.EASY);
                Traffic after = opening.after(opening.awaitSighting(OpenStandardMiningChannelSuccess.class));
                assertThat(after.await(NewMiningJob.class).channelId())
                        .as("the first job is addressed to the channel")
                        .isEqualTo(channel.id());
                after.after(after.awaitSighting(NewMiningJob.class)).await(SetNewPrevHash.class);
            }
            List<OpenStandardMiningChannelSuccess> opened =
                    sent.await(OpenStandardMiningChannelSuccess.class, CHANNELS);
            long group = opened.getFirst().groupChannelId();
            assertThat(opened).allMatch(success -> success.groupChannelId() == group);
            assertThat(opened.stream().map(OpenStandardMiningChannelSuccess::channelId))
                    .doesNotHaveDuplicates()
                    .doesNotContain(group);
            Traffic later = sent.fromNow();

            assertOneOfEach(provider, miner, sniffer, group, opened.getFirst().channelId());

            later.assertNone(NewMiningJob.class);
        }
    }

    /** More fees, then a block: one job for the group, then one SetNewPrevHash for it. */
    private static void assertOneOfEach(
            LocalTemplateProvider provider, ScriptedMiner miner, Sniffer sniffer, long group, long channel) {
        miner.barrier();
        Traffic update = sniffer.traffic().from(Sender.SERVER).fromNow();
        provider.addTransaction();
        update.await(NewExtendedMiningJob.class);
        miner.barrier();
        assertThat(update.all(NewExtendedMiningJob.class)).singleElement().satisfies(job -> {
            assertThat(job.channelId()).isEqualTo(group);
            assertThat(job.minNtime()).as("not a future job").isPresent();
        });
        update.assertNone(SetNewPrevHash.class);

        Traffic block = sniffer.traffic().from(Sender.SERVER).fromNow();
        U256 hash = provider.mineBlock();
        // After the previous hash comes a full job, then the future one for the block after.
        block.await(NewExtendedMiningJob.class, job -> job.minNtime().isEmpty());
        miner.barrier();
        assertThat(block.all(SetNewPrevHash.class)).singleElement().satisfies(tip -> {
            assertThat(tip.channelId()).isEqualTo(group);
            assertThat(tip.prevHash()).isEqualTo(hash);
        });
        assertThat(block.all(NewExtendedMiningJob.class)).hasSize(2).allMatch(job -> job.channelId() == group);
        assertThat(miner.mine(channel).newSubmitsAcceptedCount()).isEqualTo(1);
        assertThat(miner.violations()).isEmpty();
    }

    @Test
    @DisplayName("pool_require_standard_jobs_set_does_not_group_standard_channels")
    void shouldSendEachChannelItsOwnWhenStandardJobsAreRequired() throws Exception {
        try (LocalTemplateProvider provider = LocalTemplateProvider.start(home);
                LocalPool pool = LocalPool.startOnChain(home, Map.of(), provider.url());
                Sniffer sniffer = Sniffer.before(pool.url());
                ScriptedMiner miner = ScriptedMiner.connect(sniffer.url(), Mining.REQUIRES_STANDARD_JOBS)) {
            Set<Long> channels = new HashSet<>();
            for (int i = 0; i < CHANNELS; i++) {
                channels.add(miner.openStandard(LocalPool.EASY).id());
            }
            assertThat(channels).hasSize(CHANNELS);
            miner.barrier();

            Traffic update = sniffer.traffic().from(Sender.SERVER).fromNow();
            provider.addTransaction();
            List<NewMiningJob> jobs = update.await(NewMiningJob.class, CHANNELS);
            miner.barrier();
            assertThat(jobs.stream().map(NewMiningJob::channelId)).containsExactlyInAnyOrderElementsOf(channels);
            assertThat(jobs.stream().map(NewMiningJob::merkleRoot)).doesNotHaveDuplicates();
            assertThat(update.all(NewMiningJob.class)).hasSize(CHANNELS);

            Traffic block = sniffer.traffic().from(Sender.SERVER).fromNow();
            provider.mineBlock();
            List<SetNewPrevHash> tips = block.await(SetNewPrevHash.class, CHANNELS);
            List<NewMiningJob> next = block.await(NewMiningJob.class, 2 * CHANNELS);
            miner.barrier();
            assertThat(tips.stream().map(SetNewPrevHash::channelId)).containsExactlyInAnyOrderElementsOf(channels);
            assertThat(next.stream().map(NewMiningJob::channelId)).hasSameElementsAs(channels);
            assertThat(block.all(SetNewPrevHash.class)).hasSize(CHANNELS);
            sniffer.traffic().assertNone(NewExtendedMiningJob.class);
            assertThat(miner.violations()).isEmpty();
        }
    }

    @Test
    @DisplayName("pool_require_standard_jobs_set_rejects_open_extended_mining_channel")
    void shouldRefuseExtendedChannelWhenStandardJobsAreRequired() throws Exception {
        try (LocalTemplateProvider provider = LocalTemplateProvider.start(home);
                LocalPool pool = LocalPool.startOnChain(home, Map.of(), provider.url());
                ScriptedMiner miner = ScriptedMiner.connect(pool.url(), Mining.REQUIRES_STANDARD_JOBS)) {
            miner.peer().send(new OpenExtendedMiningChannel(7, Text.of("user"), 1_000, U256.MAX_VALUE, 0));

            assertThat(miner.received().await(OpenMiningChannelError.class))
                    .isEqualTo(new OpenMiningChannelError(
                            7, Text.of("extended-channels-not-supported-for-standard-jobs")));
        }
    }
}
