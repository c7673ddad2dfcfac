package org.ehashpool.kit.sv2.link;

/** A plaintext frame on its way out: header and payload from index 0 of an array. */
sealed interface OutboundFrame permits EncodedFrame, Scratch.Frame {

    /** The array; only its first {@link #length()} bytes are the frame. Never written to by readers. */
    byte[] array();

    /** Bytes of the frame, header included. */
    int length();
}
