package org.ehashpool.mining.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.ehashpool.mining.Templates;
import org.ehashpool.mining.coinbase.BlockHeight;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.extranonce.ExtranonceAllocator;
import org.ehashpool.mining.extranonce.ExtranonceLayout;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.mining.job.JobNumbers;
import org.ehashpool.mining.job.JobOrigin;
import org.ehashpool.mining.share.ShareGate;
import org.ehashpool.mining.share.ShareValidator;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.Mining.OpenExtendedMiningChannel;
import org.ehashpool.sv2.message.Mining.SetCustomMiningJob;
import org.ehashpool.sv2.message.Mining.SetCustomMiningJobError;
import org.ehashpool.sv2.message.Mining.SetCustomMiningJobSuccess;
import org.ehashpool.sv2.message.Mining.SubmitSharesExtended;
import org.ehashpool.sv2.message.Mining.UpdateChannel;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CustomJobRequestsTest {
    private static final long NOW = Templates.TIME * 1000;
    private static final long BITS = 0x1d00_ffffL;
    private static final Bytes OUTPUTS = Bytes.fromHex("01" + "0100000000000000" + "0151");

    private final JobNumbers numbers = new JobNumbers();
    private final Templates templates = new Templates(numbers, BITS, 0);
    private CustomJobs.Decision decision = new CustomJobs.Accepted();

    @BeforeEach
    void mine() {
        templates.future();
        templates.tip(1);
    }

    private ServerChannels connection(long flags) {
        return connection(flags, request -> decision);
    }

    private ServerChannels connection(long flags, CustomJobs jobs) {
        ServerChannels channels = new ServerChannels(
                ConnectionSettings.of(flags, ConnectionSettings.Limits.DEFAULT),
                new LoopResources(
                        ExtranonceAllocator.of(ExtranonceLayout.POOL, 0),
                        numbers,
                        new ShareValidator(),
                        new DoubleSha256(),
                        jobs),
                templates.jobs().snapshot());
        channels.open(
                new OpenExtendedMiningChannel(1, Text.of("jdc"), 1, U256.MAX_VALUE, 8),
                new ChannelTerms(6, 1, Target.EASIEST, Optional.empty()),
                NOW);
        return channels;
    }

    private static SetCustomMiningJob job(long channel, long request) {
        return job(channel, request, 1, Templates.TIME, BITS, BlockHeight.push(800_000), OUTPUTS, List.of());
    }

    private static SetCustomMiningJob job(
            long channel,
            long request,
            long previousHash,
            long minTime,
            long bits,
            Bytes prefix,
            Bytes outputs,
            List<U256> path) {
        return new SetCustomMiningJob(
                channel,
                request,
                Bytes.fromHex("aa"),
                0x2000_0000L,
                U256.of(previousHash),
                minTime,
                bits,
                2,
                prefix,
                0,
                outputs,
                799_999,
                path);
    }

    private static Object answer(List<ServerEffect> effects) {
        assertThat(effects).hasSize(1);
        return ((ServerEffect.Send) effects.getFirst()).message();
    }

    private static SetCustomMiningJobError error(SetCustomMiningJob job, String code) {
        return new SetCustomMiningJobError(job.channelId(), job.requestId(), Text.of(code));
    }

    @Test
    void shouldAcceptAJobAndItsShares() {
        ServerChannels channels = connection(Mining.REQUIRES_WORK_SELECTION);
        long id = channels.channels().getFirst().id();

        SetCustomMiningJobSuccess success =
                (SetCustomMiningJobSuccess) answer(channels.setCustomMiningJob(job(id, 5), NOW));

        assertThat(success.requestId()).isEqualTo(5);
        assertThat(firstAccepted(channels, id, success.jobId()).job().job().origin())
                .isEqualTo(new JobOrigin.Custom(Bytes.fromHex("aa")));
    }

    private static ServerEffect.ShareAccepted firstAccepted(ServerChannels channels, long id, long job) {
        for (int nonce = 0; nonce < 10_000; nonce++) {
            List<ServerEffect> effects = channels.submit(
                    new SubmitSharesExtended(
                            id, nonce, job, nonce, Templates.TIME, 0x2000_0000L, Bytes.of(new byte[8])),
                    ShareGate.OPEN,
                    NOW);
            if (effects.getFirst() instanceof ServerEffect.ShareAccepted accepted) {
                return accepted;
            }
        }
        throw new AssertionError("no share accepted");
    }

    @Test
    void shouldAcceptAJobForTheExtendedMembersOfAGroup() {
        ServerChannels channels = connection(Mining.REQUIRES_WORK_SELECTION);

        assertThat(answer(channels.setCustomMiningJob(job(1, 5), NOW)))
                .isInstanceOfSatisfying(
                        SetCustomMiningJobSuccess.class,
                        success -> assertThat(success.channelId()).isEqualTo(1));
    }

    /** As pool_without_jds_rejects_set_custom_mining_job. */
    @Test
    void shouldRefuseWithoutJobDeclaration() {
        ServerChannels channels = connection(Mining.REQUIRES_WORK_SELECTION, CustomJobs.UNSUPPORTED);
        SetCustomMiningJob job = job(channels.channels().getFirst().id(), 5);
        SetCustomMiningJob nowhere = job(99, 6);

        assertThat(answer(channels.setCustomMiningJob(job, NOW))).isEqualTo(error(job, "jd-not-supported"));
        assertThat(answer(channels.setCustomMiningJob(nowhere, NOW))).isEqualTo(error(nowhere, "jd-not-supported"));
        assertThat(CustomJobs.UNSUPPORTED.decide(anyRequest()))
                .isEqualTo(new CustomJobs.Refused(CustomJobError.NOT_SUPPORTED));
        assertThat(answer(connection(0).setCustomMiningJob(job, NOW))).isEqualTo(error(job, "jd-not-supported"));
    }

    private static CustomJobs.Request anyRequest() {
        return new CustomJobs.Request(
                job(1, 1),
                new org.ehashpool.mining.coinbase.CoinbaseFields(1, Bytes.EMPTY, 0, List.of(), 0),
                Text.EMPTY);
    }

    @Test
    void shouldRefuseWhatTheMessageAloneShowsToBeWrong() {
        ServerChannels channels = connection(Mining.REQUIRES_WORK_SELECTION);
        long id = channels.channels().getFirst().id();
        Bytes prefix = BlockHeight.push(800_000);
        long time = Templates.TIME;

        assertRefused(channels, job(99, 1), "invalid-channel-id");
        assertRefused(channels, job(id, 1, 2, time, BITS, prefix, OUTPUTS, List.of()), "stale-chain-tip");
        assertRefused(channels, job(id, 1, 1, time, BITS + 1, prefix, OUTPUTS, List.of()), "invalid-nbits");
        assertRefused(channels, job(id, 1, 1, time + 7_201, BITS, prefix, OUTPUTS, List.of()), "invalid-min-ntime");
        assertRefused(channels, job(id, 1, 1, time - 7_201, BITS, prefix, OUTPUTS, List.of()), "invalid-min-ntime");
        assertRefused(
                channels,
                job(id, 1, 1, time, BITS, Bytes.of(new byte[87]), OUTPUTS, List.of()),
                "invalid-coinbase-prefix");
        for (String outputs :
                new String[] {"", "00", "02" + OUTPUTS.toHex().substring(2), "ff", OUTPUTS.toHex() + "00"}) {
            assertRefused(
                    channels,
                    job(id, 1, 1, time, BITS, prefix, Bytes.fromHex(outputs), List.of()),
                    "invalid-coinbase-tx-outputs");
        }
        assertRefused(
                channels,
                job(id, 1, 1, time, BITS, prefix, OUTPUTS, Collections.nCopies(25, U256.ZERO)),
                "invalid-merkle-path");
    }

    private static void assertRefused(ServerChannels channels, SetCustomMiningJob job, String code) {
        assertThat(answer(channels.setCustomMiningJob(job, NOW))).isEqualTo(error(job, code));
    }

    @Test
    void shouldTakeAnAnswerLater() {
        decision = new CustomJobs.Deferred();
        ServerChannels channels = connection(Mining.REQUIRES_WORK_SELECTION);
        long id = channels.channels().getFirst().id();
        assertThat(channels.setCustomMiningJob(job(id, 5), NOW)).isEmpty();
        assertThat(channels.setCustomMiningJob(job(id, 6), NOW)).isEmpty();
        assertThat(channels.setCustomMiningJob(job(id, 7), NOW)).isEmpty();

        assertThat(answer(channels.decideCustomJob(id, 5, new CustomJobs.Accepted())))
                .isInstanceOf(SetCustomMiningJobSuccess.class);
        assertThat(channels.decideCustomJob(id, 5, new CustomJobs.Accepted())).isEmpty();
        assertThat(answer(channels.decideCustomJob(id, 6, new CustomJobs.Refused(CustomJobError.INVALID_TOKEN))))
                .isEqualTo(error(job(id, 6), "invalid-mining-job-token"));
        channels.update(templates.future());
        channels.update(templates.tip(2));
        assertThat(answer(channels.decideCustomJob(id, 7, new CustomJobs.Accepted())))
                .isEqualTo(error(job(id, 7), "stale-chain-tip"));
    }

    @Test
    void shouldDeferAFewRequestsOnly() {
        decision = new CustomJobs.Deferred();
        ServerChannels channels = connection(Mining.REQUIRES_WORK_SELECTION);
        long id = channels.channels().getFirst().id();
        for (int i = 0; i < 16; i++) {
            assertThat(channels.setCustomMiningJob(job(id, i), NOW)).isEmpty();
        }

        assertRefused(channels, job(id, 16), "too-many-requests");
    }

    /** Otherwise each hash of the shared search space could be submitted to the job that pays more for it. */
    @Test
    void shouldPayNoMoreForTheSameJobAtAHarderTarget() {
        ServerChannels channels = connection(Mining.REQUIRES_WORK_SELECTION);
        long id = channels.channels().getFirst().id();
        answer(channels.setCustomMiningJob(job(id, 1), NOW));
        channels.update(new UpdateChannel(id, 1, U256.of(1)), NOW);

        SetCustomMiningJobSuccess again =
                (SetCustomMiningJobSuccess) answer(channels.setCustomMiningJob(job(id, 2), NOW));

        assertThat(firstAccepted(channels, id, again.jobId()).job().target()).isEqualTo(Target.ofHashRate(1, 6));
    }
}
