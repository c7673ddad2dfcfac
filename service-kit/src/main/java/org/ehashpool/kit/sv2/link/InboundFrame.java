package org.ehashpool.kit.sv2.link;

import org.ehashpool.sv2.codec.FrameHeader;

/**
 * A decrypted frame on its way in: a view of a buffer that is used again. Valid only until the call that delivered it
 * returns.
 */
final class InboundFrame {

    private FrameHeader header = new FrameHeader(0, false, 0, 0);
    private byte[] payload = {};

    InboundFrame with(FrameHeader newHeader, byte[] newPayload) {
        header = newHeader;
        payload = newPayload;
        return this;
    }

    FrameHeader header() {
        return header;
    }

    /** Holds the payload's {@link FrameHeader#length} bytes from index 0. */
    byte[] payload() {
        return payload;
    }
}
