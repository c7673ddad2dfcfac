package org.ehashpool.mint.store;

import org.ehashpool.sv2.type.U256;

/** A share's hash: 32 bytes as they were computed, in a row; reversed and in hex, as block explorers print it, in text. */
public final class ShareHash {
    private ShareHash() {}

    /** The bytes of a text. */
    public static byte[] toBytes(String text) {
        return U256.fromHex(text).toLittleEndian().toByteArray();
    }

    /** The text of bytes. */
    public static String toText(byte[] hash) {
        return U256.fromLittleEndian(hash, 0).toHex();
    }
}
