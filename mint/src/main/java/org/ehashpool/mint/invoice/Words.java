package org.ehashpool.mint.invoice;

import java.io.ByteArrayOutputStream;

/** An invoice's data part: words of five bits, the first bits first. */
final class Words {

    static final int BITS = 5;
    static final int MASK = 31;

    private final ByteArrayOutputStream words = new ByteArrayOutputStream();

    /** Bytes, filled up with zero bits to a whole word. */
    Words bytes(byte[] bytes) {
        int buffer = 0;
        int held = 0;
        for (byte next : bytes) {
            buffer = (buffer << Byte.SIZE) | (next & 0xff);
            held += Byte.SIZE;
            while (held >= BITS) {
                held -= BITS;
                words.write((buffer >> held) & MASK);
            }
            buffer &= (1 << held) - 1;
        }
        if (held > 0) {
            words.write((buffer << (BITS - held)) & MASK);
        }
        return this;
    }

    /** A number, in so many words. */
    Words number(long value, int count) {
        for (int i = count - 1; i >= 0; i--) {
            words.write((int) (value >> (BITS * i)) & MASK);
        }
        return this;
    }

    /** A tagged field: "type (5 bits), data_length (10 bits, big-endian), data (data_length x 5 bits)". */
    Words field(int type, Words data) {
        number(type, 1).number(data.words.size(), 2);
        words.writeBytes(data.words.toByteArray());
        return this;
    }

    byte[] toArray() {
        return words.toByteArray();
    }

    /**
     * The whole bytes of words; with the rest as a last byte when it is to be filled up with zero bits.
     *
     * @param padded whether the rest counts
     */
    static byte[] toBytes(byte[] words, int from, int to, boolean padded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int buffer = 0;
        int held = 0;
        for (int i = from; i < to; i++) {
            buffer = (buffer << BITS) | words[i];
            held += BITS;
            if (held >= Byte.SIZE) {
                held -= Byte.SIZE;
                bytes.write(buffer >> held);
                buffer &= (1 << held) - 1;
            }
        }
        if (padded && held > 0) {
            bytes.write(buffer << (Byte.SIZE - held));
        }
        return bytes.toByteArray();
    }

    /** A number, the most significant word first. */
    static long toNumber(byte[] words, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            number = (number << BITS) | words[i];
        }
        return number;
    }
}
