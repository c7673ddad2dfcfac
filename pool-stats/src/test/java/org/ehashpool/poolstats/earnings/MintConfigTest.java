package org.ehashpool.poolstats.earnings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MintConfigTest {

    private static MintConfig config(String url) {
        return new MintConfig(URI.create(url), Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://mint.example", "https://mint.example/path/", "http://127.0.0.1:3338", "http://[::1]:1"})
    void shouldTakeAnAddressWhenNobodyCanListenOnTheWay(String url) {
        assertThat(config(url).text()).doesNotEndWith("/");
    }

    @Test
    void shouldRefuseAnAddressWhenOthersCouldListen() {
        assertThatThrownBy(() -> config("http://mint.example")).hasMessageContaining("https://");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://mint.example",
                "mint.example",
                "https:///path",
                "https://user@mint.example",
                "https://mint.example?a=b",
                "https://mint.example#02aa"
            })
    void shouldRefuseAnAddressWhenItIsNoMints(String url) {
        assertThatThrownBy(() -> config(url)).hasMessageContaining("a mint's URL");
    }
}
