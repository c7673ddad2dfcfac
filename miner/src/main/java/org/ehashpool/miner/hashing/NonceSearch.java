package org.ehashpool.miner.hashing;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import org.ehashpool.mining.header.BlockHeader;

/**
 * Hashes a header with {@link #LANES} nonces at once. Every variable of SHA-256 is an array with a place for each nonce,
 * and every step a loop over such arrays that the JIT compiler turns into vector instructions.
 *
 * <p>The first 64 bytes are compressed once per header, and the three rounds before the nonce as well; the last three
 * rounds are left out, since the word that is compared is final before them. Keeps arrays: not for use by several
 * threads at once.
 */
final class NonceSearch {
    /** Enough to make up for the cost of a loop, and few enough for 14 KiB to stay in the first cache. */
    static final int LANES = 128;

    private static final int NONCE_WORD = 3;
    private static final int HEADER_BITS = 8 * BlockHeader.LENGTH;
    private static final int HASH_BITS = 256;
    private static final int PADDING = 0x8000_0000;
    /** After these rounds of the second hash the last word of the state is final. */
    private static final int ENOUGH_ROUNDS = 61;

    private final int[][] window = new int[16][LANES];
    private final int[][] state = new int[8][LANES];
    private final int[] hits = new int[LANES];
    private int[] midstate = new int[8];
    private int[] beforeNonce = new int[8];
    private final int[] tail = new int[16];

    /** What is hashed from now on: 80 bytes, of which the nonce is ignored. */
    void header(byte[] header) {
        IntBuffer words = ByteBuffer.wrap(header).asIntBuffer();
        int[] block = new int[16];
        words.get(block);
        midstate = Sha256.compress(block);
        words.get(tail, 0, NONCE_WORD);
        beforeNonce = midstate.clone();
        Sha256.rounds(beforeNonce, tail, NONCE_WORD);
    }

    /**
     * Hashes with {@link #LANES} nonces from this one on.
     *
     * @param limit what the most significant 32 bits of a hash, as a number, may be at most, unsigned
     * @return how many are within the limit; see {@link #hit}
     */
    int search(int firstNonce, int limit) {
        firstHash(firstNonce);
        secondHash();
        int[] last = state[7];
        int count = 0;
        for (int i = 0; i < LANES; i++) {
            int highest = Integer.reverseBytes(last[i] + Sha256.initial(7));
            if (Integer.compareUnsigned(highest, limit) <= 0) {
                hits[count++] = firstNonce + i;
            }
        }
        return count;
    }

    /** One of the nonces that the last search found. */
    int hit(int index) {
        return hits[index];
    }

    private void firstHash(int firstNonce) {
        for (int i = 0; i < NONCE_WORD; i++) {
            Arrays.fill(window[i], tail[i]);
        }
        int[] nonces = window[NONCE_WORD];
        for (int i = 0; i < LANES; i++) {
            nonces[i] = Integer.reverseBytes(firstNonce + i);
        }
        pad(NONCE_WORD + 1, HEADER_BITS);
        for (int i = 0; i < 8; i++) {
            Arrays.fill(state[i], beforeNonce[i]);
        }
        rounds(NONCE_WORD, Sha256.ROUNDS);
    }

    private void secondHash() {
        for (int i = 0; i < 8; i++) {
            add(window[i], state[i], midstate[i]);
            Arrays.fill(state[i], Sha256.initial(i));
        }
        pad(8, HASH_BITS);
        rounds(0, ENOUGH_ROUNDS);
    }

    private void pad(int from, int bits) {
        Arrays.fill(window[from], PADDING);
        for (int i = from + 1; i < 15; i++) {
            Arrays.fill(window[i], 0);
        }
        Arrays.fill(window[15], bits);
    }

    private void rounds(int from, int to) {
        for (int i = from; i < to; i++) {
            if (i >= 16) {
                schedule(window[i & 15], window[(i - 7) & 15], window[(i - 15) & 15], window[(i - 2) & 15]);
            }
            round(
                    state[(64 - i) & 7],
                    state[(65 - i) & 7],
                    state[(66 - i) & 7],
                    state[(67 - i) & 7],
                    state[(68 - i) & 7],
                    state[(69 - i) & 7],
                    state[(70 - i) & 7],
                    state[(71 - i) & 7],
                    window[i & 15],
                    Sha256.constant(i));
        }
    }

    // Below, rotations are written out: as shifts they are vector instructions on every processor.

    private static void add(int[] sum, int[] words, int constant) {
        for (int i = 0; i < LANES; i++) {
            sum[i] = words[i] + constant;
        }
    }

    private static void schedule(int[] w16, int[] w7, int[] w15, int[] w2) {
        for (int i = 0; i < LANES; i++) {
            int x = w15[i];
            int y = w2[i];
            w16[i] = w16[i]
                    + w7[i]
                    + (((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3))
                    + (((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10));
        }
    }

    @SuppressWarnings("TooManyParameters") // The eight variables of SHA-256 under their own names.
    private static void round(
            int[] a, int[] b, int[] c, int[] d, int[] e, int[] f, int[] g, int[] h, int[] word, int constant) {
        for (int i = 0; i < LANES; i++) {
            // Loads before stores: a store may be to the array that is loaded next, for all the compiler knows.
            int ai = a[i];
            int bi = b[i];
            int ci = c[i];
            int di = d[i];
            int ei = e[i];
            int fi = f[i];
            int gi = g[i];
            int sum = h[i]
                    + (((ei >>> 6) | (ei << 26)) ^ ((ei >>> 11) | (ei << 21)) ^ ((ei >>> 25) | (ei << 7)))
                    + (gi ^ (ei & (fi ^ gi)))
                    + constant
                    + word[i];
            d[i] = di + sum;
            h[i] = sum
                    + (((ai >>> 2) | (ai << 30)) ^ ((ai >>> 13) | (ai << 19)) ^ ((ai >>> 22) | (ai << 10)))
                    + ((ai & bi) | (ci & (ai | bi)));
        }
    }
}
