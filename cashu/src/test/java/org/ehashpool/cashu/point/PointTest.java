package org.ehashpool.cashu.point;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PointTest {

    private static final String GENERATOR = "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
    private static final String ORDER = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";

    private final PublicKey generator = PublicKey.parse(GENERATOR);

    private static SecretKey number(int value) {
        byte[] bytes = new byte[SecretKey.LENGTH];
        bytes[31] = (byte) value;
        return SecretKey.of(bytes);
    }

    @Test
    void shouldKeepItsBytesAndDigits() {
        assertThat(generator).hasToString(GENERATOR).isEqualTo(PublicKey.of(generator.toBytes()));
        assertThat(PublicKey.parse(GENERATOR.toUpperCase(Locale.ROOT))).isEqualTo(generator);
        assertThat(PublicKey.ofUncompressed(generator.toUncompressed())).isEqualTo(generator);
        assertThat(generator.negated().toString()).startsWith("03").endsWith(GENERATOR.substring(2));
        assertThat(generator.negated().x()).isEqualTo(generator.x());
        assertThat(generator).isLessThan(generator.negated());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                // Not on the curve.
                "020000000000000000000000000000000000000000000000000000000000000005",
                // x is not below the field's size.
                "02fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc30",
                "000000000000000000000000000000000000000000000000000000000000000000",
                "0479be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
                "0579be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
                "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f817",
                "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f8179g",
                "0479be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"
                        + "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8"
            })
    void shouldRefuseWhenTheTextIsNoCompressedPoint(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> PublicKey.parse(text));
    }

    @Test
    void shouldComputeWithPoints() {
        assertThat(number(1).publicKey()).isEqualTo(generator);
        assertThat(generator.plus(generator)).contains(number(2).publicKey());
        assertThat(generator.minus(generator)).isEmpty();
        assertThat(generator.times(number(5))).isEqualTo(number(5).publicKey());
        assertThat(number(5).publicKey().minus(number(3).publicKey()))
                .contains(number(2).publicKey());
        assertThat(number(5).plus(number(6))).isEqualTo(number(11));
        assertThat(number(5).times(number(6))).isEqualTo(number(30));
    }

    @Test
    void shouldVerifyWhatWasSignedAndNothingElse() {
        SecureRandom random = new SecureRandom();
        byte[] message = new byte[32];
        byte[] signature = number(9).sign(message, random.generateSeed(32));
        PublicKey key = number(9).publicKey();

        assertThat(key.verify(message, signature)).isTrue();
        assertThat(key.negated().verify(message, signature)).isTrue();
        assertThat(number(8).publicKey().verify(message, signature)).isFalse();
        assertThat(key.verify(message, new byte[0])).isFalse();
        assertThat(key.verify(message, new byte[65])).isFalse();
        message[0] = 1;
        assertThat(key.verify(message, signature)).isFalse();
    }

    @Test
    void shouldRefuseSecretsOutOfRangeWithoutQuotingThem() {
        for (String bad : List.of("00".repeat(32), ORDER, "ff".repeat(32), "0badcafe", "zz" + "11".repeat(31))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SecretKey.parse(bad))
                    .withMessageNotContaining(bad)
                    .withNoCause();
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SecretKey.reduced(HexFormat.of().parseHex(ORDER)));
        assertThat(SecretKey.reduced(
                        HexFormat.of().parseHex("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364143")))
                .isEqualTo(number(2));
    }

    @Test
    void shouldBeOfNoUseWhenItWasClosed() {
        SecretKey key = number(5);
        key.close();

        assertThatIllegalStateException().isThrownBy(key::publicKey);
        assertThat(key).isNotEqualTo(number(5)).isEqualTo(key);
    }
}
