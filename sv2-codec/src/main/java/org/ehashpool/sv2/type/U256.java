package org.ehashpool.sv2.type;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Objects;

/**
 * U256, an unsigned 256-bit integer: a target, or a hash read as a number ("Often the raw byte output of SHA-256
 * interpreted as an unsigned integer", section 3.1). On the wire it is little-endian. As text it is the number in
 * hexadecimal, most significant digit first, which for a block or transaction hash is the order that explorers and
 * nodes print. {@link #compareTo} compares numbers, never bytes.
 */
public final class U256 implements Comparable<U256> {
    /** The length in bytes. */
    public static final int LENGTH = 32;

    /** 0. */
    public static final U256 ZERO = new U256(0, 0, 0, 0);

    /** 2^256 − 1. */
    public static final U256 MAX_VALUE = new U256(-1, -1, -1, -1);

    private static final VarHandle LITTLE_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final long lowest;
    private final long low;
    private final long high;
    private final long highest;

    private U256(long lowest, long low, long high, long highest) {
        this.lowest = lowest;
        this.low = low;
        this.high = high;
        this.highest = highest;
    }

    /**
     * Reads 32 bytes, least significant first: the order of the wire, of block headers and of raw hashes.
     *
     * @throws IndexOutOfBoundsException if there are fewer than 32 bytes
     */
    public static U256 fromLittleEndian(byte[] source, int offset) {
        Objects.checkFromIndexSize(offset, LENGTH, source.length);
        return new U256(
                (long) LITTLE_ENDIAN.get(source, offset),
                (long) LITTLE_ENDIAN.get(source, offset + 8),
                (long) LITTLE_ENDIAN.get(source, offset + 16),
                (long) LITTLE_ENDIAN.get(source, offset + 24));
    }

    /**
     * Reads 32 bytes, most significant first: the order in which hashes and targets are printed.
     *
     * @throws IndexOutOfBoundsException if there are fewer than 32 bytes
     */
    public static U256 fromBigEndian(byte[] source, int offset) {
        Objects.checkFromIndexSize(offset, LENGTH, source.length);
        return new U256(
                (long) BIG_ENDIAN.get(source, offset + 24),
                (long) BIG_ENDIAN.get(source, offset + 16),
                (long) BIG_ENDIAN.get(source, offset + 8),
                (long) BIG_ENDIAN.get(source, offset));
    }

    /**
     * Reads 64 hexadecimal digits, most significant first.
     *
     * @throws IllegalArgumentException if these are not 64 hexadecimal digits
     */
    public static U256 fromHex(CharSequence hex) {
        if (hex.length() != 2 * LENGTH) {
            throw new IllegalArgumentException("64 hexadecimal digits expected, not " + hex.length());
        }
        return fromBigEndian(HexFormat.of().parseHex(hex), 0);
    }

    /**
     * A number as U256.
     *
     * @throws IllegalArgumentException if it is negative or longer than 256 bits
     */
    public static U256 of(BigInteger number) {
        if (number.signum() < 0 || number.bitLength() > 8 * LENGTH) {
            throw new IllegalArgumentException("outside 0 to 2^256-1: " + number);
        }
        return new U256(
                number.longValue(),
                number.shiftRight(64).longValue(),
                number.shiftRight(128).longValue(),
                number.shiftRight(192).longValue());
    }

    /** A number of 64 bits, unsigned, as U256. */
    public static U256 of(@U64 long number) {
        return new U256(number, 0, 0, 0);
    }

    /** The number. */
    public BigInteger toBigInteger() {
        byte[] bytes = new byte[LENGTH];
        writeBigEndian(bytes, 0);
        return new BigInteger(1, bytes);
    }

    /**
     * Writes 32 bytes, least significant first.
     *
     * @return the index after the last byte written
     * @throws IndexOutOfBoundsException if they do not fit
     */
    public int writeLittleEndian(byte[] target, int offset) {
        Objects.checkFromIndexSize(offset, LENGTH, target.length);
        LITTLE_ENDIAN.set(target, offset, lowest);
        LITTLE_ENDIAN.set(target, offset + 8, low);
        LITTLE_ENDIAN.set(target, offset + 16, high);
        LITTLE_ENDIAN.set(target, offset + 24, highest);
        return offset + LENGTH;
    }

    /**
     * Writes 32 bytes, most significant first.
     *
     * @return the index after the last byte written
     * @throws IndexOutOfBoundsException if they do not fit
     */
    public int writeBigEndian(byte[] target, int offset) {
        Objects.checkFromIndexSize(offset, LENGTH, target.length);
        BIG_ENDIAN.set(target, offset, highest);
        BIG_ENDIAN.set(target, offset + 8, high);
        BIG_ENDIAN.set(target, offset + 16, low);
        BIG_ENDIAN.set(target, offset + 24, lowest);
        return offset + LENGTH;
    }

    /** The 32 bytes as they are on the wire, least significant first. */
    public Bytes toLittleEndian() {
        byte[] bytes = new byte[LENGTH];
        writeLittleEndian(bytes, 0);
        return Bytes.owning(bytes);
    }

    /** 64 lower-case hexadecimal digits, most significant first. */
    public String toHex() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(highest) + hex.toHexDigits(high) + hex.toHexDigits(low) + hex.toHexDigits(lowest);
    }

    /** The number of bits without leading zeros: 0 for zero, at most 256. */
    public int bitLength() {
        if (highest != 0) {
            return 256 - Long.numberOfLeadingZeros(highest);
        }
        if (high != 0) {
            return 192 - Long.numberOfLeadingZeros(high);
        }
        return low != 0 ? 128 - Long.numberOfLeadingZeros(low) : 64 - Long.numberOfLeadingZeros(lowest);
    }

    /** Compares the numbers, unsigned. */
    @Override
    public int compareTo(U256 other) {
        if (highest != other.highest) {
            return Long.compareUnsigned(highest, other.highest);
        }
        if (high != other.high) {
            return Long.compareUnsigned(high, other.high);
        }
        return low != other.low ? Long.compareUnsigned(low, other.low) : Long.compareUnsigned(lowest, other.lowest);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof U256 that
                && lowest == that.lowest
                && low == that.low
                && high == that.high
                && highest == that.highest;
    }

    /** Mixes all limbs: proof-of-work hashes are zero at the top, and their lowest limb alone can be chosen. */
    @Override
    public int hashCode() {
        return Long.hashCode(lowest + 31 * (low + 31 * (high + 31 * highest)));
    }

    /** As {@link #toHex}. */
    @Override
    public String toString() {
        return toHex();
    }
}
