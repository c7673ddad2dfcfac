package org.ehashpool.mining.transaction;

import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.sv2.type.U32;

/**
 * Reads consensus-serialised data from front to back. Every length is checked against what is left before anything is
 * allocated. Every method throws {@link MalformedDataException} where the bytes end too early.
 */
public final class ConsensusReader {
    private final Bytes source;
    private int position;

    /** From the first byte. */
    public ConsensusReader(Bytes source) {
        this.source = source;
    }

    /** The index of the next byte. */
    public int position() {
        return position;
    }

    /** The number of bytes not yet read. */
    public int remaining() {
        return source.length() - position;
    }

    /** Eight bits, unsigned. */
    public int readUnsignedByte() {
        require(1, "a byte");
        return source.get(position++) & 0xff;
    }

    /** The next byte, without reading it; −1 at the end. */
    public int peek(int ahead) {
        return ahead < remaining() ? source.get(position + ahead) & 0xff : -1;
    }

    /** 32 bits, little-endian, unsigned. */
    public @U32 long readUnsignedInt() {
        return readLittleEndian(4);
    }

    /** 64 bits, little-endian. */
    public long readLong() {
        return readLittleEndian(8);
    }

    /** 32 bytes, least significant first. */
    public U256 readHash() {
        require(U256.LENGTH, "a hash");
        byte[] bytes = source.slice(position, U256.LENGTH).toByteArray();
        position += U256.LENGTH;
        return U256.fromLittleEndian(bytes, 0);
    }

    /** So many bytes, not copied. */
    public Bytes readBytes(int length) {
        require(length, "bytes");
        Bytes bytes = source.slice(position, length);
        position += length;
        return bytes;
    }

    /** Bytes behind a compact size, not copied. */
    public Bytes readVariableBytes() {
        return readBytes(readCount(1));
    }

    /**
     * A compact size that counts elements, each of which takes at least so many bytes: more than can follow is malformed.
     */
    public int readCount(int smallestElement) {
        int prefix = readUnsignedByte();
        int width =
                switch (prefix) {
                    case 0xfd -> 2;
                    case 0xfe -> 4;
                    case 0xff -> 8;
                    default -> 0;
                };
        long count = width == 0 ? prefix : readLittleEndian(width);
        long smallest = width == 2 ? 0xfd : width == 4 ? 0x1_0000L : width == 8 ? 0x1_0000_0000L : 0;
        if (Long.compareUnsigned(count, smallest) < 0) {
            throw new MalformedDataException("compact size not in its shortest form at " + (position - width - 1));
        }
        if (Long.compareUnsigned(count, remaining() / smallestElement) > 0) {
            throw new MalformedDataException("count of " + Long.toUnsignedString(count) + " at "
                    + (position - width - 1) + ", but only " + remaining() + " bytes follow");
        }
        return (int) count;
    }

    /**
     * Checks that nothing is left.
     *
     * @throws MalformedDataException if there is
     */
    public void requireEnd() {
        if (remaining() != 0) {
            throw new MalformedDataException(remaining() + " bytes too many after " + position);
        }
    }

    private long readLittleEndian(int width) {
        require(width, "a number");
        long number = 0;
        for (int i = 0; i < width; i++) {
            number |= (source.get(position + i) & 0xffL) << (8 * i);
        }
        position += width;
        return number;
    }

    private void require(int length, String what) {
        if (length > remaining()) {
            throw new MalformedDataException("end of data within " + what + " at " + position);
        }
    }
}
