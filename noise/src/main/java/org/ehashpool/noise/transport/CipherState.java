package org.ehashpool.noise.transport;

import java.util.Arrays;
import java.util.Objects;
import org.ehashpool.noise.NoiseException;
import org.ehashpool.noise.NoiseException.Reason;
import org.ehashpool.noise.Secret;
import org.jspecify.annotations.Nullable;

/**
 * The CipherState of 4.4.1: a key and a counter that is the nonce of the next message, "32 zero bits, followed by a
 * little-endian 64-bit value".
 *
 * <p>Dead after any failure: its key is overwritten and every further call fails. Not thread-safe.
 */
public final class CipherState implements AutoCloseable {
    /** Bytes of a key. */
    public static final int KEY_LENGTH = 32;

    /** Bytes a ciphertext is longer than its plaintext. */
    public static final int TAG_LENGTH = 16;

    /** Longest plaintext that the short-message cipher takes: above it the JDK's cipher is faster (measured). */
    static final int SHORT_MESSAGE_LENGTH = 256;

    /** Noise reserves the largest nonce. */
    private static final long RESERVED_NONCE = -1;

    private static final int NONCE_PREFIX = 0;

    private final ShortMessageAead shortMessages;
    private final byte[] key;
    private @Nullable LongMessageAead longMessages;
    private long nonce;
    private boolean closed;

    /**
     * A state whose first message has nonce 0.
     *
     * @param key 32 bytes, copied; the caller still closes its own
     */
    public CipherState(Secret key) {
        if (key.length() != KEY_LENGTH) {
            throw new IllegalArgumentException("a ChaCha20-Poly1305 key must have 32 bytes, has " + key.length());
        }
        this.key = key.apply(byte[]::clone);
        shortMessages = new ShortMessageAead(this.key);
    }

    /**
     * EncryptWithAd: writes {@code length} + 16 bytes and returns that number. Input and output may overlap only if
     * they start at the same byte.
     *
     * @throws NoiseException {@code NONCES_EXHAUSTED} or {@code CIPHER_CLOSED}; nothing is written
     * @throws IndexOutOfBoundsException if a range is outside its array; the state is unchanged
     */
    public int encrypt(byte[] associatedData, byte[] plaintext, int offset, int length, byte[] output, int outputOffset)
            throws NoiseException {
        Objects.checkFromIndexSize(offset, length, plaintext.length);
        int written = Math.addExact(length, TAG_LENGTH);
        Objects.checkFromIndexSize(outputOffset, written, output.length);
        requireNonces(1);
        aead(length).seal(NONCE_PREFIX, nonce++, associatedData, plaintext, offset, length, output, outputOffset);
        return written;
    }

    /**
     * DecryptWithAd: writes {@code length} - 16 bytes and returns that number. Input and output may overlap only if
     * they start at the same byte.
     *
     * @param length of the ciphertext with its 16 bytes of authentication code
     * @throws NoiseException {@code DECRYPTION_FAILED}, {@code NONCES_EXHAUSTED} or {@code CIPHER_CLOSED}; nothing is
     *     written
     * @throws IndexOutOfBoundsException if a range is outside its array or {@code length} is below 16; the state is
     *     unchanged
     */
    public int decrypt(
            byte[] associatedData, byte[] ciphertext, int offset, int length, byte[] output, int outputOffset)
            throws NoiseException {
        Objects.checkFromIndexSize(offset, length, ciphertext.length);
        int written = length - TAG_LENGTH;
        Objects.checkFromIndexSize(outputOffset, written, output.length);
        requireNonces(1);
        if (!aead(written)
                .open(NONCE_PREFIX, nonce, associatedData, ciphertext, offset, length, output, outputOffset)) {
            close();
            throw new NoiseException(Reason.DECRYPTION_FAILED, "the message authentication code does not match");
        }
        nonce++;
        return written;
    }

    /** Fails, and closes this state, unless it is usable for {@code count} more messages. */
    void requireNonces(int count) throws NoiseException {
        if (closed) {
            throw new NoiseException(Reason.CIPHER_CLOSED, "the cipher failed before or was closed");
        }
        if (Long.compareUnsigned(RESERVED_NONCE - nonce, count) < 0) {
            close();
            throw new NoiseException(Reason.NONCES_EXHAUSTED, "all 2^64 - 1 nonces are used up");
        }
    }

    private Aead aead(int plaintextLength) {
        if (plaintextLength <= SHORT_MESSAGE_LENGTH) {
            return shortMessages;
        }
        LongMessageAead aead = longMessages;
        if (aead == null) {
            aead = new LongMessageAead(key);
            longMessages = aead;
        }
        return aead;
    }

    /** The nonce of the next message, as an unsigned number. */
    long nonce() {
        return nonce;
    }

    /** Skips ahead; for tests at the end of the range, which no connection reaches. */
    void skipTo(long nextNonce) {
        if (Long.compareUnsigned(nextNonce, nonce) < 0) {
            throw new IllegalArgumentException("a nonce must not be used again");
        }
        nonce = nextNonce;
    }

    /** Whether this state failed or was closed. */
    public boolean isClosed() {
        return closed;
    }

    /** Overwrites the key. Idempotent. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        Arrays.fill(key, (byte) 0);
        shortMessages.close();
        if (longMessages != null) {
            longMessages.close();
        }
    }
}
