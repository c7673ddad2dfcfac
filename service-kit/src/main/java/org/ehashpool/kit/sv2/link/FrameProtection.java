package org.ehashpool.kit.sv2.link;

import org.ehashpool.noise.NoiseException;

/** What lies between frames and the wire: a Noise session, or nothing in a pipeline for tests. Not thread-safe. */
interface FrameProtection extends AutoCloseable {

    /** No protection: a frame is on the wire as it is. */
    FrameProtection NONE = new PlainFrames();

    /** Bytes on the wire of a header. */
    int headerLength();

    /** Bytes on the wire of a payload of {@code length} plaintext bytes. */
    int payloadLength(int length);

    /** Opens a header in place: the plaintext's 6 bytes begin at {@code offset}. */
    void openHeader(byte[] buffer, int offset) throws NoiseException;

    /** Opens the payload of the last header in place: the plaintext begins at {@code offset}. */
    void openPayload(byte[] buffer, int offset) throws NoiseException;

    /**
     * Seals a whole frame.
     *
     * @param frame the frame, header first
     * @param length its length
     * @param output receives {@code headerLength() + payloadLength(length - 6)} bytes from index 0
     */
    void seal(byte[] frame, int length, byte[] output) throws NoiseException;

    /** Overwrites the keys; harmless the second time. */
    @Override
    void close();
}
