package org.ehashpool.miner.hashing;

import java.util.Optional;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U32;

/**
 * Everything that may be tried for one job, cut into numbered ranges: nonces first, then the extranonce, then the bits of
 * the version that are free, then the time. No two numbers stand for a common header.
 *
 * @param version the job's
 * @param versionMask the bits of it that may be changed
 * @param minimumTime the smallest header time
 * @param extranonceSize bytes of extranonce that may be chosen
 */
record SearchSpace(
        @U32 long version, @U32 long versionMask, @U32 long minimumTime, int extranonceSize) {
    /** Half a second of work for one thread: so long does a share wait at most for its channel's turn. */
    static final long RANGE = 1L << 22;

    private static final long RANGES_OF_NONCES = (1L << 32) / RANGE;
    /** More would be more than enough for any machine, and would not fit into a long. */
    private static final int USEFUL_EXTRANONCE_BYTES = 4;
    /** Seconds by which the header's time may be ahead: well within what validators allow. */
    private static final long TIMES = 600;

    /** One range; empty if there are not so many. */
    Optional<SearchRange> range(long number) {
        long rest = number / RANGES_OF_NONCES;
        long firstNonce = number % RANGES_OF_NONCES * RANGE;
        long extranonces = 1L << (8 * Math.min(extranonceSize, USEFUL_EXTRANONCE_BYTES));
        long extranonce = rest % extranonces;
        rest /= extranonces;
        long versions = 1L << Long.bitCount(versionMask);
        long rolled = Long.expand(rest % versions, versionMask);
        rest /= versions;
        if (rest >= TIMES || minimumTime + rest > 0xffff_ffffL) {
            return Optional.empty();
        }
        // Changed, not replaced: the first range keeps the version as the job has it.
        return Optional.of(
                new SearchRange(version ^ rolled, minimumTime + rest, extranonce(extranonce), firstNonce, RANGE));
    }

    private Bytes extranonce(long number) {
        byte[] bytes = new byte[extranonceSize];
        for (int i = 0; i < Math.min(extranonceSize, USEFUL_EXTRANONCE_BYTES); i++) {
            bytes[extranonceSize - 1 - i] = (byte) (number >>> (8 * i));
        }
        return Bytes.of(bytes);
    }
}
