package org.ehashpool.cashu.curve;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.util.BigIntegers;
import org.jspecify.annotations.Nullable;

/**
 * The curve by libsecp256k1: constant time in its secrets.
 *
 * <p>Each operation works in a confined arena of its own, overwritten and freed before it returns: nothing is shared
 * between threads. The context is randomised once, when it is made, and only read afterwards, as the library demands of
 * a context that threads share.
 */
final class NativeCurve implements Curve {
    /** {@code SECP256K1_CONTEXT_NONE}: since version 0.2 one kind of context serves signing and verification. */
    private static final int CONTEXT_NONE = 1;

    /** {@code SECP256K1_EC_UNCOMPRESSED}. */
    private static final int UNCOMPRESSED = 2;

    private static final BigInteger ORDER =
            new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

    private static final long CONTEXT_ALIGNMENT = 16;
    private static final long PUBLIC_KEY_STRUCT = 64;
    private static final long KEY_PAIR_STRUCT = 96;
    private static final int SEED_LENGTH = 32;

    private final NativeFunctions functions;
    private final MemorySegment context;

    NativeCurve(NativeFunctions functions, SecureRandom random) {
        this.functions = functions;
        context = newContext(functions);
        randomize(random);
    }

    private static MemorySegment newContext(NativeFunctions functions) {
        try {
            long size = (long) functions.contextSize().invokeExact(CONTEXT_NONE);
            // Freed with this object: the library's own allocation would have to be destroyed by hand.
            MemorySegment memory = Arena.ofAuto().allocate(size, CONTEXT_ALIGNMENT);
            MemorySegment context = (MemorySegment) functions.contextCreate().invokeExact(memory, CONTEXT_NONE);
            if (context.address() != memory.address()) {
                throw new IllegalStateException("libsecp256k1 made no context");
            }
            return memory;
        } catch (Throwable e) {
            throw NativeCall.failed(e);
        }
    }

    /** Blinds the library's base-point multiplication, a defence in depth against side channels. */
    private void randomize(SecureRandom random) {
        byte[] seed = new byte[SEED_LENGTH];
        random.nextBytes(seed);
        try (NativeCall call = new NativeCall()) {
            require(NativeCall.run(functions.contextRandomize(), context, call.in(seed)));
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    @Override
    public String name() {
        return "native";
    }

    @Override
    public boolean isScalar(byte[] scalar) {
        try (NativeCall call = new NativeCall()) {
            return NativeCall.run(functions.secretKeyVerify(), context, call.in(Shapes.scalar(scalar)));
        }
    }

    @Override
    public byte @Nullable [] reduce(byte[] bytes) {
        if (isScalar(bytes)) {
            return bytes.clone();
        }
        // One in 2^127 of hashes gets here: 0, or at least the order.
        BigInteger reduced = new BigInteger(1, bytes).mod(ORDER);
        return reduced.signum() == 0 ? null : BigIntegers.asUnsignedByteArray(SCALAR_LENGTH, reduced);
    }

    @Override
    public byte @Nullable [] addScalars(byte[] a, byte[] b) {
        try (NativeCall call = new NativeCall()) {
            MemorySegment sum = scalar(call, a);
            // Both are scalars: it fails when they sum up to 0, and only then.
            return NativeCall.run(functions.secretKeyAdd(), context, sum, scalar(call, b)) ? bytes(sum) : null;
        }
    }

    @Override
    public byte[] multiplyScalars(byte[] a, byte[] b) {
        try (NativeCall call = new NativeCall()) {
            MemorySegment product = scalar(call, a);
            require(NativeCall.run(functions.secretKeyMultiply(), context, product, scalar(call, b)));
            return bytes(product);
        }
    }

    @Override
    public byte @Nullable [] decompress(byte[] compressed) {
        Shapes.compressed(compressed);
        try (NativeCall call = new NativeCall()) {
            MemorySegment key = call.out(PUBLIC_KEY_STRUCT);
            return parse(call, key, compressed) ? serialize(call, key) : null;
        }
    }

    @Override
    public boolean isPoint(byte[] point) {
        // The library also takes the hybrid forms 06 and 07.
        if (Shapes.point(point)[0] != 4) {
            return false;
        }
        try (NativeCall call = new NativeCall()) {
            return parse(call, call.out(PUBLIC_KEY_STRUCT), point);
        }
    }

    @Override
    public byte[] timesGenerator(byte[] secret) {
        try (NativeCall call = new NativeCall()) {
            MemorySegment key = call.out(PUBLIC_KEY_STRUCT);
            require(NativeCall.run(functions.publicKeyCreate(), context, key, scalar(call, secret)));
            return serialize(call, key);
        }
    }

    @Override
    public byte[] times(byte[] point, byte[] secret) {
        try (NativeCall call = new NativeCall()) {
            MemorySegment product = call.out(POINT_LENGTH - 1);
            require(NativeCall.run(
                    functions.ecdh(),
                    context,
                    product,
                    point(call, point),
                    scalar(call, secret),
                    functions.wholePoint(),
                    MemorySegment.NULL));
            byte[] bytes = new byte[POINT_LENGTH];
            bytes[0] = 4;
            MemorySegment.copy(product, ValueLayout.JAVA_BYTE, 0, bytes, 1, POINT_LENGTH - 1);
            return bytes;
        }
    }

    @Override
    public byte[] timesPublic(byte[] point, byte[] scalar) {
        try (NativeCall call = new NativeCall()) {
            MemorySegment key = point(call, point);
            require(NativeCall.run(functions.publicKeyMultiply(), context, key, scalar(call, scalar)));
            return serialize(call, key);
        }
    }

    @Override
    public byte @Nullable [] add(byte[] a, byte[] b) {
        try (NativeCall call = new NativeCall()) {
            MemorySegment keys = call.out(2 * ValueLayout.ADDRESS.byteSize());
            keys.setAtIndex(ValueLayout.ADDRESS, 0, point(call, a));
            keys.setAtIndex(ValueLayout.ADDRESS, 1, point(call, b));
            MemorySegment sum = call.out(PUBLIC_KEY_STRUCT);
            return NativeCall.run(functions.publicKeyCombine(), context, sum, keys, 2L) ? serialize(call, sum) : null;
        }
    }

    @Override
    public byte[] negate(byte[] point) {
        try (NativeCall call = new NativeCall()) {
            MemorySegment key = point(call, point);
            require(NativeCall.run(functions.publicKeyNegate(), context, key));
            return serialize(call, key);
        }
    }

    @Override
    public byte[] sign(byte[] secret, byte[] message, byte[] randomness) {
        Shapes.message(message);
        Shapes.randomness(randomness);
        try (NativeCall call = new NativeCall()) {
            MemorySegment keyPair = call.out(KEY_PAIR_STRUCT);
            require(NativeCall.run(functions.keyPairCreate(), context, keyPair, scalar(call, secret)));
            MemorySegment signature = call.out(SIGNATURE_LENGTH);
            require(NativeCall.run(
                    functions.schnorrSign(), context, signature, call.in(message), keyPair, call.in(randomness)));
            return bytes(signature);
        }
    }

    @Override
    public boolean verify(byte[] xOnly, byte[] message, byte[] signature) {
        Shapes.xOnly(xOnly);
        Shapes.message(message);
        Shapes.signature(signature);
        try (NativeCall call = new NativeCall()) {
            MemorySegment key = call.out(PUBLIC_KEY_STRUCT);
            return NativeCall.run(functions.xOnlyParse(), context, key, call.in(xOnly))
                    && NativeCall.run(
                            functions.schnorrVerify(),
                            context,
                            call.in(signature),
                            call.in(message),
                            (long) message.length,
                            key);
        }
    }

    private MemorySegment scalar(NativeCall call, byte[] scalar) {
        MemorySegment segment = call.in(Shapes.scalar(scalar));
        if (!NativeCall.run(functions.secretKeyVerify(), context, segment)) {
            throw Shapes.notAScalar();
        }
        return segment;
    }

    private MemorySegment point(NativeCall call, byte[] point) {
        MemorySegment key = call.out(PUBLIC_KEY_STRUCT);
        if (Shapes.point(point)[0] != 4 || !parse(call, key, point)) {
            throw Shapes.notAPoint();
        }
        return key;
    }

    private boolean parse(NativeCall call, MemorySegment key, byte[] bytes) {
        return NativeCall.run(functions.publicKeyParse(), context, key, call.in(bytes), (long) bytes.length);
    }

    private byte[] serialize(NativeCall call, MemorySegment key) {
        MemorySegment point = call.out(POINT_LENGTH);
        MemorySegment length = call.out(Long.BYTES);
        length.set(ValueLayout.JAVA_LONG, 0, POINT_LENGTH);
        require(NativeCall.run(functions.publicKeySerialize(), context, point, length, key, UNCOMPRESSED));
        return bytes(point);
    }

    private static byte[] bytes(MemorySegment segment) {
        return segment.toArray(ValueLayout.JAVA_BYTE);
    }

    /** For calls that cannot fail on the inputs they were given. */
    private static void require(boolean succeeded) {
        if (!succeeded) {
            throw new IllegalStateException("libsecp256k1 failed on inputs it had accepted");
        }
    }
}
