package org.ehashpool.mining.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ehashpool.mining.Templates;
import org.ehashpool.mining.coinbase.OutputScript;
import org.ehashpool.mining.coinbase.SoloPayout;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.mining.job.Job;
import org.ehashpool.mining.job.JobOrigin;
import org.ehashpool.mining.job.JobUpdate;
import org.ehashpool.mining.job.TemplateJob;
import org.ehashpool.mining.merkle.MerklePath;
import org.ehashpool.mining.share.AssignedJob;
import org.ehashpool.mining.share.ShareGate;
import org.ehashpool.mining.transaction.RawTransaction;
import org.ehashpool.mining.transaction.TransactionOutput;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.Mining.CloseChannel;
import org.ehashpool.sv2.message.Mining.NewExtendedMiningJob;
import org.ehashpool.sv2.message.Mining.NewMiningJob;
import org.ehashpool.sv2.message.Mining.OpenExtendedMiningChannelSuccess;
import org.ehashpool.sv2.message.Mining.OpenMiningChannelError;
import org.ehashpool.sv2.message.Mining.OpenStandardMiningChannelSuccess;
import org.ehashpool.sv2.message.Mining.SetNewPrevHash;
import org.ehashpool.sv2.message.Mining.SetTarget;
import org.ehashpool.sv2.message.Mining.SubmitSharesError;
import org.ehashpool.sv2.message.Mining.SubmitSharesStandard;
import org.ehashpool.sv2.message.Mining.UpdateChannel;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Channels whose blocks pay the miner. */
class SoloChannelsTest extends ServerScenario {
    private static final TransactionOutput COMMITMENT =
            TransactionOutput.readAll(Templates.COMMITMENT, 1).getFirst();
    private static final List<TransactionOutput> TO_MINER = List.of(
            new TransactionOutput(Templates.REWARD, Templates.SOLO.miner().script()), COMMITMENT);
    private static final ChannelTerms SOLO = EASY.paying(Templates.SOLO);
    private static final ChannelTerms DONATING = EASY.paying(new SoloPayout(Templates.SOLO.miner(), 5));

    /** What a client makes of a job: the coinbase transaction around its extranonce. */
    private static List<TransactionOutput> outputs(NewExtendedMiningJob job, Bytes extranoncePrefix) {
        return RawTransaction.parse(
                        Bytes.concat(job.coinbaseTxPrefix(), extranoncePrefix, ROLL, job.coinbaseTxSuffix()))
                .outputs();
    }

    private static <M> List<M> only(List<ServerEffect> effects, Class<M> type) {
        return sent(effects).stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** As pool_solo_mining_solo_pattern and pool_solo_mining_legacy_pattern: each of three jobs pays the miner all. */
    @Test
    void shouldPayTheMinerWithEveryJob() {
        mine();
        ServerChannels channels = connection(0);

        List<Mining.FromServer> opened = sent(channels.open(extended(1, 8), SOLO, NOW));
        OpenExtendedMiningChannelSuccess success = (OpenExtendedMiningChannelSuccess) opened.getFirst();
        List<ServerEffect> effects = new ArrayList<>(channels.update(templates.active()));
        effects.addAll(channels.update(templates.future()));
        effects.addAll(channels.update(templates.tip(2)));

        assertThat(opened).hasSize(3);
        List<NewExtendedMiningJob> jobs = new ArrayList<>();
        jobs.add((NewExtendedMiningJob) opened.get(1));
        jobs.addAll(only(effects, NewExtendedMiningJob.class));
        assertThat(jobs).hasSize(3).allSatisfy(job -> {
            assertThat(job.channelId()).isEqualTo(success.channelId());
            assertThat(outputs(job, success.extranoncePrefix())).isEqualTo(TO_MINER);
        });
        assertThat(jobs.get(0).minNtime()).isEmpty();
        assertThat(jobs.get(1).minNtime()).hasValue(Templates.TIME);
        assertThat(jobs.get(2).minNtime()).isEmpty();
        assertThat(only(effects, SetNewPrevHash.class)).singleElement().satisfies(tip -> {
            assertThat(tip.channelId()).isEqualTo(success.channelId());
            assertThat(tip.jobId()).isEqualTo(jobs.get(2).jobId());
        });
        assertThat(sent(effects)).hasSize(3);
    }

    /** As pool_solo_mining_partial_donation: the pool first, then the miner, then the commitment. */
    @Test
    void shouldPayThePoolItsPartFirst() {
        mine();
        ServerChannels channels = connection(0);

        List<Mining.FromServer> opened = sent(channels.open(extended(1, 8), DONATING, NOW));

        long donated = Templates.REWARD * 5 / 100;
        assertThat(outputs(
                        (NewExtendedMiningJob) opened.get(1),
                        ((OpenExtendedMiningChannelSuccess) opened.getFirst()).extranoncePrefix()))
                .containsExactly(
                        new TransactionOutput(
                                donated,
                                Templates.PAYOUTS.parts().getFirst().script().script()),
                        new TransactionOutput(
                                Templates.REWARD - donated,
                                Templates.SOLO.miner().script()),
                        COMMITMENT);
    }

    @Test
    void shouldChangeNothingOfAJobButTheOutputs() {
        TemplateJob job = ((JobUpdate.FutureJob) templates.future()).job();
        Job.Extended pool = job.form(1);
        Job.Extended solo = job.paying(Templates.SOLO, 1);

        assertThat(solo.coinbase().prefix()).isEqualTo(pool.coinbase().prefix());
        assertThat(solo.coinbase().segregated()).isTrue();
        assertThat(solo)
                .returns(pool.id(), Job.Extended::id)
                .returns(pool.origin(), Job.Extended::origin)
                .returns(pool.version(), Job.Extended::version)
                .returns(pool.path(), Job.Extended::path)
                .returns(pool.extranonceSize(), Job.Extended::extranonceSize);
        RawTransaction one = RawTransaction.parse(pool.coinbase().transaction(Bytes.of(new byte[22])));
        RawTransaction other = RawTransaction.parse(solo.coinbase().transaction(Bytes.of(new byte[22])));
        assertThat(other)
                .returns(one.inputs(), RawTransaction::inputs)
                .returns(one.lockTime(), RawTransaction::lockTime)
                .returns(TO_MINER, RawTransaction::outputs);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldKeepSoloMinersOutOfTheGroupOfOthers(boolean standard) {
        mine();
        ServerChannels channels = connection(0);
        long ordinary = openExtended(channels, EASY);
        for (ChannelTerms terms : List.of(SOLO, SOLO, DONATING)) {
            channels.open(extended(1, 8), terms, NOW);
            if (standard) {
                channels.open(standard(2), terms, NOW);
            }
        }
        openExtended(channels, EASY);
        List<ChannelStatus> solo =
                channels.channels().stream().filter(c -> c.payout().isPresent()).toList();

        List<Long> groups =
                channels.channels().stream().map(ChannelStatus::groupId).toList();
        assertThat(groups)
                .containsOnlyOnce(solo.stream().map(ChannelStatus::groupId).toArray(Long[]::new));
        assertThat(groups)
                .doesNotContainAnyElementsOf(
                        channels.channels().stream().map(ChannelStatus::id).toList());
        JobUpdate.FutureJob future = (JobUpdate.FutureJob) templates.future();
        List<Mining.FromServer> jobs = sent(channels.update(future));
        assertThat(jobs.getFirst()).isSameAs(future.job().groupMessage(0));
        assertThat(jobs).hasSize(1 + solo.size());
        assertThat(jobs.subList(1, jobs.size()))
                .extracting(
                        job -> job instanceof NewMiningJob m ? m.channelId() : ((NewExtendedMiningJob) job).channelId())
                .containsExactlyElementsOf(solo.stream().map(ChannelStatus::id).toList());
        JobUpdate.NewTip tip = (JobUpdate.NewTip) templates.tip(2);
        assertThat(sent(channels.update(tip)))
                .hasSize(1 + solo.size())
                .startsWith(tip.groupMessages().getFirst());
        assertThat(channels.close(new CloseChannel(solo.getFirst().groupId(), Text.EMPTY)))
                .containsExactly(new ServerEffect.ChannelClosed(solo.getFirst().id(), Text.EMPTY));
        assertThat(channels.channels()).extracting(ChannelStatus::id).contains(ordinary);
    }

    @Test
    void shouldNotPutSoloMinersIntoAGroup() {
        mine();
        ServerChannels channels = connection(0);
        long ordinary = openExtended(channels, EASY);
        long solo = openExtended(channels, SOLO);
        long other = openExtended(channels, SOLO);

        assertThat(channels.regroup(Set.of(ordinary, solo))).isEmpty();
        assertThat(channels.regroup(Set.of(solo, other))).isEmpty();
        assertThat(channels.regroup(Set.of(ordinary))).hasSize(1);
    }

    @Test
    void shouldTellThatSharesOfSoloMinersAreNotToBePaidFor() {
        mine();
        ServerChannels channels = connection(0);
        long ordinary = openExtended(channels, EASY);
        long solo = openExtended(channels, SOLO);
        long donating = openExtended(channels, DONATING);

        assertThat(accepted(channels, ordinary, activeJob()).creditable()).isTrue();
        assertThat(accepted(channels, solo, activeJob()).creditable()).isFalse();
        assertThat(accepted(channels, donating, activeJob()).creditable()).isFalse();
        channels.update(templates.active());
        channels.update(templates.future());
        channels.update(templates.tip(2));
        assertThat(accepted(channels, solo, activeJob()).creditable()).isFalse();
        List<Boolean> asked = new ArrayList<>();
        for (long channel : new long[] {ordinary, solo}) {
            channels.submit(
                    share(channel, 9, activeJob(), 9),
                    (share, job) -> {
                        asked.add(job.creditable());
                        return Optional.empty();
                    },
                    NOW);
        }
        assertThat(asked).containsExactly(true, false);
    }

    private static ServerEffect.ShareAccepted accepted(ServerChannels channels, long channel, long job) {
        return (ServerEffect.ShareAccepted)
                channels.submit(share(channel, 1, job, 1), ShareGate.OPEN, NOW).getFirst();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldSubmitABlockThatPaysTheMiner(boolean standard) {
        templates = new Templates(numbers, REGTEST, 2);
        mine();
        ServerChannels channels = connection(standard ? Mining.REQUIRES_STANDARD_JOBS : 0);
        List<Mining.FromServer> opened =
                sent(standard ? channels.open(standard(1), SOLO, NOW) : channels.open(extended(1, 8), SOLO, NOW));
        long id = channels.channels().getFirst().id();

        List<ServerEffect> effects = List.of();
        for (int nonce = 0;
                nonce < 10_000 && effects.stream().noneMatch(ServerEffect.BlockFound.class::isInstance);
                nonce++) {
            effects = standard
                    ? channels.submit(
                            new SubmitSharesStandard(id, nonce, activeJob(), nonce, Templates.TIME, 0x2000_0000L),
                            ShareGate.OPEN,
                            NOW)
                    : channels.submit(share(id, nonce, activeJob(), nonce), ShareGate.OPEN, NOW);
        }

        ServerEffect.BlockFound block = (ServerEffect.BlockFound) effects.getFirst();
        DoubleSha256 hasher = new DoubleSha256();
        RawTransaction coinbase = RawTransaction.parse(block.coinbase());
        assertThat(coinbase.outputs()).isEqualTo(TO_MINER);
        assertThat(coinbase.hasWitness()).isTrue();
        assertThat(block.origin()).isEqualTo(new JobOrigin.Template(1));
        assertThat(block.header().hash(hasher)).isEqualTo(block.hash());
        MerklePath path =
                templates.jobs().snapshot().active().orElseThrow().job().form(0).path();
        assertThat(path.root(coinbase.id(hasher), hasher))
                .isEqualTo(block.header().merkleRoot());
        if (standard) {
            // The root that the miner was given is the block's.
            assertThat(((NewMiningJob) opened.get(1)).merkleRoot())
                    .isEqualTo(block.header().merkleRoot());
            assertThat(((OpenStandardMiningChannelSuccess) opened.getFirst()).extranoncePrefix())
                    .isEqualTo(block.extranonce());
        }
    }

    @Test
    void shouldSendStandardChannelsTheirMerkleRoot() {
        mine();
        ServerChannels channels = connection(0);
        List<Mining.FromServer> opened = sent(channels.open(standard(1), SOLO, NOW));
        Bytes extranonce = ((OpenStandardMiningChannelSuccess) opened.getFirst()).extranoncePrefix();

        JobUpdate.ActiveJob active = (JobUpdate.ActiveJob) templates.active();
        NewMiningJob job = (NewMiningJob) sent(channels.update(active)).getFirst();

        assertThat(opened.get(1)).isInstanceOf(NewMiningJob.class);
        assertThat(job.channelId()).isEqualTo(channels.channels().getFirst().id());
        assertThat(job.minNtime()).hasValue(Templates.TIME);
        DoubleSha256 hasher = new DoubleSha256();
        U256 root = active.job().paying(Templates.SOLO, 0).merkleRoot(extranonce, hasher);
        assertThat(job.merkleRoot())
                .isEqualTo(root)
                .isNotEqualTo(active.job().form(0).merkleRoot(extranonce, hasher));
    }

    @Test
    void shouldPayTheMinerWithTheJobOfANewTarget() {
        mine();
        ServerChannels channels = connection(0);
        long id = openExtended(channels, VARIABLE.paying(Templates.SOLO));
        Bytes prefix = channels.channels().getFirst().extranoncePrefix();

        List<ServerEffect> effects = channels.update(
                new UpdateChannel(id, 1e9f, Target.ofDifficulty(1e9).value()), NOW + 2_000);

        assertThat(sent(effects).getFirst()).isInstanceOf(SetTarget.class);
        NewExtendedMiningJob job = only(effects, NewExtendedMiningJob.class).getFirst();
        assertThat(job.jobId()).isNotEqualTo(activeJob());
        assertThat(job.channelId()).isEqualTo(id);
        assertThat(outputs(job, prefix)).isEqualTo(TO_MINER);
        assertThat(sent(channels.submit(share(id, 1, job.jobId(), 1), ShareGate.OPEN, NOW)))
                .containsExactly(new SubmitSharesError(id, 1, Text.of("difficulty-too-low")));
    }

    @Test
    void shouldKeepAndForgetJobsAsForOthers() {
        mine();
        ServerChannels channels = connection(0);
        long id = openExtended(channels, SOLO);
        long first = activeJob();
        channels.update(templates.active());

        assertThat(accepted(channels, id, first).creditable()).isFalse();
        assertThat(sent(channels.submit(share(id, 2, first, 1), ShareGate.OPEN, NOW)))
                .containsExactly(new SubmitSharesError(id, 2, Text.of("duplicate-share")));
        JobUpdate.FutureJob future = (JobUpdate.FutureJob) templates.future();
        channels.update(future);
        assertThat(sent(channels.submit(share(id, 3, future.job().id(), 1), ShareGate.OPEN, NOW)))
                .containsExactly(new SubmitSharesError(id, 3, Text.of("invalid-job-id")));
        channels.update(templates.tip(2));
        assertThat(sent(channels.submit(share(id, 4, first, 2), ShareGate.OPEN, NOW)))
                .containsExactly(new SubmitSharesError(id, 4, Text.of("stale-share")));
        assertThat(accepted(channels, id, future.job().id()).creditable()).isFalse();
    }

    /** Such a client brings the outputs with its jobs, so nothing would come of what it asks for. */
    @Test
    void shouldRefuseSoloMinersThatBringTheirOwnJobs() {
        ServerChannels channels = connection(Mining.REQUIRES_WORK_SELECTION);

        assertThat(sent(channels.open(extended(4, 8), SOLO, NOW)))
                .containsExactly(new OpenMiningChannelError(4, Text.of("invalid-user-identity")));
        assertThat(allocator.inUse()).isZero();
    }

    @Test
    void shouldMakeOneJobForEqualPayouts() {
        mine();
        ServerChannels channels = connection(0);
        long one = openExtended(channels, SOLO);
        long two = openExtended(
                channels,
                EASY.paying(
                        SoloPayout.to(new OutputScript(Templates.SOLO.miner().script()))));
        long other = openExtended(channels, DONATING);
        channels.update(templates.active());

        AssignedJob first = accepted(channels, one, activeJob()).job();
        AssignedJob second = accepted(channels, two, activeJob()).job();
        assertThat(second.job()).isSameAs(first.job());
        assertThat(second.extranoncePrefix()).isNotEqualTo(first.extranoncePrefix());
        assertThat(accepted(channels, other, activeJob()).job().job()).isNotEqualTo(first.job());
    }

    @Test
    void shouldForgetJobsOfSoloMinersWhenThereAreTooMany() {
        TemplateJob job = ((JobUpdate.FutureJob) templates.future()).job();
        SoloJobs jobs = new SoloJobs();
        Job.Extended first = jobs.form(job, Templates.SOLO, 0);
        for (int i = 0; i < 3_000; i++) {
            jobs.form(job, SoloPayout.to(new OutputScript(Bytes.fromHex("0014" + "%040x".formatted(i)))), 0);
            if (i == 500) {
                assertThat(jobs.form(job, Templates.SOLO, 0)).isSameAs(first);
            }
        }

        assertThat(jobs.size()).isEqualTo(1_024);
        assertThat(jobs.form(job, Templates.SOLO, 0)).isNotSameAs(first).isEqualTo(first);
        assertThat(jobs.form(job, Templates.SOLO, 1)).isNotEqualTo(first);
    }
}
