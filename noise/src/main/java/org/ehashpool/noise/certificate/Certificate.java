package org.ehashpool.noise.certificate;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.ehashpool.noise.curve.Secp256k1;
import org.jspecify.annotations.Nullable;

/**
 * The certificate as the server presents it, SIGNATURE_NOISE_MESSAGE of 4.5.2: version U16, valid_from U32,
 * not_valid_after U32, all little-endian, and 64 bytes of signature. It names neither the server's key nor the
 * authority: both come from elsewhere, and only {@link CertificateVerifier} can tell whether they belong together.
 */
public final class Certificate {
    /** Bytes on the wire. */
    public static final int LENGTH = 74;

    /** The only version there is. */
    static final int VERSION = 0;

    private static final int SIGNED_LENGTH = 10;

    private final int version;
    private final Validity validity;
    private final byte[] signature;

    Certificate(int version, Validity validity, byte[] signature) {
        this.version = version;
        this.validity = validity;
        this.signature = signature;
    }

    /**
     * Reads the 74 bytes; nothing is verified.
     *
     * @throws IllegalArgumentException if there are not 74
     */
    public static Certificate parse(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a certificate has " + LENGTH + " bytes, not " + bytes.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int version = Short.toUnsignedInt(buffer.getShort());
        long from = Integer.toUnsignedLong(buffer.getInt());
        long until = Integer.toUnsignedLong(buffer.getInt());
        return new Certificate(version, new Validity(from, until), Arrays.copyOfRange(bytes, SIGNED_LENGTH, LENGTH));
    }

    /** The 74 bytes. */
    public byte[] bytes() {
        return ByteBuffer.allocate(LENGTH)
                .put(signedFields(version, validity))
                .put(signature)
                .array();
    }

    /** U16; 0 in every certificate that is accepted. */
    public int version() {
        return version;
    }

    public Validity validity() {
        return validity;
    }

    /** The 64 bytes, big-endian; a copy. */
    public byte[] signature() {
        return signature.clone();
    }

    /** "m = SHA-256(version || valid_from || not_valid_after || server_public_key)", 4.5.3.1. */
    static byte[] digest(int version, Validity validity, XOnlyPublicKey serverKey) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(signedFields(version, validity));
            return digest.digest(serverKey.bytes());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    boolean isSignedBy(AuthorityPublicKey authority, XOnlyPublicKey serverKey, Secp256k1 curve) {
        return curve.verify(authority.key().bytes(), digest(version, validity, serverKey), signature);
    }

    private static byte[] signedFields(int version, Validity validity) {
        return ByteBuffer.allocate(SIGNED_LENGTH)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) version)
                .putInt((int) validity.from())
                .putInt((int) validity.until())
                .array();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Certificate that
                && version == that.version
                && validity.equals(that.validity)
                && Arrays.equals(signature, that.signature);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(signature);
    }

    @Override
    public String toString() {
        return "Certificate[version=" + version + ", from=" + validity.from() + ", until=" + validity.until()
                + ", signature=" + HexFormat.of().formatHex(signature) + "]";
    }
}
