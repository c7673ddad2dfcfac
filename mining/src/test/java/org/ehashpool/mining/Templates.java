package org.ehashpool.mining;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.ehashpool.mining.coinbase.BlockHeight;
import org.ehashpool.mining.coinbase.OutputScript;
import org.ehashpool.mining.coinbase.PayoutOutputs;
import org.ehashpool.mining.coinbase.SoloPayout;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.extranonce.ExtranonceLayout;
import org.ehashpool.mining.job.JobNumbers;
import org.ehashpool.mining.job.JobUpdate;
import org.ehashpool.mining.job.TemplateJobs;
import org.ehashpool.sv2.message.TemplateDistribution.NewTemplate;
import org.ehashpool.sv2.message.TemplateDistribution.SetNewPrevHash;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;

/** A template provider whose blocks are as hard as one likes, and the jobs that follow from it. */
public final class Templates {
    public static final long TIME = 1_700_000_000L;
    public static final PayoutOutputs PAYOUTS =
            PayoutOutputs.to(new OutputScript(Bytes.fromHex("0014751e76e8199196d454941c45d1b3a323f1433bd6")));
    /** A miner that mines for itself. */
    public static final SoloPayout SOLO = SoloPayout.to(new OutputScript(
            Bytes.fromHex("5120" + "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798")));

    /** The reward of every template, in satoshis. */
    public static final long REWARD = 312_500_000L;

    public static final Bytes TAG = Bytes.of("ehashpool".getBytes(StandardCharsets.US_ASCII));
    /** The only output of every template, as it follows the payouts. */
    public static final Bytes COMMITMENT = Bytes.fromHex("0000000000000000266a24aa21a9ed" + "ab".repeat(32));

    private final TemplateJobs jobs;
    private final long bits;
    private final int pathLength;
    private long templateId;
    private long futureTemplateId;

    public Templates(JobNumbers numbers, long bits, int pathLength) {
        this(numbers, bits, pathLength, ExtranonceLayout.POOL);
    }

    public Templates(JobNumbers numbers, long bits, int pathLength, ExtranonceLayout layout) {
        jobs = new TemplateJobs(new TemplateJobs.Settings(PAYOUTS, TAG, layout.fullSizes(), true), numbers);
        this.bits = bits;
        this.pathLength = pathLength;
    }

    public TemplateJobs jobs() {
        return jobs;
    }

    public NewTemplate template(boolean future) {
        List<U256> path = new ArrayList<>();
        for (int i = 0; i < pathLength; i++) {
            path.add(U256.of(BigInteger.valueOf(31L * i + 7).pow(30)));
        }
        return new NewTemplate(
                ++templateId,
                future,
                0x2000_0000L,
                2,
                BlockHeight.push(800_000),
                0xffff_fffeL,
                REWARD,
                1,
                COMMITMENT,
                799_999,
                path);
    }

    public JobUpdate future() {
        NewTemplate template = template(true);
        futureTemplateId = template.templateId();
        return updated(jobs.onNewTemplate(template));
    }

    public JobUpdate active() {
        return updated(jobs.onNewTemplate(template(false)));
    }

    /** Activates the future job sent last. */
    public JobUpdate tip(long number) {
        return updated(jobs.onSetNewPrevHash(previousHash(futureTemplateId, number)));
    }

    public SetNewPrevHash previousHash(long template, long number) {
        return new SetNewPrevHash(
                template,
                U256.of(number),
                TIME,
                bits,
                Target.ofCompactBits(bits).orElseThrow().value());
    }

    private static JobUpdate updated(TemplateJobs.Result result) {
        return switch (result) {
            case TemplateJobs.Updated(JobUpdate update) -> update;
            case TemplateJobs.Refused refused -> throw new AssertionError(refused);
        };
    }
}
