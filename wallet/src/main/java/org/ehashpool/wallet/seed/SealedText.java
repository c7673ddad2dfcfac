package org.ehashpool.wallet.seed;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * A text under a passphrase: Argon2id (RFC 9106's second recommendation: 64 MiB, three passes, four lanes) makes the
 * key, ChaCha20-Poly1305 seals. One line: {@code ehash-sealed-1:} and base64 of salt, nonce and sealed text.
 */
final class SealedText {

    static final String PREFIX = "ehash-sealed-1:";

    private static final int SALT = 16;
    private static final int NONCE = 12;
    private static final int KEY = 32;
    private static final int MEMORY_KIB = 64 << 10;
    private static final int PASSES = 3;
    private static final int LANES = 4;
    private static final String CIPHER = "ChaCha20-Poly1305";

    private SealedText() {}

    static String seal(String text, char[] passphrase, SecureRandom random) {
        byte[] salt = new byte[SALT];
        byte[] nonce = new byte[NONCE];
        random.nextBytes(salt);
        random.nextBytes(nonce);
        byte[] sealed;
        try {
            sealed =
                    cipher(Cipher.ENCRYPT_MODE, passphrase, salt, nonce).doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + CIPHER, e);
        }
        return PREFIX
                + Base64.getEncoder()
                        .encodeToString(ByteBuffer.allocate(SALT + NONCE + sealed.length)
                                .put(salt)
                                .put(nonce)
                                .put(sealed)
                                .array());
    }

    /**
     * The text.
     *
     * @return empty if the passphrase is another, or the line was changed
     */
    static Optional<String> open(String line, char[] passphrase) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(line.substring(PREFIX.length()).strip());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (bytes.length < SALT + NONCE) {
            return Optional.empty();
        }
        byte[] salt = Arrays.copyOf(bytes, SALT);
        byte[] nonce = Arrays.copyOfRange(bytes, SALT, SALT + NONCE);
        try {
            byte[] text = cipher(Cipher.DECRYPT_MODE, passphrase, salt, nonce)
                    .doFinal(bytes, SALT + NONCE, bytes.length - SALT - NONCE);
            return Optional.of(new String(text, StandardCharsets.UTF_8));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + CIPHER, e);
        }
    }

    private static Cipher cipher(int mode, char[] passphrase, byte[] salt, byte[] nonce)
            throws GeneralSecurityException {
        byte[] key = new byte[KEY];
        Argon2BytesGenerator argon = new Argon2BytesGenerator();
        argon.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(MEMORY_KIB)
                .withIterations(PASSES)
                .withParallelism(LANES)
                .withSalt(salt)
                .build());
        argon.generateBytes(passphrase, key);
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, new SecretKeySpec(key, "ChaCha20"), new IvParameterSpec(nonce));
            return cipher;
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
