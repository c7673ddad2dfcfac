package org.ehashpool.mining.transaction;

import org.ehashpool.sv2.type.Bytes;

/** Bitcoin's variable-length counts: 1, 3, 5 or 9 bytes, of which only the shortest form is valid. */
public final class CompactSize {
    private CompactSize() {}

    /**
     * The number of bytes of a count.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public static int length(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("negative count: " + count);
        }
        if (count < 0xfd) {
            return 1;
        }
        return count <= 0xffff ? 3 : 5;
    }

    /**
     * Writes a count in its shortest form.
     *
     * @return the index after the last byte written
     * @throws IndexOutOfBoundsException if it does not fit
     */
    public static int write(int count, byte[] target, int offset) {
        int length = length(count);
        int start = offset;
        if (length > 1) {
            target[start++] = (byte) (length == 3 ? 0xfd : 0xfe);
        }
        for (int i = 0; start < offset + length; i++) {
            target[start++] = (byte) (count >>> (8 * i));
        }
        return start;
    }

    /** A count in its shortest form. */
    public static Bytes of(int count) {
        byte[] bytes = new byte[length(count)];
        write(count, bytes, 0);
        return Bytes.of(bytes);
    }
}
