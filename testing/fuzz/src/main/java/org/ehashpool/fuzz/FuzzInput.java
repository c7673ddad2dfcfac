package org.ehashpool.fuzz;

import java.util.Arrays;

/** The fuzzer's bytes, taken apart from the front. What is missing reads as zero, so that every input means something. */
final class FuzzInput {
    private final byte[] bytes;
    private int position;

    FuzzInput(byte[] bytes) {
        this.bytes = bytes;
    }

    int remaining() {
        return bytes.length - position;
    }

    int u8() {
        return position < bytes.length ? bytes[position++] & 0xff : 0;
    }

    int u16() {
        return u8() | u8() << 8;
    }

    long u32() {
        return u16() | (long) u16() << 16;
    }

    /** Exactly that many bytes. */
    byte[] take(int length) {
        int from = position;
        position = Math.min(bytes.length, from + length);
        return Arrays.copyOf(Arrays.copyOfRange(bytes, from, position), length);
    }

    /** All that is left. */
    byte[] rest() {
        int from = position;
        position = bytes.length;
        return Arrays.copyOfRange(bytes, from, bytes.length);
    }

    /** Changes bytes of {@code target} as the rest of the input says, and tells whether it is another one now. */
    boolean mutate(byte[] target) {
        byte[] original = target.clone();
        while (remaining() > 0 && target.length > 0) {
            target[u16() % target.length] ^= (byte) u8();
        }
        return !Arrays.equals(original, target);
    }
}
