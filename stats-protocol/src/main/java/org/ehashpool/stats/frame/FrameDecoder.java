package org.ehashpool.stats.frame;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts a stream of bytes into payloads. Keeps at most one unfinished frame, and of that only bytes that have arrived: a
 * length that was merely promised costs nothing. Not safe for use by several threads at once.
 */
public final class FrameDecoder {
    private static final int FIRST_CAPACITY = 256;

    private byte[] pending = new byte[FIRST_CAPACITY];
    private int length;

    /** A decoder at the beginning of a stream. */
    public FrameDecoder() {}

    /**
     * Takes the next bytes of the stream.
     *
     * @param payloads gets every payload that is now complete, in order
     * @throws MalformedFrameException when a length is zero or beyond {@link Frames#LONGEST_PAYLOAD}; the stream cannot be
     *     read further
     */
    public void feed(byte[] bytes, int offset, int count, Consumer<byte[]> payloads) throws MalformedFrameException {
        int position = offset;
        int end = offset + count;
        while (position < end || isComplete()) {
            int wanted = length < Frames.HEADER_LENGTH
                    ? Frames.HEADER_LENGTH - length
                    : Frames.HEADER_LENGTH + payloadLength() - length;
            int taken = Math.min(wanted, end - position);
            append(bytes, position, taken);
            position += taken;
            if (isComplete()) {
                payloads.accept(Arrays.copyOfRange(pending, Frames.HEADER_LENGTH, length));
                length = 0;
            }
        }
    }

    /** Bytes of the unfinished frame. */
    public int pendingBytes() {
        return length;
    }

    private boolean isComplete() throws MalformedFrameException {
        return length >= Frames.HEADER_LENGTH && length == Frames.HEADER_LENGTH + payloadLength();
    }

    private int payloadLength() throws MalformedFrameException {
        int payload = ByteBuffer.wrap(pending).getInt();
        if (payload <= 0 || payload > Frames.LONGEST_PAYLOAD) {
            throw new MalformedFrameException("a frame of " + Integer.toUnsignedString(payload) + " bytes; 1 to "
                    + Frames.LONGEST_PAYLOAD + " are allowed");
        }
        return payload;
    }

    private void append(byte[] bytes, int offset, int count) {
        if (length + count > pending.length) {
            pending = Arrays.copyOf(pending, Math.max(length + count, pending.length * 2));
        }
        System.arraycopy(bytes, offset, pending, length, count);
        length += count;
    }
}
