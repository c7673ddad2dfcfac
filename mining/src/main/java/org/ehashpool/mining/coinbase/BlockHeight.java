package org.ehashpool.mining.coinbase;

import java.util.OptionalInt;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U32;

/** The height at the beginning of a coinbase script (BIP 34), and the fields that BIP 54 ties to it. */
public final class BlockHeight {
    private static final int OP_0 = 0x00;
    private static final int OP_1 = 0x51;
    private static final int OP_16 = 0x60;
    private static final int SMALL = 16;
    private static final int MAX_PUSH = 5;

    private BlockHeight() {}

    /**
     * The push of a height that consensus wants first in the coinbase script, in its shortest form.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public static Bytes push(int height) {
        if (height < 0) {
            throw new IllegalArgumentException("negative height: " + height);
        }
        if (height <= SMALL) {
            return Bytes.of((byte) (height == 0 ? OP_0 : OP_1 + height - 1));
        }
        // One more byte where the highest bit, the sign, would be set.
        int length = (32 - Integer.numberOfLeadingZeros(height)) / 8 + 1;
        byte[] push = new byte[1 + length];
        push[0] = (byte) length;
        for (int i = 0; i < Math.min(length, Integer.BYTES); i++) {
            push[1 + i] = (byte) (height >>> (8 * i));
        }
        return Bytes.of(push);
    }

    /** The height that a coinbase script begins with; empty if it begins with anything else. */
    public static OptionalInt read(Bytes script) {
        if (script.isEmpty()) {
            return OptionalInt.empty();
        }
        int first = script.get(0) & 0xff;
        if (first == OP_0) {
            return OptionalInt.of(0);
        }
        if (first >= OP_1 && first <= OP_16) {
            return OptionalInt.of(first - OP_1 + 1);
        }
        if (first > MAX_PUSH || script.length() <= first) {
            return OptionalInt.empty();
        }
        long height = 0;
        for (int i = 0; i < first; i++) {
            height |= (script.get(1 + i) & 0xffL) << (8 * i);
        }
        return height <= Integer.MAX_VALUE && push((int) height).equals(script.slice(0, 1 + first))
                ? OptionalInt.of((int) height)
                : OptionalInt.empty();
    }

    /**
     * Whether a coinbase transaction obeys BIP 54: "the coinbase transaction's nLockTime field must be set to the height
     * of the block minus 1 and its nSequence field must not be equal to 0xffffffff".
     */
    public static boolean obeysBip54(int height, @U32 long lockTime, @U32 long sequence) {
        return lockTime == height - 1L && sequence != 0xffff_ffffL;
    }
}
