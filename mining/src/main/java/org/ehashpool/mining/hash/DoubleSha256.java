package org.ehashpool.mining.hash;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;

/**
 * SHA-256 applied twice, the hash of transactions, merkle nodes and block headers. Keeps a digest and a buffer: not for
 * use by several threads at once; give each event loop one.
 */
public final class DoubleSha256 {
    /** The length of a hash in bytes. */
    public static final int LENGTH = 32;

    private final MessageDigest digest;
    private final byte[] first = new byte[LENGTH];

    /** With the platform's SHA-256. */
    public DoubleSha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Hashes a part of an array into another, which may be the same one.
     *
     * @throws IndexOutOfBoundsException if the source does not lie within its array or the 32 bytes do not fit
     */
    public void hash(byte[] source, int offset, int length, byte[] target, int targetOffset) {
        Objects.checkFromIndexSize(offset, length, source.length);
        Objects.checkFromIndexSize(targetOffset, LENGTH, target.length);
        try {
            digest.update(source, offset, length);
            digest.digest(first, 0, LENGTH);
            digest.update(first, 0, LENGTH);
            digest.digest(target, targetOffset, LENGTH);
        } catch (DigestException e) {
            throw new IllegalStateException("32 bytes are enough for SHA-256", e);
        }
    }

    /** Hashes all of an array. */
    public U256 hash(byte[] source) {
        hash(source, 0, source.length, first, 0);
        return U256.fromLittleEndian(first, 0);
    }

    /** Hashes a sequence of bytes. */
    public U256 hash(Bytes source) {
        return hash(source.toByteArray());
    }
}
