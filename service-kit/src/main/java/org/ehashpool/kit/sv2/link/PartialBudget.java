package org.ehashpool.kit.sv2.link;

/**
 * What unfinished frames may keep of a memory that many connections share. Asked on the connection's event loop, shared
 * with others: implementations are thread-safe and never block.
 */
public interface PartialBudget {

    /** Bytes of an unfinished frame that every connection may keep without asking: ordinary messages fit. */
    int FREE = 4 << 10;

    /** Refuses nothing: for connections to peers that were chosen here. */
    PartialBudget UNLIMITED = new PartialBudget() {
        @Override
        public boolean reserve(int bytes) {
            return true;
        }

        @Override
        public void release(int bytes) {
            // Nothing is counted.
        }
    };

    /** Takes this many bytes more, or none and returns false. */
    boolean reserve(int bytes);

    /** Gives back bytes that were taken. */
    void release(int bytes);
}
