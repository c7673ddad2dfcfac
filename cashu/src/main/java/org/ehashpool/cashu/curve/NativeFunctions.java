package org.ehashpool.cashu.curve;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Objects;

/**
 * The functions of libsecp256k1 we call, as the JNI library that secp256k1-kmp loads exports them.
 *
 * <p>They are called directly for what that library's Java interface lacks: a multiplication of a point by a secret in
 * constant time. Its {@code pubKeyTweakMul} is for public numbers and takes a time that depends on them; ECDH is the
 * library's only constant-time multiplication, and the C interface alone lets a caller have the point itself.
 *
 * <p>All return 1 for success and 0 for failure, and take the context first.
 */
@SuppressWarnings("restricted") // The descriptors below are the C declarations of secp256k1's public headers.
record NativeFunctions(
        MethodHandle contextSize,
        MethodHandle contextCreate,
        MethodHandle contextRandomize,
        MethodHandle secretKeyVerify,
        MethodHandle secretKeyAdd,
        MethodHandle secretKeyMultiply,
        MethodHandle publicKeyParse,
        MethodHandle publicKeySerialize,
        MethodHandle publicKeyCreate,
        MethodHandle publicKeyNegate,
        MethodHandle publicKeyMultiply,
        MethodHandle publicKeyCombine,
        MethodHandle ecdh,
        MemorySegment wholePoint,
        MethodHandle xOnlyParse,
        MethodHandle keyPairCreate,
        MethodHandle schnorrSign,
        MethodHandle schnorrVerify) {

    /** {@code size_t} of the supported platforms, which are all 64-bit. */
    private static final ValueLayout.OfLong SIZE = JAVA_LONG;

    private static final int COORDINATE_LENGTH = 32;

    /**
     * Loads the library and looks every function up.
     *
     * @throws IllegalStateException or {@link LinkageError} if the library or one of its symbols is missing
     */
    static NativeFunctions load() {
        Objects.requireNonNull(fr.acinq.secp256k1.Secp256k1.get(), "loading the library");
        SymbolLookup symbols = SymbolLookup.loaderLookup();
        return new NativeFunctions(
                function(symbols, "context_preallocated_size", FunctionDescriptor.of(SIZE, JAVA_INT)),
                function(symbols, "context_preallocated_create", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT)),
                function(symbols, "context_randomize", returningInt(ADDRESS, ADDRESS)),
                function(symbols, "ec_seckey_verify", returningInt(ADDRESS, ADDRESS)),
                function(symbols, "ec_seckey_tweak_add", returningInt(ADDRESS, ADDRESS, ADDRESS)),
                function(symbols, "ec_seckey_tweak_mul", returningInt(ADDRESS, ADDRESS, ADDRESS)),
                function(symbols, "ec_pubkey_parse", returningInt(ADDRESS, ADDRESS, ADDRESS, SIZE)),
                function(symbols, "ec_pubkey_serialize", returningInt(ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_INT)),
                function(symbols, "ec_pubkey_create", returningInt(ADDRESS, ADDRESS, ADDRESS)),
                function(symbols, "ec_pubkey_negate", returningInt(ADDRESS, ADDRESS)),
                function(symbols, "ec_pubkey_tweak_mul", returningInt(ADDRESS, ADDRESS, ADDRESS)),
                function(symbols, "ec_pubkey_combine", returningInt(ADDRESS, ADDRESS, ADDRESS, SIZE)),
                function(symbols, "ecdh", returningInt(ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS)),
                wholePointFunction(),
                function(symbols, "xonly_pubkey_parse", returningInt(ADDRESS, ADDRESS, ADDRESS)),
                function(symbols, "keypair_create", returningInt(ADDRESS, ADDRESS, ADDRESS)),
                function(symbols, "schnorrsig_sign32", returningInt(ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS)),
                function(symbols, "schnorrsig_verify", returningInt(ADDRESS, ADDRESS, ADDRESS, SIZE, ADDRESS)));
    }

    /**
     * A {@code secp256k1_ecdh_hash_function} that hashes nothing: its output is the point, x then y. It is called by
     * the library from within {@code secp256k1_ecdh}.
     */
    private static MemorySegment wholePointFunction() {
        try {
            MethodHandle copy = MethodHandles.lookup()
                    .findStatic(
                            NativeFunctions.class,
                            "copyPoint",
                            MethodType.methodType(
                                    int.class,
                                    MemorySegment.class,
                                    MemorySegment.class,
                                    MemorySegment.class,
                                    MemorySegment.class));
            return Linker.nativeLinker()
                    .upcallStub(copy, returningInt(ADDRESS, ADDRESS, ADDRESS, ADDRESS), Arena.ofAuto());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the method is below", e);
        }
    }

    @SuppressWarnings("unused") // Called by the library; its parameters are the C declaration's.
    private static int copyPoint(MemorySegment output, MemorySegment x, MemorySegment y, MemorySegment data) {
        MemorySegment point = output.reinterpret(2 * COORDINATE_LENGTH);
        MemorySegment.copy(x.reinterpret(COORDINATE_LENGTH), 0, point, 0, COORDINATE_LENGTH);
        MemorySegment.copy(y.reinterpret(COORDINATE_LENGTH), 0, point, COORDINATE_LENGTH, COORDINATE_LENGTH);
        return 1;
    }

    private static FunctionDescriptor returningInt(ValueLayout... arguments) {
        return FunctionDescriptor.of(JAVA_INT, arguments);
    }

    private static MethodHandle function(SymbolLookup symbols, String name, FunctionDescriptor descriptor) {
        String exported = "secp256k1_" + name;
        MemorySegment symbol = symbols.find(exported)
                .orElseThrow(() -> new IllegalStateException("the library does not export " + exported));
        return Linker.nativeLinker().downcallHandle(symbol, descriptor);
    }
}
