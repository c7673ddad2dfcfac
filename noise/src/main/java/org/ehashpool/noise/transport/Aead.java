package org.ehashpool.noise.transport;

/**
 * ChaCha20-Poly1305 of RFC 8439 under one key. The 12-byte nonce is {@code noncePrefix} then {@code nonce}, both
 * little-endian. Callers check all ranges.
 */
sealed interface Aead extends AutoCloseable permits ShortMessageAead, LongMessageAead {
    /** Writes {@code length} + 16 bytes; input and output must not overlap unless they start at the same byte. */
    void seal(
            int noncePrefix,
            long nonce,
            byte[] associatedData,
            byte[] plaintext,
            int offset,
            int length,
            byte[] output,
            int outputOffset);

    /**
     * Writes {@code length} - 16 bytes and returns true, or writes nothing and returns false where the authentication
     * code does not match. Input and output must not overlap unless they start at the same byte.
     */
    boolean open(
            int noncePrefix,
            long nonce,
            byte[] associatedData,
            byte[] ciphertext,
            int offset,
            int length,
            byte[] output,
            int outputOffset);

    /** Overwrites the key. */
    @Override
    void close();
}
