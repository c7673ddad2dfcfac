package org.ehashpool.noise.transport;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import org.jspecify.annotations.Nullable;

/** The AEAD for long messages: the JDK's cipher, whose intrinsics are many times faster per byte than plain Java. */
final class LongMessageAead implements Aead {
    private static final String ALGORITHM = "ChaCha20-Poly1305";

    private final Key key;
    private final Nonce nonceSpec = new Nonce();
    private final Cipher cipher;

    LongMessageAead(byte[] key) {
        this.key = new Key(key.clone());
        try {
            cipher = Cipher.getInstance(ALGORITHM);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no " + ALGORITHM, e);
        }
    }

    @Override
    public void seal(
            int noncePrefix,
            long nonce,
            byte[] associatedData,
            byte[] plaintext,
            int offset,
            int length,
            byte[] output,
            int outputOffset) {
        try {
            initialise(Cipher.ENCRYPT_MODE, noncePrefix, nonce, associatedData);
            cipher.doFinal(plaintext, offset, length, output, outputOffset);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("encryption failed", e);
        }
    }

    @Override
    public boolean open(
            int noncePrefix,
            long nonce,
            byte[] associatedData,
            byte[] ciphertext,
            int offset,
            int length,
            byte[] output,
            int outputOffset) {
        try {
            initialise(Cipher.DECRYPT_MODE, noncePrefix, nonce, associatedData);
            cipher.doFinal(ciphertext, offset, length, output, outputOffset);
            return true;
        } catch (AEADBadTagException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("decryption failed", e);
        }
    }

    private void initialise(int mode, int noncePrefix, long nonce, byte[] associatedData)
            throws GeneralSecurityException {
        nonceSpec.set(noncePrefix, nonce);
        cipher.init(mode, key, nonceSpec);
        cipher.updateAAD(associatedData);
    }

    /** Overwrites our copy of the key, and the cipher's with it by giving it the overwritten one. */
    @Override
    public void close() {
        key.destroy();
        try {
            nonceSpec.set(0, 0);
            cipher.init(Cipher.DECRYPT_MODE, key, nonceSpec);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the cipher refuses a key of zeros", e);
        }
    }

    /** The cipher overwrites the array it got last when it gets the next one: each time a copy. */
    private static final class Key implements SecretKey {
        private final byte[] bytes;
        private boolean destroyed;

        Key(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public String getAlgorithm() {
            return "ChaCha20";
        }

        @Override
        public String getFormat() {
            return "RAW";
        }

        @Override
        public byte[] getEncoded() {
            return bytes.clone();
        }

        @Override
        public void destroy() {
            Arrays.fill(bytes, (byte) 0);
            destroyed = true;
        }

        @Override
        public boolean isDestroyed() {
            return destroyed;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /**
     * Hands the cipher one of two arrays in turn, without a copy: it keeps the last one to refuse the same nonce twice.
     */
    private static final class Nonce extends IvParameterSpec {
        private static final int LENGTH = 12;
        private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN)
                .withInvokeExactBehavior();
        private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(
                        long[].class, ByteOrder.LITTLE_ENDIAN)
                .withInvokeExactBehavior();

        private byte[] current = new byte[LENGTH];
        private byte[] previous = new byte[LENGTH];

        Nonce() {
            super(new byte[LENGTH]);
        }

        void set(int prefix, long nonce) {
            byte[] next = previous;
            previous = current;
            current = next;
            INT.set(next, 0, prefix);
            LONG.set(next, Integer.BYTES, nonce);
        }

        @Override
        public byte[] getIV() {
            return current;
        }
    }
}
