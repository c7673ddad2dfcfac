package org.ehashpool.kit.sv2.link;

import org.ehashpool.sv2.codec.FrameHeader;

/** Frames as they are. Only tests use it: there is no plaintext mode. */
final class PlainFrames implements FrameProtection {

    @Override
    public int headerLength() {
        return FrameHeader.LENGTH;
    }

    @Override
    public int payloadLength(int length) {
        return length;
    }

    @Override
    public void openHeader(byte[] buffer, int offset) {}

    @Override
    public void openPayload(byte[] buffer, int offset) {}

    @Override
    public void seal(byte[] frame, int length, byte[] output) {
        System.arraycopy(frame, 0, output, 0, length);
    }

    @Override
    public void close() {}
}
