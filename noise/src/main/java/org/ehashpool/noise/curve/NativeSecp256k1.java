package org.ehashpool.noise.curve;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.SecureRandom;
import java.util.Arrays;
import org.ehashpool.noise.Secret;

/**
 * The curve by libsecp256k1: constant time in its secrets.
 *
 * <p>Each call works in a confined arena of its own, overwritten and freed before the call returns: nothing is shared
 * between threads, and nothing stays behind with a virtual thread. The context is randomised once, when it is made, and
 * only read afterwards, as the library demands of a context that threads share.
 */
final class NativeSecp256k1 implements Secp256k1 {
    /** {@code SECP256K1_CONTEXT_NONE}: since version 0.2 one kind of context serves signing and verification. */
    private static final int CONTEXT_NONE = 1;

    /** {@code SECP256K1_EC_COMPRESSED}. */
    private static final int COMPRESSED = 258;

    private static final long CONTEXT_ALIGNMENT = 16;
    private static final long PUBLIC_KEY_STRUCT = 64;
    private static final long KEY_PAIR_STRUCT = 96;
    private static final int COMPRESSED_LENGTH = 33;

    private final NativeFunctions functions;
    private final MemorySegment context;

    NativeSecp256k1(NativeFunctions functions, SecureRandom random) {
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
        byte[] seed = new byte[RANDOMNESS_LENGTH];
        random.nextBytes(seed);
        try (NativeCall call = new NativeCall()) {
            if (!NativeCall.run(functions.contextRandomize(), context, call.in(seed))) {
                throw new IllegalStateException("libsecp256k1 could not randomise its context");
            }
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    @Override
    public String name() {
        return "native";
    }

    @Override
    public boolean isSecretKey(Secret secret) {
        if (secret.length() != SECRET_LENGTH) {
            return false;
        }
        try (NativeCall call = new NativeCall()) {
            return NativeCall.run(functions.secretKeyVerify(), context, call.in(secret));
        }
    }

    @Override
    public boolean isXOnlyPublicKey(byte[] xOnly) {
        Lengths.check(xOnly, X_ONLY_LENGTH, "an x-only public key");
        try (NativeCall call = new NativeCall()) {
            MemorySegment key = call.out(PUBLIC_KEY_STRUCT);
            return NativeCall.run(functions.xOnlyParse(), context, key, call.in(xOnly));
        }
    }

    @Override
    public byte[] xOnlyPublicKey(Secret secret) {
        Lengths.checkSecret(secret);
        try (NativeCall call = new NativeCall()) {
            MemorySegment key = call.out(PUBLIC_KEY_STRUCT);
            MemorySegment xOnly = call.out(X_ONLY_LENGTH);
            require(NativeCall.run(functions.keyPairXOnly(), context, key, MemorySegment.NULL, keyPair(call, secret)));
            require(NativeCall.run(functions.xOnlySerialize(), context, xOnly, key));
            return bytes(xOnly);
        }
    }

    @Override
    public byte[] createEncoding(Secret secret, byte[] randomness) {
        Lengths.checkSecret(secret);
        Lengths.check(randomness, RANDOMNESS_LENGTH, "randomness");
        try (NativeCall call = new NativeCall()) {
            MemorySegment encoding = call.out(ENCODING_LENGTH);
            if (!NativeCall.run(functions.ellSwiftCreate(), context, encoding, call.in(secret), call.in(randomness))) {
                throw Lengths.notASecretKey();
            }
            return bytes(encoding);
        }
    }

    @Override
    public byte[] encode(byte[] xOnly, byte[] randomness) {
        Lengths.check(xOnly, X_ONLY_LENGTH, "an x-only public key");
        Lengths.check(randomness, RANDOMNESS_LENGTH, "randomness");
        byte[] compressed = new byte[COMPRESSED_LENGTH];
        compressed[0] = 2;
        System.arraycopy(xOnly, 0, compressed, 1, X_ONLY_LENGTH);
        try (NativeCall call = new NativeCall()) {
            MemorySegment key = call.out(PUBLIC_KEY_STRUCT);
            if (!NativeCall.run(
                    functions.publicKeyParse(), context, key, call.in(compressed), (long) COMPRESSED_LENGTH)) {
                throw Lengths.notOnCurve();
            }
            MemorySegment encoding = call.out(ENCODING_LENGTH);
            require(NativeCall.run(functions.ellSwiftEncode(), context, encoding, key, call.in(randomness)));
            return bytes(encoding);
        }
    }

    @Override
    public byte[] decode(byte[] encoding) {
        Lengths.check(encoding, ENCODING_LENGTH, "an ElligatorSwift encoding");
        try (NativeCall call = new NativeCall()) {
            MemorySegment key = call.out(PUBLIC_KEY_STRUCT);
            require(NativeCall.run(functions.ellSwiftDecode(), context, key, call.in(encoding)));
            MemorySegment compressed = call.out(COMPRESSED_LENGTH);
            MemorySegment length = call.out(Long.BYTES);
            length.set(ValueLayout.JAVA_LONG, 0, COMPRESSED_LENGTH);
            require(NativeCall.run(functions.publicKeySerialize(), context, compressed, length, key, COMPRESSED));
            return bytes(compressed.asSlice(1));
        }
    }

    @Override
    public Secret sharedSecret(Secret secret, byte[] initiatorEncoding, byte[] responderEncoding, Role ourRole) {
        Lengths.checkSecret(secret);
        Lengths.check(initiatorEncoding, ENCODING_LENGTH, "the initiator's encoding");
        Lengths.check(responderEncoding, ENCODING_LENGTH, "the responder's encoding");
        int party =
                switch (ourRole) {
                    case INITIATOR -> 0;
                    case RESPONDER -> 1;
                };
        try (NativeCall call = new NativeCall()) {
            MemorySegment ours = call.in(secret);
            // The function itself reduces a secret that is not below the group order and says nothing.
            if (!NativeCall.run(functions.secretKeyVerify(), context, ours)) {
                throw Lengths.notASecretKey();
            }
            MemorySegment shared = call.out(SECRET_LENGTH);
            require(NativeCall.run(
                    functions.ellSwiftSharedSecret(),
                    context,
                    shared,
                    call.in(initiatorEncoding),
                    call.in(responderEncoding),
                    ours,
                    party,
                    functions.bip324Hash(),
                    MemorySegment.NULL));
            return Secret.owning(bytes(shared));
        }
    }

    @Override
    public byte[] sign(Secret secret, byte[] message, byte[] randomness) {
        Lengths.checkSecret(secret);
        Lengths.check(randomness, RANDOMNESS_LENGTH, "randomness");
        try (NativeCall call = new NativeCall(message.length)) {
            MemorySegment signature = call.out(SIGNATURE_LENGTH);
            MemorySegment keyPair = keyPair(call, secret);
            MemorySegment parameters = call.signatureParameters(call.in(randomness));
            require(NativeCall.run(
                    functions.schnorrSign(),
                    context,
                    signature,
                    call.in(message),
                    (long) message.length,
                    keyPair,
                    parameters));
            return bytes(signature);
        }
    }

    @Override
    public boolean verify(byte[] xOnly, byte[] message, byte[] signature) {
        Lengths.check(xOnly, X_ONLY_LENGTH, "an x-only public key");
        Lengths.check(signature, SIGNATURE_LENGTH, "a signature");
        try (NativeCall call = new NativeCall(message.length)) {
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

    private MemorySegment keyPair(NativeCall call, Secret secret) {
        MemorySegment keyPair = call.out(KEY_PAIR_STRUCT);
        if (!NativeCall.run(functions.keyPairCreate(), context, keyPair, call.in(secret))) {
            throw Lengths.notASecretKey();
        }
        return keyPair;
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
