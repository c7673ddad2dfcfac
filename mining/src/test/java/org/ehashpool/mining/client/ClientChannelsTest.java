package org.ehashpool.mining.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.ehashpool.mining.Templates;
import org.ehashpool.mining.coinbase.BlockHeight;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.Mining.CloseChannel;
import org.ehashpool.sv2.message.Mining.NewExtendedMiningJob;
import org.ehashpool.sv2.message.Mining.OpenExtendedMiningChannelSuccess;
import org.ehashpool.sv2.message.Mining.OpenMiningChannelError;
import org.ehashpool.sv2.message.Mining.OpenStandardMiningChannelSuccess;
import org.ehashpool.sv2.message.Mining.SetCustomMiningJob;
import org.ehashpool.sv2.message.Mining.SetCustomMiningJobError;
import org.ehashpool.sv2.message.Mining.SetCustomMiningJobSuccess;
import org.ehashpool.sv2.message.Mining.SetExtranoncePrefix;
import org.ehashpool.sv2.message.Mining.SetGroupChannel;
import org.ehashpool.sv2.message.Mining.SetNewPrevHash;
import org.ehashpool.sv2.message.Mining.SetTarget;
import org.ehashpool.sv2.message.Mining.SubmitSharesError;
import org.ehashpool.sv2.message.Mining.SubmitSharesExtended;
import org.ehashpool.sv2.message.Mining.SubmitSharesSuccess;
import org.ehashpool.sv2.message.Mining.UpdateChannelError;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.Test;

class ClientChannelsTest {
    private static final Bytes PREFIX = Bytes.fromHex("010203040506");
    private static final Bytes COINBASE_PREFIX = Bytes.of(new byte[60]);
    private static final Bytes COINBASE_SUFFIX = Bytes.of(new byte[40]);
    private static final long BITS = 0x1d00_ffffL;

    private final ClientChannels channels = new ClientChannels();

    private void openExtended(long channelId, long groupId) {
        long request =
                channels.openExtended(Text.of("me"), 1e12f, Target.EASIEST, 8).requestId();
        assertThat(channels.receive(
                        new OpenExtendedMiningChannelSuccess(request, channelId, U256.MAX_VALUE, 8, PREFIX, groupId)))
                .singleElement()
                .isInstanceOf(ClientEffect.Opened.class);
    }

    private void openStandard(long channelId, long groupId) {
        long request =
                channels.openStandard(Text.of("me"), 1e12f, Target.EASIEST).requestId();
        channels.receive(new OpenStandardMiningChannelSuccess(
                request, channelId, U256.MAX_VALUE, Bytes.concat(PREFIX, Bytes.of(new byte[8])), groupId));
    }

    private static NewExtendedMiningJob job(long channel, long id, OptionalLong minimumTime) {
        return new NewExtendedMiningJob(
                channel, id, minimumTime, 0x2000_0000L, true, List.of(), COINBASE_PREFIX, COINBASE_SUFFIX);
    }

    private static SetNewPrevHash tip(long channel, long job, long previousHash) {
        return new SetNewPrevHash(channel, job, U256.of(previousHash), 1_000, BITS);
    }

    @Test
    void shouldMineOnAFutureJobOnceItsPreviousHashIsKnown() {
        openExtended(5, 1);

        assertThat(channels.receive(job(5, 9, OptionalLong.empty())))
                .singleElement()
                .isInstanceOf(ClientEffect.FutureJob.class);
        assertThat(channels.work(5)).isEmpty();
        assertThat(channels.submit(5, 9, 1, 1, 1, Bytes.of(new byte[8]))).isEmpty();
        assertThat(channels.receive(tip(5, 9, 77)))
                .singleElement()
                .isInstanceOfSatisfying(ClientEffect.WorkChanged.class, change -> {
                    assertThat(change.onlyValid()).isTrue();
                    assertThat(change.work().tip().previousHash()).isEqualTo(U256.of(77));
                    assertThat(change.work().extranoncePrefix()).isEqualTo(PREFIX);
                });
        assertThat(channels.submit(5, 9, 1, 2, 3, Bytes.of(new byte[8])))
                .contains(new SubmitSharesExtended(5, 0, 9, 1, 2, 3, Bytes.of(new byte[8])));
        assertThat(channels.submit(5, 9, 1, 2, 3, Bytes.of(new byte[8])))
                .map(message -> ((SubmitSharesExtended) message).sequenceNumber())
                .contains(1L);
    }

    @Test
    void shouldSubmitForAJobThatIsNoLongerValidWhenItIsToldTo() {
        openExtended(5, 1);
        channels.receive(job(5, 9, OptionalLong.empty()));
        channels.receive(tip(5, 9, 77));
        channels.receive(job(5, 10, OptionalLong.empty()));
        channels.receive(tip(5, 10, 78));
        Bytes extranonce = Bytes.of(new byte[8]);

        assertThat(channels.submit(5, 9, 1, 2, 3, extranonce)).isEmpty();
        assertThat(channels.submitRegardless(5, 9, 1, 2, 3, extranonce))
                .contains(new SubmitSharesExtended(5, 0, 9, 1, 2, 3, extranonce));
        assertThat(channels.submitRegardless(5, 9, 1, 2, 3, extranonce.slice(0, 7)))
                .isEmpty();
        assertThat(channels.submitRegardless(6, 9, 1, 2, 3, extranonce)).isEmpty();
    }

    @Test
    void shouldStopWhenItHasNoJobForThePreviousHash() {
        openExtended(5, 1);
        channels.receive(job(5, 9, OptionalLong.empty()));
        channels.receive(tip(5, 9, 77));

        assertThat(channels.receive(tip(1, 10, 78))).containsExactly(new ClientEffect.WorkLost(5));
        assertThat(channels.work(5)).isEmpty();
        assertThat(channels.receive(job(1, 11, OptionalLong.of(5))))
                .singleElement()
                .isInstanceOfSatisfying(
                        ClientEffect.WorkChanged.class,
                        change -> assertThat(change.work().tip().previousHash()).isEqualTo(U256.of(78)));
    }

    @Test
    void shouldApplyAGroupsMessagesToAllItsMembers() {
        openExtended(5, 1);
        openStandard(6, 1);
        openExtended(7, 2);

        assertThat(channels.receive(job(1, 9, OptionalLong.empty()))).hasSize(2);
        assertThat(channels.receive(tip(1, 9, 77))).hasSize(2);
        assertThat(channels.receive(new SetTarget(1, U256.of(5)))).hasSize(2);
        assertThat(channels.work(6)).isPresent();
        assertThat(channels.work(7)).isEmpty();
        channels.receive(new SetGroupChannel(3, List.of(6L, 7L, 99L)));
        assertThat(channels.receive(job(3, 10, OptionalLong.empty()))).hasSize(2);
        assertThat(channels.receive(job(1, 11, OptionalLong.empty()))).hasSize(1);
        assertThat(channels.receive(new CloseChannel(3, Text.of("end")))).hasSize(2);
        assertThat(channels.channels()).extracting(ClientChannelStatus::id).containsExactly(5L);
    }

    @Test
    void shouldKeepTheTargetOfAJobAndTakeTheNewOneForFutureJobs() {
        openExtended(5, 1);
        channels.receive(job(5, 9, OptionalLong.empty()));
        channels.receive(tip(5, 9, 77));
        channels.receive(job(5, 10, OptionalLong.empty()));
        channels.receive(new SetTarget(5, U256.of(1234)));

        assertThat(channels.work(5, 9).orElseThrow().target()).isEqualTo(Target.EASIEST);
        channels.receive(tip(5, 10, 78));
        assertThat(channels.work(5, 10).orElseThrow().target()).isEqualTo(Target.of(U256.of(1234)));
    }

    @Test
    void shouldUseANewPrefixForJobsReceivedAfterIt() {
        openExtended(5, 1);
        Bytes next = Bytes.fromHex("0a0b0c0d0e0f");
        channels.receive(job(5, 9, OptionalLong.empty()));
        channels.receive(new SetExtranoncePrefix(5, next));
        channels.receive(tip(5, 9, 77));
        channels.receive(job(5, 10, OptionalLong.of(1)));

        assertThat(channels.work(5, 9).orElseThrow().extranoncePrefix()).isEqualTo(PREFIX);
        assertThat(channels.work(5, 10).orElseThrow().extranoncePrefix()).isEqualTo(next);
        assertThat(channels.receive(new SetExtranoncePrefix(5, Bytes.fromHex("aa"))))
                .singleElement()
                .isInstanceOf(ClientEffect.Violation.class);
    }

    @Test
    void shouldReportWhatTheServerSaysOfShares() {
        openExtended(5, 1);

        assertThat(channels.receive(new SubmitSharesSuccess(5, 9, 3, 100)))
                .containsExactly(new ClientEffect.SharesAccepted(new SubmitSharesSuccess(5, 9, 3, 100)));
        assertThat(channels.receive(new SubmitSharesError(5, 10, Text.of("stale-share"))))
                .containsExactly(new ClientEffect.ShareRefused(new SubmitSharesError(5, 10, Text.of("stale-share"))));
        assertThat(channels.receive(new UpdateChannelError(5, Text.of("no"))))
                .containsExactly(new ClientEffect.UpdateRefused(5, Text.of("no")));
    }

    @Test
    void shouldIgnoreWhatConcernsNobody() {
        for (Mining.FromServer message : List.<Mining.FromServer>of(
                new OpenMiningChannelError(9, Text.EMPTY),
                new OpenStandardMiningChannelSuccess(9, 1, U256.ZERO, PREFIX, 2),
                new SubmitSharesSuccess(9, 1, 1, 1),
                job(9, 1, OptionalLong.of(1)),
                tip(9, 1, 1),
                new CloseChannel(9, Text.EMPTY),
                new SetTarget(9, U256.ZERO),
                new SetCustomMiningJobSuccess(9, 9, 9),
                new SetCustomMiningJobError(9, 9, Text.EMPTY))) {
            assertThat(channels.receive(message)).containsExactly(new ClientEffect.Ignored(message));
        }
    }

    @Test
    void shouldNoticeAServerThatBreaksTheSpecification() {
        openExtended(5, 1);

        assertViolation(job(5, 1, OptionalLong.of(1)));
        assertViolation(new SetNewPrevHash(5, 1, U256.ZERO, 0, 0xffff_ffffL));
        assertViolation(new SetGroupChannel(5, List.of(5L)));
        assertViolation(
                new NewExtendedMiningJob(5, 1, OptionalLong.empty(), 1, true, List.of(), Bytes.EMPTY, Bytes.EMPTY));
        for (OpenExtendedMiningChannelSuccess answer : List.of(
                new OpenExtendedMiningChannelSuccess(0, 5, U256.ZERO, 8, PREFIX, 1),
                new OpenExtendedMiningChannelSuccess(0, 1, U256.ZERO, 8, PREFIX, 2),
                new OpenExtendedMiningChannelSuccess(0, 6, U256.ZERO, 8, PREFIX, 5),
                new OpenExtendedMiningChannelSuccess(0, 6, U256.ZERO, 8, PREFIX, 6),
                new OpenExtendedMiningChannelSuccess(0, 6, U256.ZERO, 7, PREFIX, 2),
                new OpenExtendedMiningChannelSuccess(0, 6, U256.ZERO, 27, PREFIX, 2),
                new OpenExtendedMiningChannelSuccess(0, 6, U256.ZERO, 0xffff, PREFIX, 2),
                new OpenExtendedMiningChannelSuccess(0, 6, U256.ZERO, 9, PREFIX, 1))) {
            long request =
                    channels.openExtended(Text.EMPTY, 0, Target.EASIEST, 8).requestId();
            assertViolation(new OpenExtendedMiningChannelSuccess(
                    request,
                    answer.channelId(),
                    answer.target(),
                    answer.extranonceSize(),
                    answer.extranoncePrefix(),
                    answer.groupChannelId()));
        }
        long request = channels.openExtended(Text.EMPTY, 0, Target.EASIEST, 8).requestId();
        assertViolation(new OpenStandardMiningChannelSuccess(request, 6, U256.ZERO, PREFIX, 2));
        assertThat(channels.channels()).hasSize(1);
    }

    private void assertViolation(Mining.FromServer message) {
        assertThat(channels.receive(message)).singleElement().isInstanceOf(ClientEffect.Violation.class);
    }

    @Test
    void shouldMineOnACustomJobOnceItIsAccepted() {
        openExtended(5, 1);
        SetCustomMiningJob request = channels.requestCustomJob(customJob(5));

        assertThat(channels.receive(new SetCustomMiningJobSuccess(5, request.requestId(), 44)))
                .singleElement()
                .isInstanceOf(ClientEffect.CustomJobAccepted.class);
        assertThat(channels.work(5, 44)).isPresent();
        SetCustomMiningJob refused = channels.requestCustomJob(customJob(5));
        assertThat(channels.receive(new SetCustomMiningJobError(5, refused.requestId(), Text.of("no"))))
                .containsExactly(new ClientEffect.CustomJobRefused(5, refused.requestId(), Text.of("no")));
    }

    private static SetCustomMiningJob customJob(long channel) {
        return new SetCustomMiningJob(
                channel,
                0,
                Bytes.EMPTY,
                0x2000_0000L,
                U256.of(1),
                Templates.TIME,
                BITS,
                2,
                BlockHeight.push(800_000),
                0,
                Bytes.fromHex("01" + "0100000000000000" + "0151"),
                799_999,
                List.of());
    }
}
