package org.ehashpool.noise.handshake;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.ehashpool.noise.NoiseException;
import org.ehashpool.noise.Secret;
import org.ehashpool.noise.transport.CipherState;
import org.jspecify.annotations.Nullable;

/**
 * The variables ck, h and k that both sides maintain during the handshake, and the operations on them (4.4.2).
 *
 * <p>HMAC and HKDF are written out as the specification writes them, so that every intermediate value can be
 * overwritten; {@link #close()} overwrites the rest.
 */
final class SymmetricState implements AutoCloseable {
    static final String PROTOCOL_NAME = "Noise_NX_Secp256k1+EllSwift_ChaChaPoly_SHA256";

    private static final int HASH_LENGTH = 32;
    private static final int BLOCK_LENGTH = 64;
    private static final byte INNER_PAD = 0x36;
    private static final byte OUTER_PAD = 0x5c;
    private static final byte[] EMPTY = {};
    private static final byte[] ONE = {1};
    private static final byte[] TWO = {2};

    private final MessageDigest sha256 = sha256();
    private final byte[] chainingKey;
    private byte[] hash;
    private @Nullable CipherState cipher;

    /** Steps 1 to 4 of 4.5.1. */
    SymmetricState() {
        chainingKey = sha256.digest(PROTOCOL_NAME.getBytes(US_ASCII));
        hash = sha256.digest(chainingKey);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The handshake hash h, 32 bytes; a copy. */
    byte[] hash() {
        return hash.clone();
    }

    /** The chaining key ck, 32 bytes; the live array. */
    byte[] chainingKey() {
        return chainingKey;
    }

    /** "Sets h = HASH(h || data)". */
    void mixHash(byte[] data) {
        sha256.update(hash);
        hash = sha256.digest(data);
    }

    /** "sets (ck, temp_k) = HKDF(ck, input_key_material, 2)", "calls InitializeKey(temp_k)"; closes the input. */
    void mixKey(Secret inputKeyMaterial) {
        Secret temporaryKey;
        try (inputKeyMaterial) {
            temporaryKey = inputKeyMaterial.apply(material -> {
                byte[][] outputs = hkdf(chainingKey, material);
                System.arraycopy(outputs[0], 0, chainingKey, 0, HASH_LENGTH);
                Arrays.fill(outputs[0], (byte) 0);
                return Secret.owning(outputs[1]);
            });
        }
        try (temporaryKey) {
            closeCipher();
            cipher = new CipherState(temporaryKey);
        }
    }

    /** "ciphertext = EncryptWithAd(h, plaintext)", then MixHash. Without a key the plaintext is the ciphertext. */
    byte[] encryptAndHash(byte[] plaintext) throws NoiseException {
        byte[] ciphertext = plaintext;
        if (cipher != null) {
            ciphertext = new byte[plaintext.length + CipherState.TAG_LENGTH];
            cipher.encrypt(hash, plaintext, 0, plaintext.length, ciphertext, 0);
        }
        mixHash(ciphertext);
        return ciphertext;
    }

    /** The reverse of {@link #encryptAndHash}. */
    byte[] decryptAndHash(byte[] ciphertext) throws NoiseException {
        byte[] plaintext = ciphertext;
        if (cipher != null) {
            plaintext = new byte[ciphertext.length - CipherState.TAG_LENGTH];
            cipher.decrypt(hash, ciphertext, 0, ciphertext.length, plaintext, 0);
        }
        mixHash(ciphertext);
        return plaintext;
    }

    /** The pair (c1, c2): the first for messages from initiator to responder, the second for the other direction. */
    CipherState[] split() {
        byte[][] keys = hkdf(chainingKey, EMPTY);
        try (Secret first = Secret.owning(keys[0]);
                Secret second = Secret.owning(keys[1])) {
            return new CipherState[] {new CipherState(first), new CipherState(second)};
        }
    }

    /** "HKDF(chaining_key, input_key_material)" with two outputs. */
    byte[][] hkdf(byte[] key, byte[] inputKeyMaterial) {
        byte[] temporaryKey = hmac(key, inputKeyMaterial, EMPTY);
        byte[] output1 = hmac(temporaryKey, ONE, EMPTY);
        byte[] output2 = hmac(temporaryKey, output1, TWO);
        Arrays.fill(temporaryKey, (byte) 0);
        return new byte[][] {output1, output2};
    }

    /** "HMAC-HASH(key, data)" with a key of 32 bytes, over both parts. */
    private byte[] hmac(byte[] key, byte[] first, byte[] second) {
        byte[] padded = Arrays.copyOf(key, BLOCK_LENGTH);
        byte[] output = new byte[HASH_LENGTH];
        try {
            xor(padded, INNER_PAD);
            sha256.update(padded);
            sha256.update(first);
            sha256.update(second);
            sha256.digest(output, 0, HASH_LENGTH);
            xor(padded, (byte) (INNER_PAD ^ OUTER_PAD));
            sha256.update(padded);
            sha256.update(output);
            sha256.digest(output, 0, HASH_LENGTH);
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-256 gives 32 bytes", e);
        } finally {
            Arrays.fill(padded, (byte) 0);
        }
        return output;
    }

    private static void xor(byte[] bytes, byte pad) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= pad;
        }
    }

    private void closeCipher() {
        if (cipher != null) {
            cipher.close();
        }
    }

    /** Overwrites ck and k. */
    @Override
    public void close() {
        Arrays.fill(chainingKey, (byte) 0);
        closeCipher();
    }
}
