package org.ehashpool.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;

/** What a decoder may allocate: in proportion to what it was sent, never to what a length field claims. */
final class AllocationBound {
    /** A list of boxed numbers is the dearest: 2 bytes on the wire become an object and a reference, and grow a list. */
    private static final long PER_BYTE = 64;

    /** Messages of exceptions, and the instrumentation's own. */
    private static final long CONSTANT = 64 << 10;

    private static final int ATTEMPTS = 8;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private AllocationBound() {}

    /**
     * Decodes, and requires that it allocated no more than an input of that length justifies. Where it did, it decodes
     * again: classes that load and call sites that are linked allocate too, but not for ever.
     *
     * @param decoding gives the same whenever it is called
     */
    static <T> T within(int inputLength, Supplier<T> decoding) {
        long allowed = CONSTANT + PER_BYTE * inputLength;
        for (int attempt = 1; ; attempt++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            T decoded = decoding.get();
            long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            if (allocated <= allowed) {
                return decoded;
            }
            Property.require(
                    attempt < ATTEMPTS,
                    () -> allocated + " bytes allocated for " + inputLength + " bytes of input, at most " + allowed
                            + " expected");
        }
    }
}
