package org.ehashpool.noise.transport;

import java.util.Objects;
import org.ehashpool.noise.NoiseException;

/**
 * Encrypts the frames of one direction of a connection, in the order in which they are sent. Not thread-safe.
 *
 * <p>Payloads of up to 256 bytes allocate nothing; above that about 2 KiB per chunk, which is the JDK's cipher.
 */
public final class FrameEncryptor implements AutoCloseable {
    private static final byte[] NO_ASSOCIATED_DATA = {};

    private final CipherState cipher;

    /** Takes {@code cipher} over. */
    public FrameEncryptor(CipherState cipher) {
        this.cipher = cipher;
    }

    /**
     * Encrypts a whole frame: header of 6 bytes, then the payload.
     *
     * @param frame holds the plaintext frame at {@code offset}; its header states {@code frameLength} - 6
     * @param output receives {@link FrameLayout#encryptedFrameLength} bytes at {@code outputOffset}; the two ranges must
     *     not overlap
     * @return the number of bytes written
     * @throws NoiseException {@code NONCES_EXHAUSTED} or {@code CIPHER_CLOSED}; nothing is written
     * @throws IllegalArgumentException if the header states another payload length, or the ranges overlap
     * @throws IndexOutOfBoundsException if a range is outside its array
     */
    public int encrypt(byte[] frame, int offset, int frameLength, byte[] output, int outputOffset)
            throws NoiseException {
        Objects.checkFromIndexSize(offset, frameLength, frame.length);
        Objects.checkFromIndexSize(0, FrameLayout.HEADER_LENGTH, frameLength);
        int payloadLength = frameLength - FrameLayout.HEADER_LENGTH;
        if (FrameLayout.payloadLength(frame, offset) != payloadLength) {
            throw new IllegalArgumentException("the header states a payload of "
                    + FrameLayout.payloadLength(frame, offset) + " bytes, the frame has " + payloadLength);
        }
        int written = FrameLayout.encryptedFrameLength(payloadLength);
        Objects.checkFromIndexSize(outputOffset, written, output.length);
        if (isSameArray(frame, output) && offset < outputOffset + written && outputOffset < offset + frameLength) {
            throw new IllegalArgumentException("the frame and its ciphertext overlap");
        }
        cipher.requireNonces(1 + FrameLayout.chunks(payloadLength));

        int to = outputOffset;
        to += cipher.encrypt(NO_ASSOCIATED_DATA, frame, offset, FrameLayout.HEADER_LENGTH, output, to);
        int from = offset + FrameLayout.HEADER_LENGTH;
        int end = offset + frameLength;
        while (from < end) {
            int chunk = Math.min(FrameLayout.MAX_CHUNK_LENGTH, end - from);
            to += cipher.encrypt(NO_ASSOCIATED_DATA, frame, from, chunk, output, to);
            from += chunk;
        }
        return written;
    }

    @SuppressWarnings(
            "ReferenceEquality") // Two pooled buffers may be parts of one array: equality is no question here.
    private static boolean isSameArray(byte[] frame, byte[] output) {
        return frame == output;
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
