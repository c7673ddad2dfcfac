package org.ehashpool.mint.store;

import java.util.HexFormat;

/** A share's hash: 32 bytes as they were computed, in a row; reversed and in hex, as block explorers print it, in text. */
public final class ShareHash {
    private ShareHash() {}

    /** The bytes of a text. */
    public static byte[] toBytes(String text) {
        byte[] bytes = HexFormat.of().parseHex(text);
        reverse(bytes);
        return bytes;
    }

    /** The text of bytes. */
    public static String toText(byte[] hash) {
        byte[] bytes = hash.clone();
        reverse(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static void reverse(byte[] bytes) {
        for (int i = 0; i < bytes.length / 2; i++) {
            byte first = bytes[i];
            bytes[i] = bytes[bytes.length - 1 - i];
            bytes[bytes.length - 1 - i] = first;
        }
    }
}
