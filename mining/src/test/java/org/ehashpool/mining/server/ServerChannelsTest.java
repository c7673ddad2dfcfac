package org.ehashpool.mining.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.ehashpool.mining.extranonce.ExtranonceAllocator;
import org.ehashpool.mining.extranonce.ExtranonceLayout;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.mining.job.JobSnapshot;
import org.ehashpool.mining.job.JobUpdate;
import org.ehashpool.mining.share.ShareValidator;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.Mining.CloseChannel;
import org.ehashpool.sv2.message.Mining.NewExtendedMiningJob;
import org.ehashpool.sv2.message.Mining.NewMiningJob;
import org.ehashpool.sv2.message.Mining.OpenExtendedMiningChannelSuccess;
import org.ehashpool.sv2.message.Mining.OpenMiningChannelError;
import org.ehashpool.sv2.message.Mining.OpenStandardMiningChannel;
import org.ehashpool.sv2.message.Mining.OpenStandardMiningChannelSuccess;
import org.ehashpool.sv2.message.Mining.SetGroupChannel;
import org.ehashpool.sv2.message.Mining.SetNewPrevHash;
import org.ehashpool.sv2.message.Mining.SetTarget;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerChannelsTest extends ServerScenario {

    @Test
    void shouldSendAFutureJobAndThenItsPreviousHashAfterOpening() {
        mine();
        ServerChannels channels = connection(0);

        List<Mining.FromServer> messages = sent(channels.open(extended(77, 8), EASY, NOW));

        OpenExtendedMiningChannelSuccess success = (OpenExtendedMiningChannelSuccess) messages.getFirst();
        assertThat(success.requestId()).isEqualTo(77);
        assertThat(success.extranonceSize()).isEqualTo(8);
        assertThat(success.extranoncePrefix().length()).isEqualTo(6);
        assertThat(success.groupChannelId()).isEqualTo(1).isNotEqualTo(success.channelId());
        assertThat(messages.get(1)).isInstanceOfSatisfying(NewExtendedMiningJob.class, job -> {
            assertThat(job.channelId()).isEqualTo(success.channelId());
            assertThat(job.minNtime()).isEmpty();
        });
        assertThat(messages.get(2)).isInstanceOfSatisfying(SetNewPrevHash.class, tip -> {
            assertThat(tip.channelId()).isEqualTo(success.channelId());
            assertThat(tip.jobId()).isEqualTo(((NewExtendedMiningJob) messages.get(1)).jobId());
        });
        assertThat(messages).hasSize(3);
    }

    @Test
    void shouldSendPendingFutureJobsAfterOpening() {
        mine();
        templates.future();
        ServerChannels channels = connection(0);

        channels.open(standard(1), EASY, NOW);
        List<Mining.FromServer> messages = sent(channels.open(standard(2), EASY, NOW));

        assertThat(messages).hasSize(4);
        assertThat(messages.get(1)).isInstanceOf(NewMiningJob.class);
        assertThat(messages.get(2)).isInstanceOf(SetNewPrevHash.class);
        assertThat(messages.get(3))
                .isInstanceOfSatisfying(
                        NewMiningJob.class, job -> assertThat(job.minNtime()).isEmpty());
        assertThat(sent(channels.update(templates.tip(2)))).singleElement().isInstanceOf(SetNewPrevHash.class);
    }

    /** As the reference translator needs it: it refuses a group's SetNewPrevHash of a job that the group was not sent. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldSendPendingFutureJobsToTheGroupWhenItsFirstChannelOpens(boolean standard) {
        mine();
        templates.future();
        ServerChannels channels = connection(0);

        List<Mining.FromServer> messages =
                sent(standard ? channels.open(standard(1), EASY, NOW) : channels.open(extended(1, 0), EASY, NOW));
        List<Mining.FromServer> tip = sent(channels.update(templates.tip(2)));

        assertThat(messages).hasSize(4);
        NewExtendedMiningJob ahead = (NewExtendedMiningJob) messages.get(3);
        assertThat(ahead.channelId()).isEqualTo(1);
        assertThat(ahead.minNtime()).isEmpty();
        assertThat(tip).singleElement().isInstanceOfSatisfying(SetNewPrevHash.class, message -> {
            assertThat(message.channelId()).isEqualTo(1);
            assertThat(message.jobId()).isEqualTo(ahead.jobId());
        });
    }

    @Test
    void shouldSendPendingFutureJobsToAGroupOfItsOwn() {
        mine();
        templates.future();
        ServerChannels channels = connection(0);
        long one = openExtended(channels, EASY);
        long two = openExtended(channels, EASY);

        List<Mining.FromServer> messages = sent(channels.regroup(Set.of(one, two)));

        assertThat(messages).hasSize(2);
        long group = ((SetGroupChannel) messages.getFirst()).groupChannelId();
        assertThat(messages.getLast()).isInstanceOfSatisfying(NewExtendedMiningJob.class, job -> {
            assertThat(job.channelId()).isEqualTo(group);
            assertThat(job.minNtime()).isEmpty();
        });
    }

    @Test
    void shouldWaitForTheFirstTemplate() {
        ServerChannels channels = connection(0);
        assertThat(sent(channels.open(standard(1), EASY, NOW)))
                .singleElement()
                .isInstanceOf(OpenStandardMiningChannelSuccess.class);

        assertThat(sent(channels.update(templates.future()))).singleElement().isInstanceOf(NewExtendedMiningJob.class);
        assertThat(sent(channels.update(templates.tip(1)))).singleElement().isInstanceOf(SetNewPrevHash.class);
    }

    /** As pool_group_extended_channels and pool_group_standard_channels. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldSendOneJobAndOnePreviousHashToAGroup(boolean standard) {
        mine();
        ServerChannels channels = connection(0);
        for (int i = 0; i < 5; i++) {
            List<ServerEffect> effects =
                    standard ? channels.open(standard(i), EASY, NOW) : channels.open(extended(i, 0), EASY, NOW);
            assertThat(sent(effects)).hasSize(3);
        }

        JobUpdate.FutureJob future = (JobUpdate.FutureJob) templates.future();
        assertThat(sent(channels.update(future))).containsExactly(future.job().groupMessage(0));
        JobUpdate.NewTip tip = (JobUpdate.NewTip) templates.tip(2);
        assertThat(sent(channels.update(tip)).getFirst())
                .isSameAs(tip.groupMessages().getFirst());
        JobUpdate.ActiveJob active = (JobUpdate.ActiveJob) templates.active();
        assertThat(sent(channels.update(active)).getFirst())
                .isSameAs(active.job().groupMessage(0));
    }

    @Test
    void shouldGroupBySizeOfExtranonce() {
        mine();
        ServerChannels channels = connection(0);
        channels.open(extended(1, 8), EASY, NOW);
        channels.open(extended(2, 16), EASY, NOW);
        channels.open(standard(3), EASY, NOW);

        assertThat(channels.channels())
                .extracting(channel -> channel.extranoncePrefix().length() + channel.rollableSize())
                .containsExactly(14, 22, 14);
        assertThat(sent(channels.update(templates.active())))
                .extracting(message -> ((NewExtendedMiningJob) message).channelId())
                .containsExactly(1L, 2L);
    }

    /** As pool_require_standard_jobs_set_does_not_group_standard_channels. */
    @Test
    void shouldNotGroupChannelsThatRequireStandardJobs() {
        mine();
        ServerChannels channels = connection(Mining.REQUIRES_STANDARD_JOBS);
        channels.open(standard(1), EASY, NOW);
        channels.open(standard(2), EASY, NOW);

        List<Mining.FromServer> jobs = sent(channels.update(templates.future()));
        List<Mining.FromServer> tips = sent(channels.update(templates.tip(2)));

        assertThat(jobs).hasSize(2).allMatch(NewMiningJob.class::isInstance);
        assertThat(jobs.stream().map(job -> ((NewMiningJob) job).merkleRoot())).doesNotHaveDuplicates();
        assertThat(tips)
                .extracting(tip -> ((SetNewPrevHash) tip).channelId())
                .containsExactlyElementsOf(
                        channels.channels().stream().map(ChannelStatus::id).toList());
        assertThat(channels.regroup(Set.of(3L, 4L))).isEmpty();
    }

    /** As pool_require_standard_jobs_set_rejects_open_extended_mining_channel. */
    @Test
    void shouldRefuseTheKindOfChannelThatTheFlagsExclude() {
        assertThat(sent(connection(Mining.REQUIRES_STANDARD_JOBS).open(extended(5, 0), EASY, NOW)))
                .containsExactly(new OpenMiningChannelError(5, ChannelError.EXTENDED_CHANNELS_NOT_SUPPORTED.code()));
        assertThat(sent(connection(Mining.REQUIRES_WORK_SELECTION).open(standard(6), EASY, NOW)))
                .containsExactly(new OpenMiningChannelError(6, ChannelError.STANDARD_CHANNELS_NOT_SUPPORTED.code()));
    }

    /** As pool_does_not_send_jobs_to_jdc. */
    @Test
    void shouldSendNoJobsToAClientThatBringsItsOwn() {
        mine();
        ServerChannels channels = connection(Mining.REQUIRES_WORK_SELECTION);

        assertThat(sent(channels.open(extended(1, 8), VARIABLE, NOW))).hasSize(1);
        assertThat(channels.update(templates.future())).isEmpty();
        assertThat(channels.update(templates.tip(2))).isEmpty();
        assertThat(channels.update(templates.active())).isEmpty();
        for (long now = NOW; now < NOW + 3_600_000; now += 5_000) {
            assertThat(sent(channels.tick(now))).allMatch(SetTarget.class::isInstance);
        }
    }

    @Test
    void shouldRefuseNonsenseWithoutTakingAnything() {
        ServerChannels channels = connection(0, CustomJobs.UNSUPPORTED, new ConnectionSettings.Limits(2, 16, 16, 16));
        for (float rate : new float[] {Float.NaN, -1, Float.POSITIVE_INFINITY}) {
            assertThat(sent(channels.open(new OpenStandardMiningChannel(1, USER, rate, U256.MAX_VALUE), EASY, NOW)))
                    .containsExactly(new OpenMiningChannelError(1, Text.of("invalid-nominal-hashrate")));
        }
        assertThat(sent(channels.open(new OpenStandardMiningChannel(1, USER, 1, U256.ZERO), EASY, NOW)))
                .containsExactly(new OpenMiningChannelError(1, Text.of("max-target-out-of-range")));
        assertThat(sent(channels.open(extended(1, 17), EASY, NOW)))
                .containsExactly(new OpenMiningChannelError(1, Text.of("min-extranonce-size-too-large")));
        assertThat(sent(channels.open(extended(1, 0xffff), EASY, NOW)))
                .containsExactly(new OpenMiningChannelError(1, Text.of("min-extranonce-size-too-large")));
        assertThat(allocator.inUse()).isZero();
        channels.open(standard(1), EASY, NOW);
        channels.open(standard(2), EASY, NOW);
        assertThat(sent(channels.open(standard(3), EASY, NOW)))
                .containsExactly(new OpenMiningChannelError(3, Text.of("too-many-channels")));
    }

    @Test
    void shouldAnswerExhaustionOfSearchSpace() {
        ExtranonceLayout tiny = new ExtranonceLayout(Bytes.EMPTY, 0, 1, List.of(8));
        ExtranonceAllocator small = ExtranonceAllocator.of(tiny, 0);
        ServerChannels channels = new ServerChannels(
                ConnectionSettings.of(0, ConnectionSettings.Limits.DEFAULT),
                new LoopResources(small, numbers, new ShareValidator(), new DoubleSha256(), CustomJobs.UNSUPPORTED),
                JobSnapshot.EMPTY);
        for (int i = 0; i < 256; i++) {
            channels.open(standard(i), EASY, NOW);
        }

        assertThat(sent(channels.open(standard(256), EASY, NOW)))
                .containsExactly(new OpenMiningChannelError(256, Text.of("extranonce-exhausted")));
        channels.connectionLost(Text.of("gone"));
        assertThat(small.inUse()).isZero();
        assertThat(channels.channels()).isEmpty();
    }

    @Test
    void shouldAddressAGroupOfItsOwn() {
        mine();
        ServerChannels channels = connection(0);
        long one = openExtended(channels, EASY);
        long two = openExtended(channels, EASY);
        long three = openExtended(channels, EASY);

        SetGroupChannel message =
                (SetGroupChannel) sent(channels.regroup(Set.of(two, three))).getFirst();

        assertThat(message.channelIds()).containsExactly(two, three);
        assertThat(message.groupChannelId()).isNotIn(one, two, three, 1L, 2L);
        for (JobUpdate update : List.of(templates.future(), templates.tip(2), templates.active())) {
            assertThat(sent(channels.update(update))).hasSize(2);
        }
        channels.open(extended(9, 16), EASY, NOW);
        long wide = channels.channels().getLast().id();
        assertThat(channels.regroup(Set.of(one, wide))).isEmpty();
        assertThat(channels.close(new CloseChannel(message.groupChannelId(), Text.EMPTY)))
                .hasSize(2);
        assertThat(channels.channels()).extracting(ChannelStatus::id).containsExactly(one, wide);
    }

    @Test
    void shouldCloseChannelsAndReleaseWhatTheyHeld() {
        ServerChannels channels = connection(0);
        long one = openExtended(channels, EASY);
        long two = openExtended(channels, EASY);

        assertThat(channels.close(new CloseChannel(99, Text.EMPTY))).isEmpty();
        assertThat(channels.close(new CloseChannel(one, Text.of("bye"))))
                .containsExactly(new ServerEffect.ChannelClosed(one, Text.of("bye")));
        assertThat(sent(channels.closeByServer(two, Text.of("banned"))))
                .containsExactly(new CloseChannel(two, Text.of("banned")));
        assertThat(allocator.inUse()).isZero();
    }
}
