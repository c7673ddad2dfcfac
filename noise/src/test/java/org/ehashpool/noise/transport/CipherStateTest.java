package org.ehashpool.noise.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.ehashpool.noise.Vectors.hex;

import java.util.Arrays;
import java.util.concurrent.Callable;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.ehashpool.noise.NoiseException;
import org.ehashpool.noise.NoiseException.Reason;
import org.ehashpool.noise.Secret;
import org.junit.jupiter.api.Test;

class CipherStateTest {
    private static final byte[] KEY = hex("11".repeat(32));
    private static final byte[] NONE = {};

    private static CipherState state() {
        return new CipherState(Secret.copyOf(KEY));
    }

    private static Reason reason(Callable<?> call) {
        return catchThrowableOfType(NoiseException.class, call::call).reason();
    }

    @Test
    void shouldUseThirtyTwoZeroBitsAndALittleEndianCounterWhenEncrypting() throws Exception {
        CipherState state = state();
        for (long nonce : new long[] {0, 1, 2, 255, 256, 0x0102030405060708L, -2}) {
            state.skipTo(nonce);
            byte[] output = new byte[20 + 16];
            state.encrypt(NONE, new byte[20], 0, 20, output, 0);

            byte[] expectedNonce = new byte[12];
            for (int i = 0; i < 8; i++) {
                expectedNonce[4 + i] = (byte) (nonce >>> (8 * i));
            }
            Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(KEY, "ChaCha20"), new IvParameterSpec(expectedNonce));
            assertThat(output).isEqualTo(cipher.doFinal(new byte[20]));
            assertThat(state.nonce()).isEqualTo(nonce + 1);
        }
    }

    @Test
    void shouldTakeEveryLengthWhenShortAndLongMessagesAlternate() throws Exception {
        CipherState sender = state();
        CipherState receiver = state();
        for (int length : new int[] {0, 256, 257, 1, 65_519, 6, 255, 1_000, 1_001}) {
            byte[] plaintext = new byte[length];
            Arrays.fill(plaintext, (byte) length);
            byte[] buffer = new byte[length + 16];

            assertThat(sender.encrypt(NONE, plaintext, 0, length, buffer, 0)).isEqualTo(length + 16);
            assertThat(receiver.decrypt(NONE, buffer, 0, buffer.length, buffer, 0))
                    .isEqualTo(length);
            assertThat(Arrays.copyOf(buffer, length)).isEqualTo(plaintext);
        }
    }

    @Test
    void shouldRefuseTheReservedNonceWhenAllOthersAreUsed() throws Exception {
        CipherState sender = state();
        CipherState receiver = state();
        sender.skipTo(-2);
        receiver.skipTo(-2);
        byte[] last = new byte[5 + 16];
        sender.encrypt(NONE, new byte[5], 0, 5, last, 0);
        byte[] untouched = new byte[5 + 16];

        assertThat(reason(() -> sender.encrypt(NONE, new byte[5], 0, 5, untouched, 0)))
                .isEqualTo(Reason.NONCES_EXHAUSTED);
        assertThat(untouched).containsOnly(0);
        assertThat(sender.isClosed()).isTrue();
        assertThat(reason(() -> sender.encrypt(NONE, new byte[5], 0, 5, untouched, 0)))
                .isEqualTo(Reason.CIPHER_CLOSED);

        receiver.decrypt(NONE, last, 0, last.length, new byte[5], 0);
        assertThat(reason(() -> receiver.decrypt(NONE, last, 0, last.length, new byte[5], 0)))
                .isEqualTo(Reason.NONCES_EXHAUSTED);
    }

    @Test
    void shouldRefuseToGoBackWhenSkipping() {
        CipherState state = state();
        state.skipTo(-5);
        assertThatIllegalArgumentException().isThrownBy(() -> state.skipTo(4));
    }

    @Test
    void shouldBeDeadAndNotCountWhenDecryptionFailed() throws Exception {
        CipherState sender = state();
        CipherState receiver = state();
        byte[] message = new byte[5 + 16];
        sender.encrypt(NONE, new byte[5], 0, 5, message, 0);
        byte[] flipped = message.clone();
        flipped[0] ^= 1;
        byte[] output = {1, 2, 3, 4, 5};

        assertThat(reason(() -> receiver.decrypt(NONE, flipped, 0, flipped.length, output, 0)))
                .isEqualTo(Reason.DECRYPTION_FAILED);

        assertThat(receiver.nonce()).isZero();
        assertThat(output).containsExactly(1, 2, 3, 4, 5);
        assertThat(reason(() -> receiver.decrypt(NONE, message, 0, message.length, output, 0)))
                .isEqualTo(Reason.CIPHER_CLOSED);
    }

    @Test
    void shouldStayUsableWhenACallerMistakesARange() throws Exception {
        CipherState state = state();
        byte[] ten = new byte[10];

        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> state.encrypt(NONE, ten, 5, 6, new byte[100], 0));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> state.encrypt(NONE, ten, 0, 10, new byte[25], 0));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> state.decrypt(NONE, new byte[30], 0, 15, ten, 0));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> state.decrypt(NONE, new byte[30], 0, 30, ten, 0));
        assertThat(state.encrypt(NONE, ten, 0, 10, new byte[26], 0)).isEqualTo(26);
        assertThat(state.nonce()).isEqualTo(1);
    }

    @Test
    void shouldKeepItsOwnCopyOfTheKeyWhenTheCallersIsClosed() throws Exception {
        Secret key = Secret.copyOf(KEY);
        CipherState state = new CipherState(key);
        key.close();
        byte[] one = new byte[16 + 300];
        byte[] two = new byte[16 + 300];

        state.encrypt(NONE, new byte[300], 0, 300, one, 0);
        state().encrypt(NONE, new byte[300], 0, 300, two, 0);

        assertThat(one).isEqualTo(two);
    }

    @Test
    void shouldRefuseAKeyWhenItsLengthIsWrong() {
        assertThatIllegalArgumentException().isThrownBy(() -> new CipherState(Secret.owning(new byte[31])));
    }
}
