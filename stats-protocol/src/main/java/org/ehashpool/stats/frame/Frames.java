package org.ehashpool.stats.frame;

import java.nio.ByteBuffer;

/** The form of a frame. */
public final class Frames {
    /** Bytes of the length that comes first. */
    public static final int HEADER_LENGTH = 4;

    /** The longest payload, in bytes. */
    public static final int LONGEST_PAYLOAD = 64 * 1024;

    private Frames() {}

    /**
     * The payload with its length before it.
     *
     * @throws IllegalArgumentException when the payload is empty or longer than {@link #LONGEST_PAYLOAD}
     */
    public static byte[] frame(byte[] payload) {
        if (payload.length == 0 || payload.length > LONGEST_PAYLOAD) {
            throw new IllegalArgumentException("a payload of 1 to " + LONGEST_PAYLOAD + " bytes");
        }
        return ByteBuffer.allocate(HEADER_LENGTH + payload.length)
                .putInt(payload.length)
                .put(payload)
                .array();
    }
}
