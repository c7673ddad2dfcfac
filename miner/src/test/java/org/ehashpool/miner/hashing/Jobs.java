package org.ehashpool.miner.hashing;

import java.util.List;
import org.ehashpool.mining.coinbase.Coinbase;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.job.ChainTip;
import org.ehashpool.mining.job.Job;
import org.ehashpool.mining.job.JobOrigin;
import org.ehashpool.mining.merkle.MerklePath;
import org.ehashpool.mining.share.AssignedJob;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;

/** Jobs to search. */
final class Jobs {
    static final long TIME = 1_700_000_000L;
    static final long HARD = 0x1d00_ffffL;

    private Jobs() {}

    static AssignedJob standard(long id, int root, Target target) {
        return new AssignedJob(
                new Job.Standard(id, 0x2000_0000L, U256.of(root)), tip(), target, Bytes.fromHex("00112233"), 0);
    }

    static AssignedJob extended(long id, int extranonceSize, boolean rolling, Target target) {
        Bytes prefix = Bytes.fromHex("0a0b");
        Job.Extended job = new Job.Extended(
                id,
                new JobOrigin.Upstream(),
                0x2000_0000L,
                rolling,
                MerklePath.of(List.of(U256.of(5), U256.of(6))),
                new Coinbase(Bytes.fromHex("0200000001"), Bytes.fromHex("ffffffff00000000"), false),
                prefix.length() + extranonceSize);
        return new AssignedJob(job, tip(), target, prefix, extranonceSize);
    }

    private static ChainTip tip() {
        return new ChainTip(U256.of(9), HARD, TIME, Target.ofCompactBits(HARD).orElseThrow());
    }
}
