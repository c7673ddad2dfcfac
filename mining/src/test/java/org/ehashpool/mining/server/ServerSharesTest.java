package org.ehashpool.mining.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ehashpool.mining.Templates;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.mining.job.JobOrigin;
import org.ehashpool.mining.job.JobUpdate;
import org.ehashpool.mining.share.ShareError;
import org.ehashpool.mining.share.ShareGate;
import org.ehashpool.mining.transaction.RawTransaction;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.Mining.NewExtendedMiningJob;
import org.ehashpool.sv2.message.Mining.OpenExtendedMiningChannel;
import org.ehashpool.sv2.message.Mining.OpenExtendedMiningChannelSuccess;
import org.ehashpool.sv2.message.Mining.OpenStandardMiningChannel;
import org.ehashpool.sv2.message.Mining.OpenStandardMiningChannelSuccess;
import org.ehashpool.sv2.message.Mining.SetExtranoncePrefix;
import org.ehashpool.sv2.message.Mining.SetTarget;
import org.ehashpool.sv2.message.Mining.SubmitSharesError;
import org.ehashpool.sv2.message.Mining.SubmitSharesStandard;
import org.ehashpool.sv2.message.Mining.SubmitSharesSuccess;
import org.ehashpool.sv2.message.Mining.UpdateChannel;
import org.ehashpool.sv2.message.Mining.UpdateChannelError;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.Test;

/** What becomes of shares, and of the targets they must meet. */
class ServerSharesTest extends ServerScenario {

    @Test
    void shouldAcceptAShareAndAcknowledgeItWhenRecorded() {
        mine();
        ServerChannels channels = connection(0);
        long id = openExtended(channels, EASY);

        for (int i = 0; i < 3; i++) {
            List<ServerEffect> effects = channels.submit(share(id, 10 + i, activeJob(), i), ShareGate.OPEN, NOW);
            assertThat(effects).singleElement().isInstanceOfSatisfying(ServerEffect.ShareAccepted.class, share -> {
                assertThat(share.userIdentity()).isEqualTo(USER);
                assertThat(share.job().target()).isEqualTo(Target.EASIEST);
            });
        }

        assertThat(sent(channels.recorded(id, 2))).containsExactly(new SubmitSharesSuccess(id, 11, 2, 0));
        assertThat(sent(channels.notRecorded(id, 5, ShareError.STORAGE_UNAVAILABLE)))
                .containsExactly(new SubmitSharesError(id, 12, Text.of("storage-unavailable")));
        assertThat(channels.recorded(id, 1)).isEmpty();
        assertThat(channels.recorded(999, 1)).isEmpty();
    }

    @Test
    void shouldRefuseSharesWhenTooManyWaitToBeRecorded() {
        mine();
        ServerChannels channels =
                connection(0, CustomJobs.UNSUPPORTED, new ConnectionSettings.Limits(2, 16, 1 << 10, 3));
        long id = openExtended(channels, EASY);
        for (int i = 0; i < 3; i++) {
            channels.submit(share(id, i, activeJob(), i), ShareGate.OPEN, NOW);
        }

        assertThat(sent(channels.submit(share(id, 3, activeJob(), 3), ShareGate.OPEN, NOW)))
                .containsExactly(new SubmitSharesError(id, 3, Text.of("storage-unavailable")));
        channels.recorded(id, 1);
        assertThat(channels.submit(share(id, 4, activeJob(), 3), ShareGate.OPEN, NOW)
                        .getFirst())
                .isInstanceOf(ServerEffect.ShareAccepted.class);
    }

    @Test
    void shouldAnnounceABlockBeforeAnythingElse() {
        templates = new Templates(numbers, REGTEST, 2);
        mine();
        ServerChannels channels = connection(0);
        long id = openExtended(channels, EASY);

        List<ServerEffect> effects = List.of();
        for (int nonce = 0;
                nonce < 10_000 && !(effects.size() == 2 && effects.getFirst() instanceof ServerEffect.BlockFound);
                nonce++) {
            effects = channels.submit(share(id, nonce, activeJob(), nonce), ShareGate.OPEN, NOW);
        }

        assertThat(effects.get(1)).isInstanceOf(ServerEffect.ShareAccepted.class);
        ServerEffect.BlockFound block = (ServerEffect.BlockFound) effects.getFirst();
        DoubleSha256 hasher = new DoubleSha256();
        RawTransaction coinbase = RawTransaction.parse(block.coinbase());
        assertThat(block.header().hash(hasher)).isEqualTo(block.hash());
        assertThat(coinbase.hasWitness()).isTrue();
        assertThat(templates
                        .jobs()
                        .snapshot()
                        .active()
                        .orElseThrow()
                        .job()
                        .form(0)
                        .path()
                        .root(coinbase.id(hasher), hasher))
                .isEqualTo(block.header().merkleRoot());
        assertThat(block.extranonce().length()).isEqualTo(14);
        assertThat(block.solution((JobOrigin.Template) block.origin()).coinbaseTx())
                .isEqualTo(block.coinbase());
        assertThat(block.solution((JobOrigin.Template) block.origin()).templateId())
                .isEqualTo(1);
    }

    @Test
    void shouldRefuseSharesForOtherChannelsAndTheOtherKind() {
        mine();
        ServerChannels channels = connection(0);
        long id = openExtended(channels, EASY);

        assertThat(sent(channels.submit(share(99, 1, activeJob(), 1), ShareGate.OPEN, NOW)))
                .containsExactly(new SubmitSharesError(99, 1, Text.of("invalid-channel-id")));
        assertThat(sent(channels.submit(new SubmitSharesStandard(id, 2, activeJob(), 1, 1, 1), ShareGate.OPEN, NOW)))
                .containsExactly(new SubmitSharesError(id, 2, Text.of("invalid-channel-id")));
    }

    @Test
    void shouldRefuseStaleSharesAndForgetDuplicatesWithThePreviousHashOnly() {
        mine();
        ServerChannels channels = connection(0);
        long id = openExtended(channels, EASY);
        long old = activeJob();
        channels.submit(share(id, 1, old, 1), ShareGate.OPEN, NOW);

        // Another template on the same block: the old job counts, and so does the memory of its shares.
        channels.update(templates.active());
        templates.future();
        channels.update(templates.tip(1));
        assertThat(sent(channels.submit(share(id, 2, old, 1), ShareGate.OPEN, NOW)))
                .containsExactly(new SubmitSharesError(id, 2, Text.of("duplicate-share")));
        assertThat(sent(channels.submit(share(id, 3, old, 2), ShareGate.OPEN, NOW)))
                .isEmpty();

        channels.update(templates.future());
        channels.update(templates.tip(2));
        assertThat(sent(channels.submit(share(id, 4, old, 1), ShareGate.OPEN, NOW)))
                .containsExactly(new SubmitSharesError(id, 4, Text.of("stale-share")));
    }

    @Test
    void shouldClampToTheClientsMaximumAndNeverFailTheChannel() {
        mine();
        ServerChannels channels = connection(0);
        Target maximum = Target.ofDifficulty(1000);

        OpenStandardMiningChannelSuccess success = (OpenStandardMiningChannelSuccess)
                sent(channels.open(new OpenStandardMiningChannel(1, USER, 1, maximum.value()), VARIABLE, NOW))
                        .getFirst();

        assertThat(success.target()).isEqualTo(maximum.value());
        for (long now = NOW; now < NOW + 86_400_000; now += 60_000) {
            assertThat(channels.tick(now)).isEmpty();
        }
    }

    @Test
    void shouldFollowASmallerMaximumWithASetTarget() {
        mine();
        ServerChannels channels = connection(0);
        long id = openExtended(channels, VARIABLE);
        U256 smaller = Target.ofDifficulty(100_000).value();

        List<Mining.FromServer> messages = sent(channels.update(new UpdateChannel(id, 1e9f, smaller), NOW));

        assertThat(messages.getFirst()).isEqualTo(new SetTarget(id, smaller));
        assertThat(sent(channels.update(new UpdateChannel(id, 1e9f, U256.MAX_VALUE), NOW)))
                .isEmpty();
    }

    @Test
    void shouldRefuseImpossibleUpdates() {
        ServerChannels channels = connection(0);
        long id = openExtended(channels, VARIABLE);

        assertThat(sent(channels.update(new UpdateChannel(99, 1, U256.MAX_VALUE), NOW)))
                .containsExactly(new UpdateChannelError(99, Text.of("invalid-channel-id")));
        assertThat(sent(channels.update(new UpdateChannel(id, Float.NaN, U256.MAX_VALUE), NOW)))
                .containsExactly(new UpdateChannelError(id, Text.of("invalid-nominal-hashrate")));
        assertThat(sent(channels.update(new UpdateChannel(id, 1, U256.ZERO), NOW)))
                .containsExactly(new UpdateChannelError(id, Text.of("max-target-out-of-range")));
    }

    @Test
    void shouldPinTheTargetToTheJob() {
        mine();
        ServerChannels channels = connection(0);
        long id = openExtended(channels, new ChannelTerms(6, 1e9, Target.EASIEST, Optional.empty()));
        channels.update(new UpdateChannel(id, 0.0001f, U256.MAX_VALUE), NOW);
        long easyJob = latestJob(channels);
        Target hard = Target.ofDifficulty(1e9);
        List<Mining.FromServer> messages =
                sent(channels.update(new UpdateChannel(id, 0.0001f, hard.value()), NOW + 2_000));
        long hardJob = ((NewExtendedMiningJob) messages.get(1)).jobId();

        assertThat(messages.getFirst()).isEqualTo(new SetTarget(id, hard.value()));
        assertThat(hardJob).isNotEqualTo(easyJob);
        assertThat(channels.submit(share(id, 1, easyJob, 1), ShareGate.OPEN, NOW)
                        .getFirst())
                .isInstanceOf(ServerEffect.ShareAccepted.class);
        assertThat(sent(channels.submit(share(id, 2, hardJob, 1), ShareGate.OPEN, NOW)))
                .contains(new SubmitSharesError(id, 2, Text.of("difficulty-too-low")));
    }

    private long latestJob(ServerChannels channels) {
        return sent(channels.update(templates.active())).stream()
                .map(message -> ((NewExtendedMiningJob) message).jobId())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldApplyATargetToFutureJobs() {
        mine();
        ServerChannels channels = connection(0);
        long id = openExtended(channels, VARIABLE);
        JobUpdate.FutureJob future = (JobUpdate.FutureJob) templates.future();
        channels.update(future);
        channels.update(new UpdateChannel(id, 1e9f, Target.ofDifficulty(1e9).value()), NOW);
        channels.update(templates.tip(2));

        assertThat(sent(channels.submit(share(id, 1, future.job().id(), 1), ShareGate.OPEN, NOW)))
                .contains(new SubmitSharesError(id, 1, Text.of("difficulty-too-low")));
    }

    @Test
    void shouldNotAskForMoreThanABlock() {
        templates = new Templates(numbers, REGTEST, 0);
        mine();
        ServerChannels channels = connection(0);
        long id = openExtended(channels, VARIABLE);
        Target network = Target.ofCompactBits(REGTEST).orElseThrow();

        assertThat(channels.channels().getFirst().target()).isEqualTo(network);
        // A client that wants it harder is obeyed, but its blocks count.
        channels.update(new UpdateChannel(id, 1e9f, U256.of(1)), NOW);
        channels.update(templates.active());
        List<ServerEffect> effects = List.of();
        for (int nonce = 0;
                nonce < 10_000 && effects.stream().noneMatch(ServerEffect.BlockFound.class::isInstance);
                nonce++) {
            effects = channels.submit(share(id, nonce, activeJob(), nonce), ShareGate.OPEN, NOW);
        }
        assertThat(effects).anyMatch(ServerEffect.ShareAccepted.class::isInstance);
    }

    @Test
    void shouldUseANewPrefixForJobsSentAfterItOnly() {
        mine();
        ServerChannels channels = connection(0);
        long id = openExtended(channels, EASY);
        Bytes before = channels.channels().getFirst().extranoncePrefix();
        JobUpdate.FutureJob future = (JobUpdate.FutureJob) templates.future();
        channels.update(future);

        SetExtranoncePrefix message =
                (SetExtranoncePrefix) sent(channels.changePrefix(id)).getFirst();

        assertThat(message.extranoncePrefix())
                .isNotEqualTo(before)
                .satisfies(prefix -> assertThat(prefix.length()).isEqualTo(before.length()));
        assertThat(prefixOfNextShare(channels, id, activeJob())).isEqualTo(before);
        channels.update(templates.tip(2));
        assertThat(prefixOfNextShare(channels, id, future.job().id())).isEqualTo(before);
        assertThat(allocator.inUse()).isEqualTo(2);
        channels.update(templates.active());
        assertThat(prefixOfNextShare(channels, id, activeJob())).isEqualTo(message.extranoncePrefix());
        channels.update(templates.future());
        channels.update(templates.tip(3));
        assertThat(allocator.inUse()).isEqualTo(1);
        assertThat(channels.changePrefix(99)).isEmpty();
    }

    private static Bytes prefixOfNextShare(ServerChannels channels, long id, long job) {
        return ((ServerEffect.ShareAccepted) channels.submit(share(id, 1, job, 5), ShareGate.OPEN, NOW)
                        .getFirst())
                .job()
                .extranoncePrefix();
    }

    @Test
    void shouldRaiseTheTargetOfAFloodAndSendAJobForIt() {
        mine();
        ServerChannels channels = connection(0);
        long id = ((OpenExtendedMiningChannelSuccess) sent(channels.open(
                                new OpenExtendedMiningChannel(1, USER, 0.001f, U256.MAX_VALUE, 8), VARIABLE, NOW))
                        .getFirst())
                .channelId();
        List<Mining.FromServer> messages = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            messages.addAll(sent(channels.submit(share(id, i, activeJob(), i), ShareGate.OPEN, NOW + 10 + i)));
        }

        assertThat(messages.getFirst()).isInstanceOf(SetTarget.class);
        assertThat(messages.get(1)).isInstanceOfSatisfying(NewExtendedMiningJob.class, job -> {
            assertThat(job.channelId()).isEqualTo(id);
            assertThat(job.minNtime()).hasValue(Templates.TIME);
            assertThat(job.jobId()).isNotEqualTo(activeJob());
        });
        // Once a second at most.
        assertThat(messages).hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void shouldAskTheGateAfterTheBlockCheck() {
        templates = new Templates(numbers, REGTEST, 2);
        mine();
        ServerChannels channels = connection(0);
        long id = openExtended(channels, EASY);

        List<ServerEffect> effects = List.of();
        for (int nonce = 0;
                nonce < 10_000 && !(effects.size() == 3 && effects.getFirst() instanceof ServerEffect.BlockFound);
                nonce++) {
            effects = channels.submit(
                    share(id, nonce, activeJob(), nonce),
                    (share, job) -> Optional.of(ShareError.INVALID_LOCKING_KEY),
                    NOW);
        }

        assertThat(((ServerEffect.Send) effects.get(1)).message())
                .isInstanceOfSatisfying(
                        SubmitSharesError.class,
                        error -> assertThat(error.errorCode()).isEqualTo(Text.of("invalid-locking-key")));
        assertThat(effects.get(2)).isInstanceOf(ServerEffect.ShareRejected.class);
    }
}
