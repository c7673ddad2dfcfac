package org.ehashpool.kit.sv2.link;

import io.netty.util.concurrent.FastThreadLocal;

/**
 * An event loop's arrays for frames in transit, shared by all its connections: an idle connection has no buffer of its
 * own. Each is used within one call and never kept. A frame too large for them gets an array of its own.
 */
final class Scratch {

    private static final int CAPACITY = 128 << 10;

    private static final FastThreadLocal<Scratch> SCRATCH = new FastThreadLocal<>() {
        @Override
        protected Scratch initialValue() {
            return new Scratch();
        }
    };

    private final byte[] opened = new byte[CAPACITY];
    private final byte[] sealed = new byte[CAPACITY];
    private final Frame frame = new Frame();

    private Scratch() {}

    static Scratch ofThisThread() {
        return SCRATCH.get();
    }

    /** For bytes that arrive: at least {@code length}. */
    byte[] inbound(int length) {
        return length <= CAPACITY ? opened : new byte[length];
    }

    /** For bytes that leave: at least {@code length}. */
    byte[] outbound(int length) {
        return length <= CAPACITY ? sealed : new byte[length];
    }

    /** A frame to be encoded: at least {@code length} bytes. */
    Frame frame(int length) {
        return frame.of(length);
    }

    /** A frame that is encoded and sealed within one call. */
    static final class Frame implements OutboundFrame {
        private final byte[] small = new byte[CAPACITY];
        private byte[] array = small;
        private int length;

        private Frame() {}

        private Frame of(int newLength) {
            array = newLength <= CAPACITY ? small : new byte[newLength];
            length = newLength;
            return this;
        }

        /** Lets go of an array that was made for one large frame. */
        void release() {
            array = small;
        }

        @Override
        public byte[] array() {
            return array;
        }

        @Override
        public int length() {
            return length;
        }
    }
}
