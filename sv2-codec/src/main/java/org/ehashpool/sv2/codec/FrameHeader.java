package org.ehashpool.sv2.codec;

import java.util.Objects;

/**
 * The six bytes before every message (section 3.2): {@code extension_type} U16 with the {@code channel_msg} bit on top,
 * {@code msg_type} U8, {@code msg_length} U24, all little-endian.
 *
 * <p>The text calls {@code channel_msg} "the least significant bit of extension_type (i.e., bit 15, 0-indexed)"; it is
 * the most significant: "an extension_type of 0x8ABC is for the same extension as 0x0ABC".
 *
 * @param extensionType 0 to 0x7fff, without the {@code channel_msg} bit
 * @param channelMessage the {@code channel_msg} bit
 * @param messageType 0 to 255
 * @param length bytes of payload, 0 to 2^24 − 1, the header not counted
 */
public record FrameHeader(int extensionType, boolean channelMessage, int messageType, int length) {
    /** The header's length in bytes. */
    public static final int LENGTH = 6;

    /** The most bytes of payload that a frame can have. */
    public static final int MAXIMUM_PAYLOAD = 0xff_ffff;

    private static final int CHANNEL_MESSAGE = 0x8000;

    /** @throws IllegalArgumentException if a value does not fit its field */
    public FrameHeader {
        if ((extensionType & ~0x7fff) != 0 || (messageType & ~0xff) != 0 || (length & ~MAXIMUM_PAYLOAD) != 0) {
            throw new IllegalArgumentException(
                    "no frame header: extension " + extensionType + ", type " + messageType + ", length " + length);
        }
    }

    /**
     * Reads a header; any six bytes are one.
     *
     * @throws IndexOutOfBoundsException if there are fewer than six bytes
     */
    public static FrameHeader read(byte[] source, int offset) {
        Objects.checkFromIndexSize(offset, LENGTH, source.length);
        int extension = (source[offset] & 0xff) | (source[offset + 1] & 0xff) << 8;
        int length = (source[offset + 3] & 0xff) | (source[offset + 4] & 0xff) << 8 | (source[offset + 5] & 0xff) << 16;
        return new FrameHeader(
                extension & ~CHANNEL_MESSAGE, (extension & CHANNEL_MESSAGE) != 0, source[offset + 2] & 0xff, length);
    }

    /**
     * Writes the header.
     *
     * @return the index after the last byte written
     * @throws IndexOutOfBoundsException if it does not fit
     */
    public int write(byte[] target, int offset) {
        Objects.checkFromIndexSize(offset, LENGTH, target.length);
        int extension = channelMessage ? extensionType | CHANNEL_MESSAGE : extensionType;
        target[offset] = (byte) extension;
        target[offset + 1] = (byte) (extension >> 8);
        target[offset + 2] = (byte) messageType;
        target[offset + 3] = (byte) length;
        target[offset + 4] = (byte) (length >> 8);
        target[offset + 5] = (byte) (length >> 16);
        return offset + LENGTH;
    }
}
