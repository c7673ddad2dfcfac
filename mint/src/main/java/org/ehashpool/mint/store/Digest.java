package org.ehashpool.mint.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.ehashpool.cashu.blind.BlindedMessage;

/**
 * The SHA-256 of everything that was asked of an operation, in its order. Two requests with one digest are one request,
 * and get one answer.
 */
public final class Digest {

    private final byte[] hash;

    private Digest(byte[] hash) {
        this.hash = hash;
    }

    static Digest of(byte[] stored) {
        return new Digest(stored.clone());
    }

    /** Begins the digest of an operation of that kind. */
    public static Builder of(String kind) {
        return new Builder().text(kind);
    }

    public byte[] toBytes() {
        return hash.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest digest && Arrays.equals(hash, digest.hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hash);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(hash);
    }

    /** Every part is preceded by its length, every list by its size: no two requests run into one. */
    public static final class Builder {

        private final MessageDigest sha256;

        private Builder() {
            try {
                sha256 = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }

        public Builder number(long value) {
            sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(value).flip());
            return this;
        }

        public Builder bytes(byte[] value) {
            number(value.length);
            sha256.update(value);
            return this;
        }

        public Builder text(String value) {
            return bytes(value.getBytes(StandardCharsets.UTF_8));
        }

        public Builder outputs(List<BlindedMessage> outputs) {
            number(outputs.size());
            for (BlindedMessage output : outputs) {
                number(output.amount().toLong());
                bytes(output.keysetId().toBytes());
                bytes(output.point().toBytes());
            }
            return this;
        }

        public Digest build() {
            return new Digest(sha256.digest());
        }
    }
}
