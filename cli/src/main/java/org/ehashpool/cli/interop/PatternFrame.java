package org.ehashpool.cli.interop;

import org.ehashpool.sv2.codec.FrameHeader;

/** The frames of the peer contract, whose content both ends can compute. */
final class PatternFrame {
    /** In the experimental range, so that no end takes the frames for messages. */
    static final int EXTENSION = 0x7001;

    static final int MESSAGE_TYPE = 0x01;

    private PatternFrame() {}

    /**
     * The plaintext frame, header and payload: byte i of a payload of n bytes is (31 i + n) mod 256.
     *
     * @param payloadLength 0 to 2^24 − 1
     */
    static byte[] of(int payloadLength) {
        byte[] frame = new byte[FrameHeader.LENGTH + payloadLength];
        int position = new FrameHeader(EXTENSION, false, MESSAGE_TYPE, payloadLength).write(frame, 0);
        for (int i = 0; i < payloadLength; i++) {
            frame[position + i] = (byte) (31 * i + payloadLength);
        }
        return frame;
    }

    /** Bytes that are no ciphertext of anybody's. */
    static byte[] garbage() {
        byte[] garbage = new byte[1024];
        for (int i = 0; i < garbage.length; i++) {
            garbage[i] = (byte) (31 * i + garbage.length);
        }
        return garbage;
    }
}
