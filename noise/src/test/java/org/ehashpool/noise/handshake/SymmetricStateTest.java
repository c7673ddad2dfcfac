package org.ehashpool.noise.handshake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehashpool.noise.Vectors.hex;

import java.util.Arrays;
import java.util.Random;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.ehashpool.noise.Secret;
import org.ehashpool.noise.transport.CipherState;
import org.junit.jupiter.api.Test;

class SymmetricStateTest {
    private final SymmetricState state = new SymmetricState();

    @Test
    void shouldStartFromTheHashesOfTheProtocolName() {
        assertThat(state.chainingKey())
                .isEqualTo(hex("2eb47881208e9eee1f669f67c66ee70ea9ea88090d503fe830dc4bc83e29bf10"));
        assertThat(state.hash()).isEqualTo(hex("922fa32e4f487c0d59caa3bed7899ce3d98db7e13dbd3b7cf2d23dd433dc6104"));
    }

    /** Test case 3 of RFC 5869: empty salt and info; its 42 bytes are output1 and the start of output2. */
    @Test
    void shouldDeriveTheRfcsKeysWhenSaltAndInfoAreEmpty() {
        byte[][] outputs = state.hkdf(new byte[0], hex("0b".repeat(22)));

        assertThat(outputs[0]).isEqualTo(hex("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"));
        assertThat(outputs[1]).hasSize(32).startsWith(hex("9d201395faa4b61a96c8"));
    }

    @Test
    void shouldDeriveTheJdksKeysWhenInputsAreAny() throws Exception {
        KDF kdf = KDF.getInstance("HKDF-SHA256");
        Random random = new Random(5);
        for (int i = 1; i < 50; i++) {
            byte[] salt = new byte[32];
            byte[] material = new byte[i];
            random.nextBytes(salt);
            random.nextBytes(material);
            byte[] expected = kdf.deriveData(
                    HKDFParameterSpec.ofExtract().addSalt(salt).addIKM(material).thenExpand(null, 64));

            byte[][] outputs = state.hkdf(salt, material);

            assertThat(outputs[0]).isEqualTo(Arrays.copyOf(expected, 32));
            assertThat(outputs[1]).isEqualTo(Arrays.copyOfRange(expected, 32, 64));
        }
    }

    @Test
    void shouldHashThePlaintextWhenThereIsNoKeyYet() throws Exception {
        SymmetricState other = new SymmetricState();
        byte[] message = {1, 2, 3};

        assertThat(state.encryptAndHash(message)).isEqualTo(message);
        assertThat(other.decryptAndHash(message)).isEqualTo(message);
        other.mixHash(new byte[0]);
        state.mixHash(new byte[0]);
        assertThat(state.hash()).isEqualTo(other.hash()).isNotEqualTo(new SymmetricState().hash());
    }

    @Test
    void shouldOverwriteItsInputAndItsKeysWhenDone() {
        byte[] material = hex("77".repeat(32));
        state.mixKey(Secret.owning(material));
        assertThat(material).containsOnly(0);
        CipherState[] ciphers = state.split();

        state.close();

        assertThat(state.chainingKey()).containsOnly(0);
        assertThat(ciphers[0].isClosed()).isFalse();
        assertThat(ciphers[1].isClosed()).isFalse();
    }
}
