package org.ehashpool.cashu.curve;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The native memory of one operation: one block, handed out in slices, overwritten and freed at the end.
 *
 * <p>The {@code run} overloads are the shapes of the library's functions: {@code invokeExact} takes no other.
 */
final class NativeCall implements AutoCloseable {
    /** Enough for every operation's arguments and results. */
    private static final long SIZE = 512;

    private static final long ALIGNMENT = 8;

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment block = arena.allocate(SIZE, ALIGNMENT);
    private final SegmentAllocator slices = SegmentAllocator.slicingAllocator(block);

    MemorySegment in(byte[] bytes) {
        MemorySegment segment = out(bytes.length);
        MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return segment;
    }

    MemorySegment out(long length) {
        return slices.allocate(length, ALIGNMENT);
    }

    static boolean run(MethodHandle function, MemorySegment a, MemorySegment b) {
        try {
            return (int) function.invokeExact(a, b) == 1;
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static boolean run(MethodHandle function, MemorySegment a, MemorySegment b, MemorySegment c) {
        try {
            return (int) function.invokeExact(a, b, c) == 1;
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static boolean run(MethodHandle function, MemorySegment a, MemorySegment b, MemorySegment c, long d) {
        try {
            return (int) function.invokeExact(a, b, c, d) == 1;
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static boolean run(
            MethodHandle function, MemorySegment a, MemorySegment b, MemorySegment c, MemorySegment d, int e) {
        try {
            return (int) function.invokeExact(a, b, c, d, e) == 1;
        } catch (Throwable failure) {
            throw failed(failure);
        }
    }

    static boolean run(
            MethodHandle function, MemorySegment a, MemorySegment b, MemorySegment c, long d, MemorySegment e) {
        try {
            return (int) function.invokeExact(a, b, c, d, e) == 1;
        } catch (Throwable failure) {
            throw failed(failure);
        }
    }

    static boolean run(
            MethodHandle function,
            MemorySegment a,
            MemorySegment b,
            MemorySegment c,
            MemorySegment d,
            MemorySegment e) {
        try {
            return (int) function.invokeExact(a, b, c, d, e) == 1;
        } catch (Throwable failure) {
            throw failed(failure);
        }
    }

    static boolean run(
            MethodHandle function,
            MemorySegment a,
            MemorySegment b,
            MemorySegment c,
            MemorySegment d,
            MemorySegment e,
            MemorySegment f) {
        try {
            return (int) function.invokeExact(a, b, c, d, e, f) == 1;
        } catch (Throwable failure) {
            throw failed(failure);
        }
    }

    /** What a downcall throws is ours to fix: the functions themselves throw nothing. */
    static IllegalStateException failed(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return new IllegalStateException("a call into libsecp256k1 failed", cause);
    }

    /** Overwrites and frees the block. */
    @Override
    public void close() {
        block.fill((byte) 0);
        arena.close();
    }
}
