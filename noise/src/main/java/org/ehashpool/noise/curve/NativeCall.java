package org.ehashpool.noise.curve;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.ehashpool.noise.Secret;

/**
 * The native memory of one call: one block, handed out in slices, overwritten and freed at the end.
 *
 * <p>The {@code run} overloads are the shapes of the library's functions: {@code invokeExact} takes no other.
 */
final class NativeCall implements AutoCloseable {
    /** Enough for every call's fixed-size arguments and results. */
    private static final long FIXED_SIZE = 512;

    private static final long ALIGNMENT = 8;

    /** {@code SECP256K1_SCHNORRSIG_EXTRAPARAMS_MAGIC}. */
    private static final byte[] SIGNATURE_PARAMETERS_MAGIC = {(byte) 0xda, 0x6f, (byte) 0xb3, (byte) 0x8c};

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment block;
    private final SegmentAllocator slices;

    NativeCall() {
        this(0);
    }

    /** A call that also passes a message of {@code messageLength} bytes. */
    NativeCall(int messageLength) {
        block = arena.allocate(FIXED_SIZE + messageLength, ALIGNMENT);
        slices = SegmentAllocator.slicingAllocator(block);
    }

    MemorySegment in(byte[] bytes) {
        MemorySegment segment = out(bytes.length);
        MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return segment;
    }

    MemorySegment in(Secret secret) {
        return secret.apply(this::in);
    }

    MemorySegment out(long length) {
        return slices.allocate(length, ALIGNMENT);
    }

    /** {@code secp256k1_schnorrsig_extraparams}: the magic, the default nonce function, the randomness. */
    MemorySegment signatureParameters(MemorySegment randomness) {
        MemorySegment parameters = out(ADDRESS.byteSize() * 3);
        MemorySegment.copy(
                SIGNATURE_PARAMETERS_MAGIC, 0, parameters, ValueLayout.JAVA_BYTE, 0, SIGNATURE_PARAMETERS_MAGIC.length);
        parameters.set(ADDRESS, ADDRESS.byteSize() * 2, randomness);
        return parameters;
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

    static boolean run(MethodHandle function, MemorySegment a, MemorySegment b, MemorySegment c, MemorySegment d) {
        try {
            return (int) function.invokeExact(a, b, c, d) == 1;
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
            long d,
            MemorySegment e,
            MemorySegment f) {
        try {
            return (int) function.invokeExact(a, b, c, d, e, f) == 1;
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
            int f,
            MemorySegment g,
            MemorySegment h) {
        try {
            return (int) function.invokeExact(a, b, c, d, e, f, g, h) == 1;
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
