package org.ehashpool.cashu.token;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes CBOR (RFC 8949) with the shortest heads. */
final class CborWriter {
    private static final int TYPE_SHIFT = 5;
    private static final int SHORT_ARGUMENT = 24;
    private static final int UNSIGNED = 0;
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int ARRAY = 4;
    private static final int MAP = 5;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private CborWriter head(int type, long argument) {
        if (Long.compareUnsigned(argument, SHORT_ARGUMENT) < 0) {
            out.write(type << TYPE_SHIFT | (int) argument);
            return this;
        }
        int power = 0;
        while (power < 3 && argument >>> (Byte.SIZE << power) != 0) {
            power++;
        }
        out.write(type << TYPE_SHIFT | SHORT_ARGUMENT + power);
        for (int shift = Byte.SIZE * ((1 << power) - 1); shift >= 0; shift -= Byte.SIZE) {
            out.write((int) (argument >>> shift));
        }
        return this;
    }

    /** An integer of 64 bits, unsigned. */
    CborWriter unsigned(long value) {
        return head(UNSIGNED, value);
    }

    CborWriter bytes(byte[] value) {
        head(BYTES, value.length);
        out.writeBytes(value);
        return this;
    }

    CborWriter text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        head(TEXT, utf8.length);
        out.writeBytes(utf8);
        return this;
    }

    CborWriter array(int size) {
        return head(ARRAY, size);
    }

    CborWriter map(int size) {
        return head(MAP, size);
    }

    byte[] toBytes() {
        return out.toByteArray();
    }
}
