package org.ehashpool.noise.transport;

import java.util.Objects;
import org.ehashpool.noise.NoiseException;

/**
 * Decrypts the frames of one direction of a connection, in the order in which they arrive: a header, then the payload
 * it announces. Not thread-safe.
 *
 * <p>Between the two the caller sees the payload's length and decides whether it wants to receive that much: the length
 * is authenticated, but it is the peer's wish, up to 16 MiB.
 */
public final class FrameDecryptor implements AutoCloseable {
    private static final byte[] NO_ASSOCIATED_DATA = {};
    private static final int HEADER_EXPECTED = -1;

    private final CipherState cipher;
    private int announced = HEADER_EXPECTED;

    /** Takes {@code cipher} over. */
    public FrameDecryptor(CipherState cipher) {
        this.cipher = cipher;
    }

    /**
     * Decrypts a header.
     *
     * @param input holds 22 bytes at {@code offset}
     * @param output receives 6 bytes at {@code outputOffset}; may be {@code input} if the offsets are the same
     * @return the payload's length in plaintext; if 0, the frame is complete, otherwise {@link #decryptPayload} is next
     *     with {@link FrameLayout#encryptedPayloadLength} bytes
     * @throws NoiseException {@code DECRYPTION_FAILED}, {@code NONCES_EXHAUSTED} or {@code CIPHER_CLOSED}
     * @throws IllegalStateException if the payload of the frame before is due
     */
    public int decryptHeader(byte[] input, int offset, byte[] output, int outputOffset) throws NoiseException {
        if (announced != HEADER_EXPECTED) {
            throw new IllegalStateException("a payload of " + announced + " bytes is due, not a header");
        }
        cipher.decrypt(NO_ASSOCIATED_DATA, input, offset, FrameLayout.ENCRYPTED_HEADER_LENGTH, output, outputOffset);
        int payloadLength = FrameLayout.payloadLength(output, outputOffset);
        announced = payloadLength == 0 ? HEADER_EXPECTED : payloadLength;
        return payloadLength;
    }

    /**
     * Decrypts the payload that the last header announced, in place: the plaintext starts at {@code offset}, what is
     * left of the ciphertext behind it has no meaning.
     *
     * @param buffer holds {@link FrameLayout#encryptedPayloadLength} bytes of the announced length at {@code offset}
     * @return the payload's length
     * @throws NoiseException {@code DECRYPTION_FAILED}, {@code NONCES_EXHAUSTED} or {@code CIPHER_CLOSED}; the buffer's
     *     contents are then not to be used
     * @throws IllegalStateException if a header is due
     * @throws IndexOutOfBoundsException if the range is outside the array
     */
    public int decryptPayload(byte[] buffer, int offset) throws NoiseException {
        if (announced == HEADER_EXPECTED) {
            throw new IllegalStateException("a header is due, not a payload");
        }
        int payloadLength = announced;
        int encryptedLength = FrameLayout.encryptedPayloadLength(payloadLength);
        Objects.checkFromIndexSize(offset, encryptedLength, buffer.length);
        cipher.requireNonces(FrameLayout.chunks(payloadLength));

        int to = offset;
        int from = offset;
        int end = offset + encryptedLength;
        while (from < end) {
            int chunk = Math.min(FrameLayout.MAX_ENCRYPTED_CHUNK_LENGTH, end - from);
            int decrypted = cipher.decrypt(NO_ASSOCIATED_DATA, buffer, from, chunk, buffer, from);
            // Chunks are decrypted where they lie, then closed up: only payloads above 65,519 bytes move at all.
            if (to != from) {
                System.arraycopy(buffer, from, buffer, to, decrypted);
            }
            to += decrypted;
            from += chunk;
        }
        announced = HEADER_EXPECTED;
        return payloadLength;
    }

    /** Whether this direction failed or was closed. */
    public boolean isClosed() {
        return cipher.isClosed();
    }

    /** Overwrites the key. Idempotent. */
    @Override
    public void close() {
        cipher.close();
    }
}
