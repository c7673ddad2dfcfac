package org.ehashpool.mining.share;

import java.util.Optional;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.mining.header.HeaderBuffer;
import org.ehashpool.mining.job.ChainTip;
import org.ehashpool.mining.job.Job;
import org.ehashpool.mining.job.JobBook;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.sv2.type.U32;

/**
 * Judges shares. The order of checks is that of the reference implementation, so that a share with several faults gets
 * the code that miners know: job, extranonce, time, version, block, share target and duplicates. Keeps buffers: not for
 * use by several threads at once; give each event loop one.
 */
public final class ShareValidator {
    /** Seconds that a header's time may be ahead of the clock: consensus allows no more (MAX_FUTURE_BLOCK_TIME). */
    public static final long MAX_FUTURE_SECONDS = 2 * 60 * 60;

    private static final int HASH_LENGTH = DoubleSha256.LENGTH;

    private final DoubleSha256 hasher = new DoubleSha256();
    private final HeaderBuffer header = new HeaderBuffer();
    private final byte[] pair = new byte[2 * HASH_LENGTH];
    private final byte[] hashBytes = new byte[HASH_LENGTH];
    private byte[] coinbase = new byte[512];

    /**
     * Judges a share and, if it counts, remembers it.
     *
     * @param jobs the channel's jobs
     * @param seen the channel's shares under the present previous hash
     * @param now the time in seconds since 1970
     * @param gate asked last
     */
    public ShareVerdict validate(
            Submission share, JobBook<?, AssignedJob> jobs, SeenShares seen, @U32 long now, ShareGate gate) {
        return switch (jobs.find(share.jobId())) {
            case JobBook.Stale<AssignedJob> stale -> new ShareVerdict.Rejected(ShareError.STALE_SHARE);
            case JobBook.Unknown<AssignedJob> unknown -> new ShareVerdict.Rejected(ShareError.INVALID_JOB_ID);
            case JobBook.Valid<AssignedJob>(AssignedJob job) -> validate(share, job, seen, now, gate);
        };
    }

    /**
     * Judges a share for a job that is known to be valid and, if it counts, remembers it.
     *
     * @param job what the share is for, whatever number the share names
     * @param seen the channel's shares under the present previous hash
     * @param now the time in seconds since 1970
     * @param gate asked last
     */
    public ShareVerdict validate(Submission share, AssignedJob job, SeenShares seen, @U32 long now, ShareGate gate) {
        Optional<ShareError> error = fieldError(share, job, now);
        return error.isPresent() ? new ShareVerdict.Rejected(error.get()) : judge(share, job, seen, gate);
    }

    private static Optional<ShareError> fieldError(Submission share, AssignedJob job, @U32 long now) {
        // "The size of the provided extranonce MUST be equal to the negotiated extranonce size" (section 5.3.12).
        if (share.extranonce().length() != job.rollableSize()) {
            return Optional.of(ShareError.BAD_EXTRANONCE_SIZE);
        }
        if (share.time() < job.tip().minimumTime() || share.time() > now + MAX_FUTURE_SECONDS) {
            return Optional.of(ShareError.INVALID_SHARE);
        }
        long changed = share.version() ^ job.job().version();
        if (!job.job().versionRollingAllowed()) {
            return changed == 0 ? Optional.empty() : Optional.of(ShareError.VERSION_ROLLING_NOT_ALLOWED);
        }
        return (changed & ~Job.VERSION_ROLLING_MASK) == 0
                ? Optional.empty()
                : Optional.of(ShareError.INVALID_NON_ROLLABLE_VERSION_BIT);
    }

    private ShareVerdict judge(Submission share, AssignedJob job, SeenShares seen, ShareGate gate) {
        U256 hash = hash(share, job);
        boolean block = job.tip().networkTarget().isMetBy(hash);
        hash.writeLittleEndian(hashBytes, 0);
        long key = key(hashBytes);
        if (seen.contains(key)) {
            return new ShareVerdict.Rejected(ShareError.DUPLICATE_SHARE);
        }
        Optional<ShareError> error = Optional.empty();
        if (!job.target().isMetBy(hash)) {
            error = Optional.of(ShareError.DIFFICULTY_TOO_LOW);
        } else if (seen.isFull()) {
            error = Optional.of(ShareError.SHARE_LIMIT_REACHED);
        } else {
            error = gate.refuse(share, job);
        }
        if (error.isPresent()) {
            return block
                    ? new ShareVerdict.RejectedBlock(hash, job, error.get())
                    : new ShareVerdict.Rejected(error.get());
        }
        seen.add(key);
        return new ShareVerdict.Accepted(hash, job, block);
    }

    /** The hash of a share's header; its fields are taken as they are. */
    public U256 hash(Submission share, AssignedJob job) {
        ChainTip tip = job.tip();
        header.set(share.version(), tip.previousHash(), share.time(), tip.bits(), share.nonce());
        writeMerkleRoot(share, job);
        header.setMerkleRoot(pair, 0);
        return header.hash(hasher);
    }

    /** The merkle root of a share's header. */
    public U256 merkleRoot(Submission share, AssignedJob job) {
        writeMerkleRoot(share, job);
        return U256.fromLittleEndian(pair, 0);
    }

    private void writeMerkleRoot(Submission share, AssignedJob job) {
        U256 fixed = job.fixedMerkleRoot();
        if (fixed != null) {
            fixed.writeLittleEndian(pair, 0);
            return;
        }
        switch (job.job()) {
            case Job.Standard standard -> standard.merkleRoot().writeLittleEndian(pair, 0);
            case Job.Extended extended -> foldCoinbase(extended, job.extranoncePrefix(), share.extranonce());
        }
        if (job.rollableSize() == 0) {
            job.fixMerkleRoot(U256.fromLittleEndian(pair, 0));
        }
    }

    private void foldCoinbase(Job.Extended job, Bytes extranoncePrefix, Bytes extranonce) {
        Bytes prefix = job.coinbase().prefix();
        Bytes suffix = job.coinbase().suffix();
        int length = prefix.length() + extranoncePrefix.length() + extranonce.length() + suffix.length();
        if (length > coinbase.length) {
            coinbase = new byte[length];
        }
        int position = prefix.copyTo(coinbase, 0);
        position = extranoncePrefix.copyTo(coinbase, position);
        position = extranonce.copyTo(coinbase, position);
        suffix.copyTo(coinbase, position);
        hasher.hash(coinbase, 0, length, pair, 0);
        job.path().fold(hasher, pair);
    }

    private static long key(byte[] hash) {
        long key = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            key |= (hash[i] & 0xffL) << (8 * i);
        }
        return key;
    }
}
