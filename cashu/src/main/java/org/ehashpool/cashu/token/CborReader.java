package org.ehashpool.cashu.token;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * As much of CBOR (RFC 8949) as tokens need: integers, strings, arrays and maps of stated length; whatever else is well
 * formed can be skipped. Lengths are compared with the bytes that are there before anything is allocated.
 */
final class CborReader {
    private static final int UNSIGNED = 0;
    private static final int NEGATIVE = 1;
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int ARRAY = 4;
    private static final int MAP = 5;
    private static final int TAG = 6;
    private static final int SIMPLE = 7;

    private static final int DEPTH = 16;
    private static final int TYPE_SHIFT = 5;
    private static final int INFORMATION = 0x1f;
    private static final int ONE_BYTE = 24;
    private static final int EIGHT_BYTES = 27;

    private final ByteBuffer in;

    CborReader(byte[] bytes) {
        in = ByteBuffer.wrap(bytes);
    }

    private int type() {
        return Byte.toUnsignedInt(peek()) >>> TYPE_SHIFT;
    }

    private byte peek() {
        need(1);
        return in.get(in.position());
    }

    private void need(long bytes) {
        if (bytes < 0 || bytes > in.remaining()) {
            throw new MalformedTokenException("the CBOR ends too early");
        }
    }

    private long head(int type, String expected) {
        if (type() != type) {
            throw new MalformedTokenException(expected + " is expected");
        }
        return argument();
    }

    /** The argument of an item's head, unsigned. */
    private long argument() {
        int information = in.get() & INFORMATION;
        if (information < ONE_BYTE) {
            return information;
        }
        if (information > EIGHT_BYTES) {
            throw new MalformedTokenException("only items of stated length are understood");
        }
        int length = 1 << (information - ONE_BYTE);
        need(length);
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = value << Byte.SIZE | Byte.toUnsignedLong(in.get());
        }
        return value;
    }

    /** An integer from 0 to 2^64 − 1, as its 64 bits. */
    long unsigned() {
        return head(UNSIGNED, "a non-negative integer");
    }

    byte[] bytes() {
        return take(head(BYTES, "a byte string"));
    }

    String text() {
        byte[] utf8 = take(head(TEXT, "a text string"));
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedTokenException("a text string is not UTF-8");
        }
    }

    private byte[] take(long length) {
        need(length);
        byte[] taken = new byte[(int) length];
        in.get(taken);
        return taken;
    }

    /**
     * The number of an array's elements, which follow.
     *
     * @param least the fewest bytes of an element that is what it should be
     */
    int array(int least) {
        return count(head(ARRAY, "an array"), least);
    }

    /** No count is believed that the rest cannot hold. */
    private int count(long count, int bytesEach) {
        if (count < 0 || count > in.remaining() / bytesEach) {
            throw new MalformedTokenException("the CBOR ends too early");
        }
        return (int) count;
    }

    /** What a map's member is read with. */
    interface Members {
        /** Reads the value of that name, and says so; or leaves it to be skipped. */
        boolean read(String name);
    }

    /** Reads a map, whose names are text and each there once. */
    void map(Members members) {
        int count = count(head(MAP, "a map"), 2);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < count; i++) {
            String name = text();
            if (!seen.add(name)) {
                throw new MalformedTokenException("a name is there twice");
            }
            int before = in.position();
            if (!members.read(name)) {
                in.position(before);
                skip(0);
            }
        }
    }

    /** Whether null or undefined is next, which is then read. */
    boolean nothing() {
        byte next = peek();
        if (next == (byte) 0xf6 || next == (byte) 0xf7) {
            in.get();
            return true;
        }
        return false;
    }

    private void skip(int depth) {
        if (depth > DEPTH) {
            throw new MalformedTokenException("nested too deep");
        }
        int type = type();
        long argument = argument();
        switch (type) {
            case UNSIGNED, NEGATIVE, SIMPLE -> {}
            case BYTES, TEXT -> {
                need(argument);
                in.position(in.position() + (int) argument);
            }
            case ARRAY -> {
                for (int rest = count(argument, 1); rest > 0; rest--) {
                    skip(depth + 1);
                }
            }
            case MAP -> {
                for (int rest = count(argument, 2); rest > 0; rest--) {
                    skip(depth + 1);
                    skip(depth + 1);
                }
            }
            case TAG -> skip(depth + 1);
            default -> throw new AssertionError(type);
        }
    }

    void end() {
        if (in.hasRemaining()) {
            throw new MalformedTokenException("something follows the token");
        }
    }

    @Override
    public String toString() {
        return "CborReader[" + in.position() + " of " + in.limit() + "]";
    }

    static byte[] exactly(byte[] bytes, int length) {
        if (bytes.length != length) {
            Arrays.fill(bytes, (byte) 0);
            throw new MalformedTokenException(length + " bytes are expected");
        }
        return bytes;
    }
}
