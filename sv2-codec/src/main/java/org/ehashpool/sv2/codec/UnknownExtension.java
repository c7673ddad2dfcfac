package org.ehashpool.sv2.codec;

import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U32;

/**
 * A message of an extension that is unknown, or not negotiated on this connection (section 3.4.1). "Messages with an
 * unknown extension_type which are to be processed locally (as defined above) MUST be discarded and ignored"; with the
 * {@code channel_msg} bit, "any proxy devices [...] MUST forward that message to the downstream/upstream device which
 * corresponds with the channel_id".
 *
 * @param header as it came
 * @param payload as it came; at least the channel_id if the {@code channel_msg} bit is set
 */
public record UnknownExtension(FrameHeader header, Bytes payload) implements Received {
    private static final int CHANNEL_ID_LENGTH = 4;

    /** @throws IllegalArgumentException if the header is another payload's, or the channel_id is missing */
    public UnknownExtension {
        if (header.length() != payload.length() || (header.channelMessage() && payload.length() < CHANNEL_ID_LENGTH)) {
            throw new IllegalArgumentException("payload of " + payload.length() + " bytes under " + header);
        }
    }

    /** Whether a proxy forwards it by {@link #channelId}; otherwise it is discarded. */
    public boolean forwardable() {
        return header.channelMessage();
    }

    /**
     * The channel that it is for.
     *
     * @throws IllegalStateException if it is not {@link #forwardable}
     */
    public @U32 long channelId() {
        requireForwardable();
        return (payload.get(0) & 0xffL)
                | (payload.get(1) & 0xffL) << 8
                | (payload.get(2) & 0xffL) << 16
                | (payload.get(3) & 0xffL) << 24;
    }

    /**
     * The same for another channel: "Any channel_id mapping/conversion [...] MUST be done on the channel_id in the first
     * four bytes of the message payload, but the message MUST NOT be otherwise modified."
     *
     * @throws IllegalStateException if it is not {@link #forwardable}
     * @throws IllegalArgumentException if the channel_id is no U32
     */
    public UnknownExtension withChannelId(@U32 long channelId) {
        requireForwardable();
        if (channelId >>> 32 != 0) {
            throw new IllegalArgumentException("channel_id: 0 to 4294967295 expected, not " + channelId);
        }
        Bytes replaced =
                Bytes.of((byte) channelId, (byte) (channelId >> 8), (byte) (channelId >> 16), (byte) (channelId >> 24));
        return new UnknownExtension(
                header, Bytes.concat(replaced, payload.slice(CHANNEL_ID_LENGTH, payload.length() - CHANNEL_ID_LENGTH)));
    }

    private void requireForwardable() {
        if (!forwardable()) {
            throw new IllegalStateException("without channel_msg bit there is no channel_id: " + header);
        }
    }
}
