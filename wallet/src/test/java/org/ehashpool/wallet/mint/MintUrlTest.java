package org.ehashpool.wallet.mint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.ehashpool.cashu.point.PublicKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MintUrlTest {

    private static final String KEY = "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";

    @ParameterizedTest
    @CsvSource({
        "HTTPS://Mint.Example, https://mint.example",
        "https://mint.example:443/, https://mint.example",
        "http://127.0.0.1:80//, http://127.0.0.1",
        "https://mint.example:8443/Bitcoin/, https://mint.example:8443/Bitcoin",
        "' https://mint.example ', https://mint.example",
    })
    void shouldHaveOneSpelling(String text, String normal) {
        assertThat(new MintUrl(text)).hasToString(normal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mint.example",
                "ftp://mint.example",
                "https://",
                "https:///path",
                "https://user:word@mint.example",
                "https://mint.example?a=b",
                "https://mint.example#fragment",
                "https://mint.example:0",
                "https://mint.example:65536",
                "https://mint.example/a b",
            })
    void shouldRefuseWhatIsNoUrlOfAMint(String text) {
        assertThatThrownBy(() -> new MintUrl(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseLongUrls() {
        assertThatThrownBy(() -> new MintUrl("https://mint.example/" + "a".repeat(255)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:3338, false",
        "http://localhost, false",
        "http://[::1]:3338, false",
        "https://mint.example, false",
        "http://mint.example, true",
        "http://127.0.0.1.mint.example, true",
        "http://localhost.mint.example, true",
        "http://10.0.0.1, true",
    })
    void shouldBeExposedWhenItIsHttpBeyondThisMachine(String text, boolean exposed) {
        assertThat(new MintUrl(text).isExposed()).isEqualTo(exposed);
    }

    @Test
    void shouldReadATrustedMintWithAndWithoutItsKey() {
        assertThat(TrustedMint.parse("https://mint.example").publicKey()).isEmpty();
        assertThat(TrustedMint.parse("https://mint.example#" + KEY).publicKey()).contains(PublicKey.parse(KEY));
        assertThatThrownBy(() -> TrustedMint.parse("https://mint.example#02ab"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
