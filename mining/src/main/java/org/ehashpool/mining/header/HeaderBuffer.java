package org.ehashpool.mining.header;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.sv2.type.U32;

/** A header that is filled and hashed again and again without garbage. Not for use by several threads at once. */
public final class HeaderBuffer {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes = new byte[BlockHeader.LENGTH];
    private final byte[] hash = new byte[DoubleSha256.LENGTH];

    /** Sets all but the merkle root. */
    public void set(@U32 long version, U256 previousHash, @U32 long time, @U32 long bits, @U32 long nonce) {
        writeInt(bytes, 0, version);
        previousHash.writeLittleEndian(bytes, 4);
        writeInt(bytes, 68, time);
        writeInt(bytes, 72, bits);
        writeInt(bytes, 76, nonce);
    }

    /** Sets the merkle root from 32 raw bytes. */
    public void setMerkleRoot(byte[] source, int offset) {
        System.arraycopy(source, offset, bytes, BlockHeader.MERKLE_ROOT_OFFSET, DoubleSha256.LENGTH);
    }

    /** The hash of what was set. */
    public U256 hash(DoubleSha256 hasher) {
        hasher.hash(bytes, 0, BlockHeader.LENGTH, hash, 0);
        return U256.fromLittleEndian(hash, 0);
    }

    static void writeInt(byte[] target, int offset, @U32 long number) {
        INT.set(target, offset, (int) number);
    }

    static @U32 long readInt(byte[] source, int offset) {
        return Integer.toUnsignedLong((int) INT.get(source, offset));
    }
}
