package org.ehashpool.miner.hashing;

import java.nio.ByteBuffer;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.ehashpool.miner.hashing.WorkBoard.Assignment;
import org.ehashpool.mining.header.BlockHeader;
import org.ehashpool.mining.share.AssignedJob;
import org.ehashpool.mining.share.ShareValidator;
import org.ehashpool.mining.share.Submission;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.sv2.type.U32;

/** One thread's search, until it is interrupted. */
final class HashLoop implements Runnable {
    private final WorkBoard board;
    private final ShareQueue found;
    private final LongAdder hashes;
    private final OptionalDouble limit;
    private final LongSupplier nanoTime;
    private final NonceSearch search = new NonceSearch();
    private final ShareValidator validator = new ShareValidator();
    private final HashPace pace;

    HashLoop(WorkBoard board, ShareQueue found, LongAdder hashes, OptionalDouble limit, LongSupplier nanoTime) {
        this.board = board;
        this.found = found;
        this.hashes = hashes;
        this.limit = limit;
        this.nanoTime = nanoTime;
        this.pace = new HashPace(limit.orElse(1), nanoTime.getAsLong());
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                search(board.take());
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void search(Assignment assignment) throws InterruptedException {
        Work work = assignment.work();
        SearchRange range = assignment.range();
        search.header(header(work.job(), range));
        int highest = highest(work.limit().value());
        for (long done = 0; done < range.count() && work.isCurrent(); done += NonceSearch.LANES) {
            int first = (int) (range.firstNonce() + done);
            int hits = search.search(first, highest);
            hashes.add(NonceSearch.LANES);
            for (int i = 0; i < hits; i++) {
                check(work, range, Integer.toUnsignedLong(search.hit(i)));
            }
            if (limit.isPresent()) {
                pause(pace.pause(NonceSearch.LANES, nanoTime.getAsLong()));
            } else if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private static void pause(long nanos) throws InterruptedException {
        // Shorter pauses would be mostly the cost of making them.
        if (nanos > 500_000) {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } else if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private byte[] header(AssignedJob job, SearchRange range) {
        return new BlockHeader(
                        range.version(),
                        job.tip().previousHash(),
                        validator.merkleRoot(submission(job, range, 0), job),
                        range.time(),
                        job.tip().bits(),
                        0)
                .serialized()
                .toByteArray();
    }

    /** The most significant 32 bits. */
    private static int highest(U256 number) {
        byte[] bytes = new byte[U256.LENGTH];
        number.writeBigEndian(bytes, 0);
        return ByteBuffer.wrap(bytes).getInt();
    }

    /** A second time, by the code that judges shares on the other side. */
    private void check(Work work, SearchRange range, @U32 long nonce) throws InterruptedException {
        AssignedJob job = work.job();
        U256 hash = validator.hash(submission(job, range, nonce), job);
        boolean block = job.tip().networkTarget().isMetBy(hash);
        if (block || job.target().isMetBy(hash)) {
            found.add(new FoundShare(work, nonce, range.time(), range.version(), range.extranonce(), hash, block));
        }
    }

    private static Submission submission(AssignedJob job, SearchRange range, @U32 long nonce) {
        return new Submission(0, 0, job.job().id(), nonce, range.time(), range.version(), range.extranonce());
    }
}
