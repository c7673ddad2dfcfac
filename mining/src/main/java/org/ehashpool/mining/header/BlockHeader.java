package org.ehashpool.mining.header;

import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.sv2.type.U32;

/**
 * The 80 bytes whose double SHA-256 is a block's proof of work.
 *
 * @param version nVersion
 * @param previousHash hash of the block before
 * @param merkleRoot root over the transactions' ids
 * @param time nTime, seconds since 1970
 * @param bits the network's target in compact form
 * @param nonce nNonce
 */
public record BlockHeader(
        @U32 long version,
        U256 previousHash,
        U256 merkleRoot,
        @U32 long time,
        @U32 long bits,
        @U32 long nonce) {
    /** The length in bytes. */
    public static final int LENGTH = 80;

    static final int MERKLE_ROOT_OFFSET = 36;

    /**
     * Reads 80 bytes.
     *
     * @throws IllegalArgumentException if there are more or fewer
     */
    public static BlockHeader parse(Bytes source) {
        if (source.length() != LENGTH) {
            throw new IllegalArgumentException("a header has 80 bytes, not " + source.length());
        }
        byte[] bytes = source.toByteArray();
        return new BlockHeader(
                HeaderBuffer.readInt(bytes, 0),
                U256.fromLittleEndian(bytes, 4),
                U256.fromLittleEndian(bytes, MERKLE_ROOT_OFFSET),
                HeaderBuffer.readInt(bytes, 68),
                HeaderBuffer.readInt(bytes, 72),
                HeaderBuffer.readInt(bytes, 76));
    }

    /**
     * Writes 80 bytes.
     *
     * @return the index after the last byte written
     */
    public int write(byte[] target, int offset) {
        HeaderBuffer.writeInt(target, offset, version);
        previousHash.writeLittleEndian(target, offset + 4);
        merkleRoot.writeLittleEndian(target, offset + MERKLE_ROOT_OFFSET);
        HeaderBuffer.writeInt(target, offset + 68, time);
        HeaderBuffer.writeInt(target, offset + 72, bits);
        HeaderBuffer.writeInt(target, offset + 76, nonce);
        return offset + LENGTH;
    }

    /** As 80 bytes. */
    public Bytes serialized() {
        byte[] bytes = new byte[LENGTH];
        write(bytes, 0);
        return Bytes.of(bytes);
    }

    /** The block's hash. */
    public U256 hash(DoubleSha256 hasher) {
        return hasher.hash(serialized());
    }
}
