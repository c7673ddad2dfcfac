package org.ehashpool.noise.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.ehashpool.noise.Vectors.hex;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Base58CheckTest {
    /** The address of the genesis block's coinbase: version 0, so a leading zero. */
    private static final String ADDRESS = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa";

    @Test
    void shouldKeepLeadingZerosWhenTheBytesHaveThem() {
        byte[] bytes = hex("0062e907b15cbf27d5425399ebf6f0fb50ebb88f18");

        assertThat(Base58Check.encode(bytes)).isEqualTo(ADDRESS);
        assertThat(Base58Check.decode(ADDRESS)).isEqualTo(bytes);
    }

    @Test
    void shouldGiveTheBytesBackWhenEncodedAndDecoded() {
        Random random = new Random(4);
        for (int length = 0; length < 60; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            assertThat(Base58Check.decode(Base58Check.encode(bytes))).isEqualTo(bytes);
            Arrays.fill(bytes, (byte) 0);
            assertThat(Base58Check.decode(Base58Check.encode(bytes))).isEqualTo(bytes);
        }
    }

    @Test
    void shouldRefuseAndNotRepeatTheTextWhenACharacterIsChanged() {
        for (int i = 0; i < ADDRESS.length(); i++) {
            char other = ADDRESS.charAt(i) == 'z' ? 'y' : 'z';
            String mistyped = ADDRESS.substring(0, i) + other + ADDRESS.substring(i + 1);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Base58Check.decode(mistyped))
                    .withMessageContaining("checksum")
                    .withMessageNotContaining(mistyped);
        }
    }

    @Test
    void shouldNameThePositionWhenACharacterIsNoDigit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Base58Check.decode("1A0"))
                .withMessage("character 3 is not a base58 digit");
        assertThatIllegalArgumentException().isThrownBy(() -> Base58Check.decode("é"));
    }

    @Test
    void shouldRefuseTheTextWhenItIsTooShortOrTooLong() {
        for (String text : new String[] {"", "1", "111", "2", "1".repeat(129), "z".repeat(1_000_000)}) {
            assertThatIllegalArgumentException().isThrownBy(() -> Base58Check.decode(text));
        }
    }
}
