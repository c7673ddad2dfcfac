package org.ehashpool.cashu.blind;

import java.util.Arrays;
import java.util.HexFormat;
import org.ehashpool.cashu.point.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * A proof that one secret number relates two pairs of points: that C_ = a·B_ for the a of A = a·G (NUT-12). Immutable;
 * its numbers may still be out of range, in which case it proves nothing.
 */
public final class Dleq {

    /** Bytes of each of its two numbers. */
    public static final int LENGTH = SecretKey.LENGTH;

    private final byte[] e;
    private final byte[] s;

    /**
     * Of its two numbers, 32 bytes each, big-endian.
     *
     * @throws IllegalArgumentException if they have another length
     */
    public Dleq(byte[] e, byte[] s) {
        if (e.length != LENGTH || s.length != LENGTH) {
            throw new IllegalArgumentException("e and s have " + LENGTH + " bytes each");
        }
        this.e = e.clone();
        this.s = s.clone();
    }

    /** The challenge. */
    public byte[] e() {
        return e.clone();
    }

    /** The response. */
    public byte[] s() {
        return s.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Dleq that && Arrays.equals(e, that.e) && Arrays.equals(s, that.s);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(e) + Arrays.hashCode(s);
    }

    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return "Dleq[e=" + hex.formatHex(e) + ", s=" + hex.formatHex(s) + "]";
    }
}
