package org.ehashpool.noise.curve;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Objects;

/**
 * The functions of libsecp256k1 we call, as the JNI library that secp256k1-kmp loads exports them.
 *
 * <p>That library's Java interface has no ElligatorSwift; the C symbols are exported all the same. All return 1 for
 * success and 0 for failure, and take the context first.
 */
@SuppressWarnings("restricted") // The descriptors below are the C declarations of secp256k1's public headers.
record NativeFunctions(
        MethodHandle contextSize,
        MethodHandle contextCreate,
        MethodHandle contextRandomize,
        MethodHandle secretKeyVerify,
        MethodHandle publicKeyParse,
        MethodHandle publicKeySerialize,
        MethodHandle xOnlyParse,
        MethodHandle xOnlySerialize,
        MethodHandle keyPairCreate,
        MethodHandle keyPairXOnly,
        MethodHandle ellSwiftCreate,
        MethodHandle ellSwiftEncode,
        MethodHandle ellSwiftDecode,
        MethodHandle ellSwiftSharedSecret,
        MemorySegment bip324Hash,
        MethodHandle schnorrSign,
        MethodHandle schnorrVerify) {

    /** {@code size_t} of the supported platforms, which are all 64-bit. */
    private static final ValueLayout.OfLong SIZE = JAVA_LONG;

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
                function(symbols, "ec_pubkey_parse", returningInt(ADDRESS, ADDRESS, ADDRESS, SIZE)),
                function(symbols, "ec_pubkey_serialize", returningInt(ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_INT)),
                function(symbols, "xonly_pubkey_parse", returningInt(ADDRESS, ADDRESS, ADDRESS)),
                function(symbols, "xonly_pubkey_serialize", returningInt(ADDRESS, ADDRESS, ADDRESS)),
                function(symbols, "keypair_create", returningInt(ADDRESS, ADDRESS, ADDRESS)),
                function(symbols, "keypair_xonly_pub", returningInt(ADDRESS, ADDRESS, ADDRESS, ADDRESS)),
                function(symbols, "ellswift_create", returningInt(ADDRESS, ADDRESS, ADDRESS, ADDRESS)),
                function(symbols, "ellswift_encode", returningInt(ADDRESS, ADDRESS, ADDRESS, ADDRESS)),
                function(symbols, "ellswift_decode", returningInt(ADDRESS, ADDRESS, ADDRESS)),
                function(
                        symbols,
                        "ellswift_xdh",
                        returningInt(ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, ADDRESS)),
                pointer(symbols, "ellswift_xdh_hash_function_bip324"),
                function(
                        symbols,
                        "schnorrsig_sign_custom",
                        returningInt(ADDRESS, ADDRESS, ADDRESS, SIZE, ADDRESS, ADDRESS)),
                function(symbols, "schnorrsig_verify", returningInt(ADDRESS, ADDRESS, ADDRESS, SIZE, ADDRESS)));
    }

    private static FunctionDescriptor returningInt(ValueLayout... arguments) {
        return FunctionDescriptor.of(JAVA_INT, arguments);
    }

    private static MethodHandle function(SymbolLookup symbols, String name, FunctionDescriptor descriptor) {
        return Linker.nativeLinker().downcallHandle(symbol(symbols, name), descriptor);
    }

    /** The value of an exported variable that holds a function pointer. */
    private static MemorySegment pointer(SymbolLookup symbols, String name) {
        return symbol(symbols, name).reinterpret(ADDRESS.byteSize()).get(ADDRESS, 0);
    }

    private static MemorySegment symbol(SymbolLookup symbols, String name) {
        String exported = "secp256k1_" + name;
        return symbols.find(exported)
                .orElseThrow(() -> new IllegalStateException("the library does not export " + exported));
    }
}
