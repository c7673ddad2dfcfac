package org.ehashpool.benchmarks;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The limit of {@link FrameBenchmark}: one message through the JDK's ChaCha20-Poly1305, cipher and key reused. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 7, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class JdkAeadBenchmark {
    private static final String ALGORITHM = "ChaCha20-Poly1305";
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_LENGTH = 16;
    private static final int PREPARED = 256;

    /** Bytes of plaintext. */
    @Param({"64", "1024", "16384"})
    public int size;

    private final SecretKeySpec key = new SecretKeySpec(new byte[32], "ChaCha20");
    private final Cipher encryptor;
    private final Cipher decryptor;
    private byte[] plaintext = {};
    private byte[] ciphertext = {};
    private byte[] received = {};
    private final byte[][] prepared = new byte[PREPARED][];
    private long nonce;
    private int next;

    public JdkAeadBenchmark() {
        try {
            encryptor = Cipher.getInstance(ALGORITHM);
            decryptor = Cipher.getInstance(ALGORITHM);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Encrypts what is to be decrypted. */
    @Setup
    public void prepare() throws GeneralSecurityException {
        plaintext = new byte[size];
        ciphertext = new byte[size + TAG_LENGTH];
        received = new byte[size + TAG_LENGTH];
        for (int i = 0; i < PREPARED; i++) {
            nonce = i;
            prepared[i] = encrypt().clone();
        }
        nonce = PREPARED;
    }

    /** Under the next nonce. */
    @Benchmark
    public byte[] encrypt() throws GeneralSecurityException {
        encryptor.init(Cipher.ENCRYPT_MODE, key, nonce(nonce++));
        encryptor.doFinal(plaintext, 0, plaintext.length, ciphertext, 0);
        return ciphertext;
    }

    /** With the copy into the buffer that {@link FrameBenchmark#decrypt} has as well. */
    @Benchmark
    public byte[] decrypt() throws GeneralSecurityException {
        if (next == PREPARED) {
            next = 0;
        }
        System.arraycopy(prepared[next], 0, received, 0, received.length);
        return decrypt(received, next++);
    }

    /** Both, the two raw calls that a frame's round trip is held against. */
    @Benchmark
    public byte[] roundTrip() throws GeneralSecurityException {
        return decrypt(encrypt(), nonce - 1);
    }

    private byte[] decrypt(byte[] from, long number) throws GeneralSecurityException {
        decryptor.init(Cipher.DECRYPT_MODE, key, nonce(number));
        decryptor.doFinal(from, 0, from.length, from, 0);
        return from;
    }

    private static IvParameterSpec nonce(long number) {
        return new IvParameterSpec(ByteBuffer.allocate(NONCE_LENGTH)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(NONCE_LENGTH - Long.BYTES, number)
                .array());
    }
}
