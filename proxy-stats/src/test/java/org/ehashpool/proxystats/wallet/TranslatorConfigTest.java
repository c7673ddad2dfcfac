package org.ehashpool.proxystats.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Optional;
import org.ehashpool.kit.config.Secret;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TranslatorConfigTest {

    private static TranslatorConfig config(String api) {
        return new TranslatorConfig(URI.create(api), Secret.of("secret"), Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:9109",
                "http://localhost:9109/",
                "http://[::1]:9109",
                "https://farm.example/translator/"
            })
    void shouldTakeAnAddressThatNobodyElseListensTo(String api) {
        assertThat(config(api).base()).doesNotEndWith("/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://farm.example:9109",
                "http://192.0.2.1:9109",
                "ftp://127.0.0.1",
                "https://user@farm.example",
                "https://farm.example/?a=b",
                "https:///path"
            })
    void shouldRefuseAnAddressThatTheTokenMustNotBeSentTo(String api) {
        assertThatThrownBy(() -> config(api)).isInstanceOf(IllegalArgumentException.class);
    }
}
