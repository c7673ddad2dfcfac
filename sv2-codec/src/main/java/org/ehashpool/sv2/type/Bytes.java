package org.ehashpool.sv2.type;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/** An immutable sequence of bytes. A {@link #slice} shares its memory with the sequence it was cut from. */
public final class Bytes implements Comparable<Bytes> {
    /** The empty sequence. */
    public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

    private static final int PRINTED = 64;

    private final byte[] array;
    private final int offset;
    private final int length;

    private Bytes(byte[] array, int offset, int length) {
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    /** A copy of these bytes. */
    public static Bytes of(byte... bytes) {
        return copyOf(bytes, 0, bytes.length);
    }

    /**
     * A copy of a part of an array.
     *
     * @throws IndexOutOfBoundsException if the part does not lie within the array
     */
    public static Bytes copyOf(byte[] source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length);
        return length == 0 ? EMPTY : new Bytes(Arrays.copyOfRange(source, offset, offset + length), 0, length);
    }

    /** The array itself, for callers of this package that give it away and keep no reference. */
    static Bytes owning(byte[] array) {
        return array.length == 0 ? EMPTY : new Bytes(array, 0, array.length);
    }

    /**
     * The bytes written in hexadecimal, either case, two digits each.
     *
     * @throws IllegalArgumentException if the text is not hexadecimal or has an odd length
     */
    public static Bytes fromHex(CharSequence hex) {
        return owning(HexFormat.of().parseHex(hex));
    }

    /** All the parts, one after the other. */
    public static Bytes concat(Bytes... parts) {
        int total = 0;
        for (Bytes part : parts) {
            total = Math.addExact(total, part.length);
        }
        byte[] joined = new byte[total];
        int position = 0;
        for (Bytes part : parts) {
            position = part.copyTo(joined, position);
        }
        return owning(joined);
    }

    /** The number of bytes. */
    public int length() {
        return length;
    }

    /** Whether there are no bytes. */
    public boolean isEmpty() {
        return length == 0;
    }

    /**
     * One byte.
     *
     * @throws IndexOutOfBoundsException if there is no byte at that index
     */
    public byte get(int index) {
        return array[offset + Objects.checkIndex(index, length)];
    }

    /**
     * A part of this sequence, without copying.
     *
     * @throws IndexOutOfBoundsException if the part does not lie within this sequence
     */
    public Bytes slice(int from, int size) {
        Objects.checkFromIndexSize(from, size, length);
        if (size == length) {
            return this;
        }
        return size == 0 ? EMPTY : new Bytes(array, offset + from, size);
    }

    /** A fresh array with these bytes. */
    public byte[] toByteArray() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    /**
     * Copies these bytes into an array.
     *
     * @return the index after the last byte written
     * @throws IndexOutOfBoundsException if they do not fit
     */
    public int copyTo(byte[] target, int targetOffset) {
        System.arraycopy(array, offset, target, targetOffset, length);
        return targetOffset + length;
    }

    /** All bytes in lower-case hexadecimal. */
    public String toHex() {
        return HexFormat.of().formatHex(array, offset, offset + length);
    }

    /** Whether both are equal, in a time that depends on the lengths only: for comparing secrets. */
    public boolean equalsInConstantTime(Bytes other) {
        if (length != other.length) {
            return false;
        }
        int difference = 0;
        for (int i = 0; i < length; i++) {
            difference |= array[offset + i] ^ other.array[other.offset + i];
        }
        return difference == 0;
    }

    /** Lexicographic order of the unsigned bytes. */
    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(
                array, offset, offset + length, other.array, other.offset, other.offset + other.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that
                && Arrays.equals(array, offset, offset + length, that.array, that.offset, that.offset + that.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    /** Hexadecimal; of a long sequence the beginning and the length. */
    @Override
    public String toString() {
        return length <= PRINTED ? toHex() : slice(0, PRINTED).toHex() + "… (" + length + " bytes)";
    }
}
