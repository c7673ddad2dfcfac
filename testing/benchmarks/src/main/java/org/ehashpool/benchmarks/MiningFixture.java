package org.ehashpool.benchmarks;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ehashpool.mining.coinbase.BlockHeight;
import org.ehashpool.mining.coinbase.OutputScript;
import org.ehashpool.mining.coinbase.PayoutOutputs;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.extranonce.ExtranonceAllocator;
import org.ehashpool.mining.extranonce.ExtranonceLayout;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.mining.job.Job;
import org.ehashpool.mining.job.JobNumbers;
import org.ehashpool.mining.job.JobSnapshot;
import org.ehashpool.mining.job.JobUpdate;
import org.ehashpool.mining.job.TemplateJobs;
import org.ehashpool.mining.server.ChannelTerms;
import org.ehashpool.mining.server.ConnectionSettings;
import org.ehashpool.mining.server.CustomJobs;
import org.ehashpool.mining.server.LoopResources;
import org.ehashpool.mining.server.ServerChannels;
import org.ehashpool.mining.server.ServerEffect;
import org.ehashpool.mining.share.ShareValidator;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.Mining.OpenExtendedMiningChannel;
import org.ehashpool.sv2.message.Mining.OpenStandardMiningChannel;
import org.ehashpool.sv2.message.TemplateDistribution.NewTemplate;
import org.ehashpool.sv2.message.TemplateDistribution.SetNewPrevHash;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;

/** A connection to a pool at work: a full block's template on a chain with hard blocks, and targets that all meet. */
final class MiningFixture {
    /** A tree of 2,048 transactions and less than 4,096: as full blocks have. */
    static final int PATH = 11;

    static final long TIME = 1_700_000_000L;
    static final long NOW = TIME * 1_000;
    static final long VERSION = 0x2000_0000L;

    private static final long BITS = 0x1d00_ffffL;
    private static final int SHARES = 1 << 24;
    private static final Text USER = Text.of("alice.rig1");
    private static final ChannelTerms EVERY_HASH_COUNTS =
            new ChannelTerms(6, 1e9, Target.EASIEST, Optional.of(Target.EASIEST));
    private static final Bytes COMMITMENT = Bytes.fromHex("0000000000000000266a24aa21a9ed" + "ab".repeat(32));

    private final ServerChannels channels;
    private final Job.Extended job;

    MiningFixture() {
        JobNumbers numbers = new JobNumbers();
        JobSnapshot snapshot = snapshot(numbers);
        channels = new ServerChannels(
                new ConnectionSettings(
                        false,
                        false,
                        new ConnectionSettings.Limits(16, ConnectionSettings.Limits.DEFAULT.jobs(), SHARES, 1 << 16)),
                new LoopResources(
                        ExtranonceAllocator.of(ExtranonceLayout.POOL, 0),
                        numbers,
                        new ShareValidator(),
                        new DoubleSha256(),
                        CustomJobs.UNSUPPORTED),
                snapshot);
        job = snapshot.active().orElseThrow().job().form(0);
    }

    private static JobSnapshot snapshot(JobNumbers numbers) {
        PayoutOutputs payouts =
                PayoutOutputs.to(new OutputScript(Bytes.fromHex("0014751e76e8199196d454941c45d1b3a323f1433bd6")));
        Bytes tag = Bytes.of("ehashpool".getBytes(StandardCharsets.US_ASCII));
        TemplateJobs jobs = new TemplateJobs(
                new TemplateJobs.Settings(payouts, tag, ExtranonceLayout.POOL.fullSizes(), true), numbers);
        List<U256> path = IntStream.range(0, PATH)
                .mapToObj(step -> U256.of(BigInteger.valueOf(31L * step + 7).pow(30)))
                .toList();
        updated(jobs.onNewTemplate(new NewTemplate(
                1,
                true,
                VERSION,
                2,
                BlockHeight.push(800_000),
                0xffff_fffeL,
                312_500_000L,
                1,
                COMMITMENT,
                799_999,
                path)));
        updated(jobs.onSetNewPrevHash(new SetNewPrevHash(
                1,
                U256.of(1),
                TIME,
                BITS,
                Target.ofCompactBits(BITS).orElseThrow().value())));
        return jobs.snapshot();
    }

    private static JobUpdate updated(TemplateJobs.Result result) {
        return switch (result) {
            case TemplateJobs.Updated(JobUpdate update) -> update;
            case TemplateJobs.Refused refused -> throw new IllegalStateException(refused.toString());
        };
    }

    ServerChannels channels() {
        return channels;
    }

    long jobId() {
        return job.id();
    }

    /** Bytes of the coinbase transaction that a share's hash begins with. */
    int coinbaseLength() {
        return job.coinbase().prefix().length()
                + job.extranonceSize()
                + job.coinbase().suffix().length();
    }

    int pathLength() {
        return job.path().size();
    }

    /** Opens an extended channel that rolls 8 bytes. */
    long openExtended() {
        return opened(
                channels.open(new OpenExtendedMiningChannel(1, USER, 1e9f, U256.MAX_VALUE, 8), EVERY_HASH_COUNTS, NOW));
    }

    /** Opens a standard channel. */
    long openStandard() {
        return opened(
                channels.open(new OpenStandardMiningChannel(1, USER, 1e9f, U256.MAX_VALUE), EVERY_HASH_COUNTS, NOW));
    }

    private static long opened(List<ServerEffect> effects) {
        return switch (effects.getFirst()) {
            case ServerEffect.Send(Mining.OpenExtendedMiningChannelSuccess success) -> success.channelId();
            case ServerEffect.Send(Mining.OpenStandardMiningChannelSuccess success) -> success.channelId();
            default -> throw new IllegalStateException("not opened: " + effects);
        };
    }
}
