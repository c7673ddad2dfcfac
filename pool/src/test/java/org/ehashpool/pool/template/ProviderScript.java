package org.ehashpool.pool.template;

import java.util.ArrayList;
import java.util.List;
import org.ehashpool.mining.coinbase.BlockHeight;
import org.ehashpool.mining.coinbase.OutputScript;
import org.ehashpool.mining.coinbase.PayoutOutputs;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.job.TemplateJobs;
import org.ehashpool.sv2.message.TemplateDistribution.NewTemplate;
import org.ehashpool.sv2.message.TemplateDistribution.SetNewPrevHash;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;

/** Messages of template providers. */
public final class ProviderScript {
    public static final long TIME = 1_700_000_000L;
    public static final long EASY = 0x207fffffL;
    public static final long HARD = 0x1d00ffffL;
    public static final PayoutOutputs PAYOUTS =
            PayoutOutputs.to(new OutputScript(Bytes.fromHex("0014751e76e8199196d454941c45d1b3a323f1433bd6")));
    public static final TemplateJobs.Settings JOBS = new TemplateJobs.Settings(PAYOUTS, Bytes.EMPTY, List.of(14), true);

    private ProviderScript() {}

    public static NewTemplate template(long id, boolean future, int height) {
        return template(id, future, height, 5_000_000_000L, List.of());
    }

    public static NewTemplate template(long id, boolean future, int height, long value, List<U256> path) {
        return new NewTemplate(
                id,
                future,
                0x2000_0000L,
                2,
                BlockHeight.push(height),
                0xffff_fffeL,
                value,
                0,
                Bytes.EMPTY,
                height - 1L,
                path);
    }

    /** A hash that meets no hard target. */
    public static U256 hash(long number) {
        byte[] bytes = new byte[32];
        bytes[31] = 0x10;
        bytes[0] = (byte) number;
        bytes[1] = (byte) (number >>> 8);
        return U256.fromLittleEndian(bytes, 0);
    }

    public static SetNewPrevHash tip(long id, U256 hash, long bits) {
        return new SetNewPrevHash(
                id, hash, TIME, bits, Target.ofCompactBits(bits).orElseThrow().value());
    }

    /** A path of some steps. */
    public static List<U256> path(int steps) {
        List<U256> path = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            path.add(hash(1_000 + i));
        }
        return path;
    }
}
