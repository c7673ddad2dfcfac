package org.ehashpool.noise.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.ehashpool.noise.Vectors.hex;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Callable;
import org.ehashpool.noise.NoiseException;
import org.ehashpool.noise.NoiseException.Reason;
import org.ehashpool.noise.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameCipherTest {
    private static final int ALL_NONCES_BUT_ONE = -2;

    private final CipherState sending = new CipherState(Secret.owning(hex("21".repeat(32))));
    private final CipherState receiving = new CipherState(Secret.owning(hex("21".repeat(32))));
    private final FrameEncryptor encryptor = new FrameEncryptor(sending);
    private final FrameDecryptor decryptor = new FrameDecryptor(receiving);

    static byte[] frame(int payloadLength) {
        byte[] frame = new byte[6 + payloadLength];
        new Random(payloadLength).nextBytes(frame);
        frame[3] = (byte) payloadLength;
        frame[4] = (byte) (payloadLength >>> 8);
        frame[5] = (byte) (payloadLength >>> 16);
        return frame;
    }

    private byte[] encrypt(byte[] frame) throws NoiseException {
        byte[] output = new byte[FrameLayout.encryptedFrameLength(frame.length - 6)];
        assertThat(encryptor.encrypt(frame, 0, frame.length, output, 0)).isEqualTo(output.length);
        return output;
    }

    private byte[] decrypt(byte[] encrypted) throws NoiseException {
        byte[] header = new byte[6];
        int payloadLength = decryptor.decryptHeader(encrypted, 0, header, 0);
        byte[] frame = Arrays.copyOf(header, 6 + payloadLength);
        if (payloadLength > 0) {
            byte[] payload = Arrays.copyOfRange(encrypted, 22, encrypted.length);
            assertThat(decryptor.decryptPayload(payload, 0)).isEqualTo(payloadLength);
            System.arraycopy(payload, 0, frame, 6, payloadLength);
        }
        return frame;
    }

    private static Reason reason(Callable<?> call) {
        return catchThrowableOfType(NoiseException.class, call::call).reason();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 64, 255, 256, 257, 65_518, 65_519, 65_520, 131_038, 131_039, 200_000, 0xff_ffff})
    void shouldGiveTheFrameBackWhenThePayloadHasLength(int length) throws Exception {
        byte[] frame = frame(length);
        int chunks = (length + 65_518) / 65_519;

        assertThat(decrypt(encrypt(frame))).isEqualTo(frame);
        assertThat(sending.nonce()).isEqualTo(1 + chunks);
        assertThat(decrypt(encrypt(frame))).isEqualTo(frame);
    }

    @Test
    void shouldRespectOffsetsWhenBuffersAreShared() throws Exception {
        byte[] shared = new byte[1_000];
        byte[] frame = frame(100);
        System.arraycopy(frame, 0, shared, 50, frame.length);

        int written = encryptor.encrypt(shared, 50, frame.length, shared, 50 + frame.length);
        int payloadLength = decryptor.decryptHeader(shared, 50 + frame.length, shared, 50 + frame.length);
        decryptor.decryptPayload(shared, 50 + frame.length + 22);

        assertThat(written).isEqualTo(138);
        assertThat(payloadLength).isEqualTo(100);
        assertThat(Arrays.copyOfRange(shared, 178, 278)).isEqualTo(Arrays.copyOfRange(frame, 6, 106));
        assertThat(Arrays.copyOf(shared, 50)).containsOnly(0);
        assertThat(Arrays.copyOfRange(shared, 50 + frame.length + written, 1_000))
                .containsOnly(0);
    }

    @Test
    void shouldFailWhenAnyByteIsFlipped() throws Exception {
        byte[] encrypted = encrypt(frame(70));
        for (int i = 0; i < encrypted.length; i++) {
            FrameDecryptor fresh = new FrameDecryptor(new CipherState(Secret.owning(hex("21".repeat(32)))));
            byte[] flipped = encrypted.clone();
            flipped[i] ^= (byte) 0x80;
            if (i < 22) {
                assertThat(reason(() -> fresh.decryptHeader(flipped, 0, new byte[6], 0)))
                        .isEqualTo(Reason.DECRYPTION_FAILED);
            } else {
                fresh.decryptHeader(flipped, 0, new byte[6], 0);
                assertThat(reason(() -> fresh.decryptPayload(flipped, 22))).isEqualTo(Reason.DECRYPTION_FAILED);
            }
            assertThat(fresh.isClosed()).isTrue();
        }
    }

    @Test
    void shouldFailWhenALaterChunkIsFlipped() throws Exception {
        byte[] encrypted = encrypt(frame(200_000));
        encrypted[encrypted.length - 1] ^= 1;
        decryptor.decryptHeader(encrypted, 0, new byte[6], 0);

        assertThat(reason(() -> decryptor.decryptPayload(encrypted, 22))).isEqualTo(Reason.DECRYPTION_FAILED);
        assertThat(decryptor.isClosed()).isTrue();
    }

    @Test
    void shouldFailWhenChunksAreSwapped() throws Exception {
        byte[] encrypted = encrypt(frame(131_038));
        byte[] swapped = encrypted.clone();
        System.arraycopy(encrypted, 22, swapped, 22 + 65_535, 65_535);
        System.arraycopy(encrypted, 22 + 65_535, swapped, 22, 65_535);
        decryptor.decryptHeader(swapped, 0, new byte[6], 0);

        assertThat(reason(() -> decryptor.decryptPayload(swapped, 22))).isEqualTo(Reason.DECRYPTION_FAILED);
    }

    @Test
    void shouldFailWhenAFrameIsReplayed() throws Exception {
        byte[] encrypted = encrypt(frame(10));
        decrypt(encrypted);

        assertThat(reason(() -> decrypt(encrypted))).isEqualTo(Reason.DECRYPTION_FAILED);
    }

    @Test
    void shouldFailWhenAFrameIsMissing() throws Exception {
        encrypt(frame(10));
        byte[] second = encrypt(frame(10));

        assertThat(reason(() -> decrypt(second))).isEqualTo(Reason.DECRYPTION_FAILED);
    }

    @Test
    void shouldFailWhenAPayloadIsTakenForAHeader() throws Exception {
        byte[] encrypted = encrypt(frame(6));
        byte[] payloadFirst = Arrays.copyOfRange(encrypted, 22, 44);

        assertThat(reason(() -> decryptor.decryptHeader(payloadFirst, 0, new byte[6], 0)))
                .isEqualTo(Reason.DECRYPTION_FAILED);
    }

    @Test
    void shouldBeDeadWhenItFailedOnce() throws Exception {
        byte[] good = encrypt(frame(10));
        byte[] bad = good.clone();
        bad[0] ^= 1;

        assertThat(reason(() -> decrypt(bad))).isEqualTo(Reason.DECRYPTION_FAILED);
        assertThat(reason(() -> decrypt(good))).isEqualTo(Reason.CIPHER_CLOSED);
    }

    @Test
    void shouldFailWhenClosed() {
        encryptor.close();
        decryptor.close();

        assertThat(reason(() -> encrypt(frame(10)))).isEqualTo(Reason.CIPHER_CLOSED);
        assertThat(reason(() -> decryptor.decryptHeader(new byte[22], 0, new byte[6], 0)))
                .isEqualTo(Reason.CIPHER_CLOSED);
        assertThat(encryptor.isClosed() && decryptor.isClosed()).isTrue();
    }

    @Test
    void shouldRefuseTheWholeFrameWhenNoncesSufficeForItsHeaderOnly() {
        sending.skipTo(ALL_NONCES_BUT_ONE);
        byte[] output = new byte[22 + 26];

        assertThat(reason(() -> encryptor.encrypt(frame(10), 0, 16, output, 0))).isEqualTo(Reason.NONCES_EXHAUSTED);
        assertThat(output).containsOnly(0);
    }

    @Test
    void shouldSendAHeaderWhenOneNonceIsLeft() throws Exception {
        sending.skipTo(ALL_NONCES_BUT_ONE);
        receiving.skipTo(ALL_NONCES_BUT_ONE);

        assertThat(decrypt(encrypt(frame(0)))).isEqualTo(frame(0));
        assertThat(reason(() -> encrypt(frame(0)))).isEqualTo(Reason.NONCES_EXHAUSTED);
    }

    @Test
    void shouldRefuseTheFrameWhenItsHeaderStatesAnotherLength() {
        byte[] frame = frame(10);
        frame[3] = 11;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> encryptor.encrypt(frame, 0, frame.length, new byte[100], 0))
                .withMessageContaining("11")
                .withMessageContaining("10");
    }

    @Test
    void shouldRefuseTheFrameWhenItsCiphertextWouldOverlapIt() {
        byte[] shared = Arrays.copyOf(frame(10), 200);

        assertThatIllegalArgumentException().isThrownBy(() -> encryptor.encrypt(shared, 0, 16, shared, 15));
        assertThatIllegalArgumentException().isThrownBy(() -> encryptor.encrypt(shared, 0, 16, shared, 0));
    }

    @Test
    void shouldStayUsableWhenARangeIsOutsideItsArray() throws Exception {
        byte[] frame = frame(10);

        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> encryptor.encrypt(frame, 0, 17, new byte[100], 0));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> encryptor.encrypt(frame, 0, 5, new byte[100], 0));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> encryptor.encrypt(frame, 0, 16, new byte[47], 0));
        byte[] encrypted = encrypt(frame);
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> decryptor.decryptHeader(new byte[21], 0, new byte[6], 0));
        decryptor.decryptHeader(encrypted, 0, new byte[6], 0);
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> decryptor.decryptPayload(new byte[25], 0));
        assertThat(decryptor.decryptPayload(encrypted, 22)).isEqualTo(10);
    }

    @Test
    void shouldInsistOnTheOrderWhenHeaderAndPayloadAreMistaken() throws Exception {
        byte[] encrypted = encrypt(frame(10));

        assertThatIllegalStateException().isThrownBy(() -> decryptor.decryptPayload(encrypted, 0));
        decryptor.decryptHeader(encrypted, 0, new byte[6], 0);
        assertThatIllegalStateException().isThrownBy(() -> decryptor.decryptHeader(encrypted, 0, new byte[6], 0));
        decryptor.decryptPayload(encrypted, 22);
        assertThat(decrypt(encrypt(frame(0)))).isEqualTo(frame(0));
        assertThatIllegalStateException().isThrownBy(() -> decryptor.decryptPayload(new byte[16], 0));
    }

    @Test
    void shouldAllocateNextToNothingWhenFramesAreShort() throws Exception {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] frame = frame(64);
        byte[] buffer = new byte[FrameLayout.encryptedFrameLength(64)];
        int frames = 10_000;
        long before = 0;
        for (int i = -frames; i < frames; i++) {
            if (i == 0) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            encryptor.encrypt(frame, 0, frame.length, buffer, 0);
            decryptor.decryptHeader(buffer, 0, buffer, 0);
            decryptor.decryptPayload(buffer, 22);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated / frames).as("bytes per round trip").isLessThan(16);
    }
}
