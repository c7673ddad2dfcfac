package org.ehashpool.noise.transport;

/**
 * The sizes of an encrypted Stratum frame (4.6): a header of 6 bytes encrypted to 22, then the payload in chunks of at
 * most 65,519 bytes, each 16 bytes longer when encrypted. A payload of no bytes has no chunk.
 */
public final class FrameLayout {
    /** Bytes of a plaintext header: extension type U16, message type U8, payload length U24, little-endian. */
    public static final int HEADER_LENGTH = 6;

    /** Bytes of an encrypted header. */
    public static final int ENCRYPTED_HEADER_LENGTH = HEADER_LENGTH + CipherState.TAG_LENGTH;

    /** "Maximum transport message length (ciphertext) for a Noise Protocol message is 65535 bytes." */
    public static final int MAX_ENCRYPTED_CHUNK_LENGTH = 65_535;

    /** Most payload bytes in one chunk. */
    public static final int MAX_CHUNK_LENGTH = MAX_ENCRYPTED_CHUNK_LENGTH - CipherState.TAG_LENGTH;

    /** The largest payload that the header's U24 can state. */
    public static final int MAX_PAYLOAD_LENGTH = 0xff_ffff;

    private static final int LENGTH_OFFSET = 3;

    private FrameLayout() {}

    /**
     * Bytes of the encrypted payload, without the header.
     *
     * @throws IllegalArgumentException if the length does not fit a U24
     */
    public static int encryptedPayloadLength(int payloadLength) {
        return payloadLength + chunks(payloadLength) * CipherState.TAG_LENGTH;
    }

    /**
     * Bytes of the whole encrypted frame.
     *
     * @throws IllegalArgumentException if the length does not fit a U24
     */
    public static int encryptedFrameLength(int payloadLength) {
        return ENCRYPTED_HEADER_LENGTH + encryptedPayloadLength(payloadLength);
    }

    /** How many chunks, each a Noise message, a payload takes. */
    static int chunks(int payloadLength) {
        if (payloadLength < 0 || payloadLength > MAX_PAYLOAD_LENGTH) {
            throw new IllegalArgumentException(
                    "a payload has 0 to " + MAX_PAYLOAD_LENGTH + " bytes, not " + payloadLength);
        }
        return Math.ceilDiv(payloadLength, MAX_CHUNK_LENGTH);
    }

    /** The payload length that a plaintext header at {@code offset} states. */
    static int payloadLength(byte[] header, int offset) {
        int at = offset + LENGTH_OFFSET;
        return (header[at] & 0xff) | (header[at + 1] & 0xff) << 8 | (header[at + 2] & 0xff) << 16;
    }
}
