package org.ehashpool.cli.interop.site;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/** Transactions between outputs that everybody may spend: coins of a test chain without a wallet. */
final class AnyoneCanSpend {
    private static final byte OP_TRUE = 0x51;
    private static final int LENGTH = 4 + 1 + 32 + 4 + 1 + 4 + 1 + 2 * (8 + 1 + 1) + 4;

    private AnyoneCanSpend() {}

    /**
     * A transaction of one input and two outputs; with one output only it would be too small for a node to pass on.
     *
     * @param transaction whose output is spent: its id as shown, 64 hexadecimal digits
     * @param output which of its outputs
     * @param first satoshis of the first output
     * @param second satoshis of the second output
     * @return hexadecimal
     */
    static String transaction(String transaction, int output, long first, long second) {
        byte[] id = HexFormat.of().parseHex(transaction);
        if (id.length != 32) {
            throw new IllegalArgumentException("a transaction id has 32 bytes, not " + id.length);
        }
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(2).put((byte) 1);
        for (int i = id.length - 1; i >= 0; i--) {
            bytes.put(id[i]);
        }
        bytes.putInt(output).put((byte) 0).putInt(-1).put((byte) 2);
        for (long value : new long[] {first, second}) {
            bytes.putLong(value).put((byte) 1).put(OP_TRUE);
        }
        bytes.putInt(0);
        return HexFormat.of().formatHex(bytes.array());
    }
}
