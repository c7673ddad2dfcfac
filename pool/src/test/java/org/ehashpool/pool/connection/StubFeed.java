package org.ehashpool.pool.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.ehashpool.mining.coinbase.BlockHeight;
import org.ehashpool.mining.coinbase.OutputScript;
import org.ehashpool.mining.coinbase.PayoutOutputs;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.extranonce.ExtranonceLayout;
import org.ehashpool.mining.job.JobNumbers;
import org.ehashpool.mining.job.JobSnapshot;
import org.ehashpool.mining.job.JobUpdate;
import org.ehashpool.mining.job.TemplateJobs;
import org.ehashpool.pool.template.JobFeed;
import org.ehashpool.sv2.message.TemplateDistribution.NewTemplate;
import org.ehashpool.sv2.message.TemplateDistribution.SetNewPrevHash;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;

/** Jobs on demand, of whatever difficulty a block should have. */
public final class StubFeed implements JobFeed {
    /** The headers' least time, seconds since 1970. */
    public static final long TIME = 1_700_000_000L;
    /** No hash that a test finds is a block. */
    public static final long HARD = 0x1d00_ffffL;
    /** Every other hash is a block. */
    public static final long REGTEST = 0x207f_ffffL;

    public static final int HEIGHT = 800_000;

    private static final PayoutOutputs PAYOUTS =
            PayoutOutputs.to(new OutputScript(Bytes.fromHex("0014751e76e8199196d454941c45d1b3a323f1433bd6")));
    private static final Bytes COMMITMENT = Bytes.fromHex("0000000000000000266a24aa21a9ed" + "ab".repeat(32));

    private final TemplateJobs jobs;
    private final long bits;
    private final List<Consumer<JobUpdate>> subscribers = new ArrayList<>();
    private long templateId;

    public StubFeed(JobNumbers numbers, long bits) {
        jobs = new TemplateJobs(
                new TemplateJobs.Settings(PAYOUTS, Text.of("test").bytes(), ExtranonceLayout.POOL.fullSizes(), true),
                numbers);
        this.bits = bits;
    }

    @Override
    public synchronized JobSnapshot subscribe(Consumer<JobUpdate> updates) {
        subscribers.add(updates);
        return jobs.snapshot();
    }

    public synchronized JobSnapshot snapshot() {
        return jobs.snapshot();
    }

    /** A template for the block after the next. */
    public JobUpdate future() {
        return publish(jobs.onNewTemplate(template(true)));
    }

    /** A template for the next block. */
    public JobUpdate active() {
        return publish(jobs.onNewTemplate(template(false)));
    }

    /** The future template sent last is worked on, on a block of this number. */
    public JobUpdate tip(long number) {
        return publish(jobs.onSetNewPrevHash(new SetNewPrevHash(
                templateId,
                U256.of(number),
                TIME,
                bits,
                Target.ofCompactBits(bits).orElseThrow().value())));
    }

    /** A future template, and the tip that makes it worked on. */
    public JobUpdate mine(long number) {
        future();
        return tip(number);
    }

    private NewTemplate template(boolean future) {
        return new NewTemplate(
                ++templateId,
                future,
                0x2000_0000L,
                2,
                BlockHeight.push(HEIGHT),
                0xffff_fffeL,
                312_500_000L,
                1,
                COMMITMENT,
                HEIGHT - 1L,
                List.of(U256.of(7), U256.of(9)));
    }

    private synchronized JobUpdate publish(TemplateJobs.Result result) {
        return switch (result) {
            case TemplateJobs.Updated(JobUpdate update) -> {
                subscribers.forEach(subscriber -> subscriber.accept(update));
                yield update;
            }
            case TemplateJobs.Refused refused -> throw new AssertionError(refused);
        };
    }
}
