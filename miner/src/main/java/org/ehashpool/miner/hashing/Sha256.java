package org.ehashpool.miner.hashing;

/** The words of FIPS 180-4, and the compression of one block. */
final class Sha256 {
    static final int ROUNDS = 64;

    private static final int[] CONSTANTS = {
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
    };
    private static final int[] INITIAL = {
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
    };

    private Sha256() {}

    static int constant(int round) {
        return CONSTANTS[round];
    }

    static int initial(int word) {
        return INITIAL[word];
    }

    /** The state after one block of 16 words, from the initial one: a "midstate". */
    static int[] compress(int[] block) {
        int[] words = new int[ROUNDS];
        System.arraycopy(block, 0, words, 0, 16);
        for (int i = 16; i < ROUNDS; i++) {
            int x = words[i - 15];
            int y = words[i - 2];
            words[i] = words[i - 16]
                    + words[i - 7]
                    + (Integer.rotateRight(x, 7) ^ Integer.rotateRight(x, 18) ^ (x >>> 3))
                    + (Integer.rotateRight(y, 17) ^ Integer.rotateRight(y, 19) ^ (y >>> 10));
        }
        int[] state = INITIAL.clone();
        rounds(state, words, ROUNDS);
        for (int i = 0; i < state.length; i++) {
            state[i] += INITIAL[i];
        }
        return state;
    }

    /**
     * The first rounds of a compression. The state does not move: in round i its variable number k is at (64 − i + k)
     * mod 8, so that after 0 or 64 rounds a is first again.
     */
    static void rounds(int[] state, int[] words, int count) {
        for (int i = 0; i < count; i++) {
            int a = state[(64 - i) & 7];
            int b = state[(65 - i) & 7];
            int c = state[(66 - i) & 7];
            int e = state[(68 - i) & 7];
            int f = state[(69 - i) & 7];
            int g = state[(70 - i) & 7];
            int h = state[(71 - i) & 7];
            int sum = h
                    + (Integer.rotateRight(e, 6) ^ Integer.rotateRight(e, 11) ^ Integer.rotateRight(e, 25))
                    + (g ^ (e & (f ^ g)))
                    + CONSTANTS[i]
                    + words[i];
            state[(67 - i) & 7] += sum;
            state[(71 - i) & 7] = sum
                    + (Integer.rotateRight(a, 2) ^ Integer.rotateRight(a, 13) ^ Integer.rotateRight(a, 22))
                    + ((a & b) | (c & (a | b)));
        }
    }
}
