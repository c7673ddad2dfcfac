package org.ehashpool.kit.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.ehashpool.kit.postgres.embedded.PostgresLogin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresConfigTest {

    private static final PostgresConfig CONFIG = PostgresConfig.embeddedIn(Path.of("data"));

    @Test
    void shouldUseEmbeddedWhenThereIsNoUrl() {
        assertThat(CONFIG.login()).isEmpty();
        assertThat(CONFIG.embedded().directory()).isAbsolute();
    }

    @Test
    void shouldNeverPrintPasswordWhenShown() {
        PostgresLogin login = new PostgresLogin("jdbc:postgresql://db/pool", "pool", "very-secret");
        PostgresConfig config = CONFIG.at(login);
        assertThat(config.login()).contains(login);
        assertThat(config.toString()).contains("jdbc:postgresql://db/pool").doesNotContain("very-secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://db/pool",
                "jdbc:mysql://db/pool",
                "jdbc:postgresql://db/pool?user=a&password=b",
                "jdbc:postgresql://a:b@db/pool",
                ""
            })
    void shouldRefuseUrlWhenItIsNotPlain(String url) {
        assertThatThrownBy(() -> CONFIG.at(new PostgresLogin(url, "pool", "very-secret")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("url: ")
                .hasMessageNotContaining("very-secret");
    }
}
