package org.ehashpool.mining.server;

import java.util.List;
import java.util.Optional;
import org.ehashpool.mining.header.BlockHeader;
import org.ehashpool.mining.job.ChainTip;
import org.ehashpool.mining.job.Job;
import org.ehashpool.mining.share.AssignedJob;
import org.ehashpool.mining.share.ShareError;
import org.ehashpool.mining.share.ShareGate;
import org.ehashpool.mining.share.ShareVerdict;
import org.ehashpool.mining.share.Submission;
import org.ehashpool.sv2.message.Mining.SubmitSharesError;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;

/** Judges shares and says what follows: a block first, then what becomes of the share. */
final class ShareDesk {
    private final LoopResources resources;

    ShareDesk(LoopResources resources) {
        this.resources = resources;
    }

    /** Returns whether the share counts. */
    boolean judge(Submission share, ServerChannel channel, ShareGate gate, long now, List<ServerEffect> effects) {
        ShareVerdict verdict = resources
                .validator()
                .validate(
                        share,
                        channel.jobs,
                        channel.seen,
                        now / 1000,
                        (submission, job) -> channel.pending.isFull()
                                ? Optional.of(ShareError.STORAGE_UNAVAILABLE)
                                : gate.refuse(submission, job));
        return switch (verdict) {
            case ShareVerdict.Rejected(ShareError error) -> {
                reject(share, error, effects);
                yield false;
            }
            case ShareVerdict.RejectedBlock(U256 hash, AssignedJob job, ShareError error) -> {
                announce(share, hash, job, effects);
                reject(share, error, effects);
                yield false;
            }
            case ShareVerdict.Accepted(U256 hash, AssignedJob job, boolean block) -> {
                if (block) {
                    announce(share, hash, job, effects);
                }
                channel.pending.add(share.sequenceNumber(), job.target());
                channel.counted(job);
                effects.add(new ServerEffect.ShareAccepted(share, hash, job, channel.userIdentity));
                yield true;
            }
        };
    }

    private void announce(Submission share, U256 hash, AssignedJob job, List<ServerEffect> effects) {
        // A server's own jobs all have a coinbase transaction.
        if (job.job() instanceof Job.Extended extended) {
            ChainTip tip = job.tip();
            BlockHeader header = new BlockHeader(
                    share.version(),
                    tip.previousHash(),
                    resources.validator().merkleRoot(share, job),
                    share.time(),
                    tip.bits(),
                    share.nonce());
            Bytes extranonce = Bytes.concat(job.extranoncePrefix(), share.extranonce());
            effects.add(new ServerEffect.BlockFound(
                    share.channelId(),
                    hash,
                    extended.origin(),
                    header,
                    extended.coinbase().transaction(extranonce),
                    extranonce));
        }
    }

    static void reject(Submission share, ShareError error, List<ServerEffect> effects) {
        effects.add(
                new ServerEffect.Send(new SubmitSharesError(share.channelId(), share.sequenceNumber(), error.code())));
        effects.add(new ServerEffect.ShareRejected(share, error));
    }
}
