package org.ehashpool.noise.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehashpool.noise.Vectors.csv;
import static org.ehashpool.noise.Vectors.hex;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("implementations")
class AeadTest {
    private static final byte[] KEY = hex("42".repeat(32));
    private static final byte[] ASSOCIATED_DATA = hex("5a".repeat(32));

    @Parameter
    Function<byte[], Aead> implementation = ShortMessageAead::new;

    static List<Function<byte[], Aead>> implementations() {
        return List.of(ShortMessageAead::new, LongMessageAead::new);
    }

    @Test
    void shouldSealAndOpenAsTheVectorsWhenGivenTheirNonces() {
        for (Map<String, String> row : csv("rfc8439/aead.csv")) {
            Aead aead = implementation.apply(hex(row, "key"));
            ByteBuffer nonce = ByteBuffer.wrap(hex(row, "nonce")).order(ByteOrder.LITTLE_ENDIAN);
            int prefix = nonce.getInt();
            long counter = nonce.getLong();
            byte[] associatedData = hex(row, "aad");
            byte[] plaintext = hex(row, "plaintext");
            byte[] sealed = hex(row.get("ciphertext") + row.get("tag"));

            byte[] output = new byte[sealed.length];
            aead.seal(prefix, counter, associatedData, plaintext, 0, plaintext.length, output, 0);
            assertThat(output).isEqualTo(sealed);

            byte[] opened = new byte[plaintext.length];
            assertThat(aead.open(prefix, counter, associatedData, sealed, 0, sealed.length, opened, 0))
                    .isTrue();
            assertThat(opened).isEqualTo(plaintext);
        }
    }

    @Test
    void shouldAgreeWithTheOtherImplementationWhenTheLengthIsAny() {
        Random random = new Random(3);
        Aead aead = implementation.apply(KEY);
        Aead other =
                switch (aead) {
                    case ShortMessageAead _ -> new LongMessageAead(KEY);
                    case LongMessageAead _ -> new ShortMessageAead(KEY);
                };
        for (int length = 0; length < 600; length++) {
            byte[] plaintext = new byte[length];
            random.nextBytes(plaintext);
            byte[] associatedData = new byte[random.nextInt(40)];
            random.nextBytes(associatedData);
            long nonce = random.nextLong();
            byte[] sealed = new byte[length + 16];
            byte[] opened = new byte[length];

            aead.seal(0, nonce, associatedData, plaintext, 0, length, sealed, 0);

            assertThat(other.open(0, nonce, associatedData, sealed, 0, sealed.length, opened, 0))
                    .isTrue();
            assertThat(opened).isEqualTo(plaintext);
        }
    }

    @Test
    void shouldWorkInPlaceWhenInputAndOutputStartTogether() {
        Aead aead = implementation.apply(KEY);
        for (int length : new int[] {1, 63, 64, 65, 300, 65_519}) {
            byte[] buffer = new byte[length + 16 + 7];
            Arrays.fill(buffer, 7, 7 + length, (byte) 9);

            aead.seal(0, length, ASSOCIATED_DATA, buffer, 7, length, buffer, 7);
            assertThat(aead.open(0, length, ASSOCIATED_DATA, buffer, 7, length + 16, buffer, 7))
                    .isTrue();

            assertThat(Arrays.copyOfRange(buffer, 7, 7 + length)).containsOnly(9);
            assertThat(Arrays.copyOf(buffer, 7)).containsOnly(0);
        }
    }

    @Test
    void shouldRefuseAndWriteNothingWhenAnyBitIsFlipped() {
        Aead aead = implementation.apply(KEY);
        byte[] sealed = new byte[70 + 16];
        aead.seal(0, 1, ASSOCIATED_DATA, new byte[70], 0, 70, sealed, 0);
        byte[] output = new byte[70];
        Arrays.fill(output, (byte) 0x77);

        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] flipped = sealed.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(aead.open(0, 1, ASSOCIATED_DATA, flipped, 0, flipped.length, output, 0))
                    .isFalse();
        }
        for (int bit = 0; bit < ASSOCIATED_DATA.length * 8; bit++) {
            byte[] flipped = ASSOCIATED_DATA.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(aead.open(0, 1, flipped, sealed, 0, sealed.length, output, 0))
                    .isFalse();
        }
        assertThat(aead.open(0, 2, ASSOCIATED_DATA, sealed, 0, sealed.length, output, 0))
                .isFalse();
        assertThat(aead.open(1, 1, ASSOCIATED_DATA, sealed, 0, sealed.length, output, 0))
                .isFalse();
        assertThat(output).containsOnly(0x77);
        assertThat(aead.open(0, 1, ASSOCIATED_DATA, sealed, 0, sealed.length, output, 0))
                .isTrue();
    }

    @Test
    void shouldForgetItsKeyWhenClosed() {
        Aead aead = implementation.apply(KEY);
        byte[] sealed = new byte[10 + 16];
        aead.seal(0, 1, ASSOCIATED_DATA, new byte[10], 0, 10, sealed, 0);

        aead.close();

        assertThat(aead.open(0, 1, ASSOCIATED_DATA, sealed, 0, sealed.length, new byte[10], 0))
                .isFalse();
    }
}
