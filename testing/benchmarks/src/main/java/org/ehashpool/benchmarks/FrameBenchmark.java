package org.ehashpool.benchmarks;

import java.util.concurrent.TimeUnit;
import org.ehashpool.noise.NoiseException;
import org.ehashpool.noise.Secret;
import org.ehashpool.noise.transport.CipherState;
import org.ehashpool.noise.transport.FrameDecryptor;
import org.ehashpool.noise.transport.FrameEncryptor;
import org.ehashpool.noise.transport.FrameLayout;
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

/** Encrypted frames of some payload sizes: a header and a payload, so two AEAD messages each way. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 7, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class FrameBenchmark {
    /** Frames that are encrypted once and decrypted over and over, each time by a new decryptor after the last. */
    private static final int PREPARED = 256;

    /** Bytes of payload. */
    @Param({"64", "1024", "16384"})
    public int size;

    private byte[] frame = {};
    private byte[] encrypted = {};
    private byte[] received = {};
    private final byte[][] prepared = new byte[PREPARED][];
    private int next;
    private FrameEncryptor encryptor = new FrameEncryptor(cipher());
    private FrameDecryptor decryptor = new FrameDecryptor(cipher());

    /** Encrypts what is to be decrypted. */
    @Setup
    public void prepare() throws NoiseException {
        frame = new byte[FrameLayout.HEADER_LENGTH + size];
        frame[3] = (byte) size;
        frame[4] = (byte) (size >> 8);
        frame[5] = (byte) (size >> 16);
        encrypted = new byte[FrameLayout.encryptedFrameLength(size)];
        received = new byte[encrypted.length];
        FrameEncryptor first = new FrameEncryptor(cipher());
        for (int i = 0; i < PREPARED; i++) {
            prepared[i] = new byte[encrypted.length];
            first.encrypt(frame, 0, frame.length, prepared[i], 0);
        }
        encryptor = new FrameEncryptor(cipher());
        decryptor = new FrameDecryptor(cipher());
    }

    /** A frame to its ciphertext. */
    @Benchmark
    @Limit("jdkAead.encrypt")
    @Goal(timesLimit = 2.5)
    @Published(value = "2.5 µs (codec-sv2)", when = "size=64")
    public byte[] encrypt() throws NoiseException {
        encryptor.encrypt(frame, 0, frame.length, encrypted, 0);
        return encrypted;
    }

    /** A frame that lies in a buffer, as the network put it there: the copy is part of it. */
    @Benchmark
    @Limit("jdkAead.decrypt")
    @Goal(timesLimit = 2.5)
    public byte[] decrypt() throws NoiseException {
        if (next == PREPARED) {
            next = 0;
            decryptor = new FrameDecryptor(cipher());
        }
        System.arraycopy(prepared[next++], 0, received, 0, received.length);
        return decrypt(received);
    }

    /** What one side encrypts the other decrypts. */
    @Benchmark
    @Limit("jdkAead.roundTrip")
    @Goal(timesLimit = 2.5)
    @Published(value = "5.2 µs", when = "size=64")
    @Published(value = "7.3 µs", when = "size=1024")
    public byte[] roundTrip() throws NoiseException {
        return decrypt(encrypt());
    }

    private byte[] decrypt(byte[] ciphertext) throws NoiseException {
        decryptor.decryptHeader(ciphertext, 0, ciphertext, 0);
        decryptor.decryptPayload(ciphertext, FrameLayout.ENCRYPTED_HEADER_LENGTH);
        return ciphertext;
    }

    private static CipherState cipher() {
        return new CipherState(Secret.owning(new byte[CipherState.KEY_LENGTH]));
    }
}
