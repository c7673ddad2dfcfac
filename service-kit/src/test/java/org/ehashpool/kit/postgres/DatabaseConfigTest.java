package org.ehashpool.kit.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.ehashpool.kit.config.ConfigException;
import org.ehashpool.kit.config.ConfigLoader;
import org.ehashpool.kit.config.LoadedConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DatabaseConfigTest {

    /** A service's configuration that has a database. */
    record Config(DatabaseConfig database) {}

    private final ConfigLoader<Config> loader = ConfigLoader.of("test", Config.class);

    @Test
    void shouldBeEmbeddedBelowTheHomeWhenNothingIsConfigured() throws ConfigException {
        PostgresConfig resolved = loader.load(Optional.empty(), Map.of())
                .value()
                .database()
                .resolve("test", Map.of("EHASH_HOME", "/srv/ehash"), Path.of("/home/nobody"));

        assertThat(resolved.login()).isEmpty();
        assertThat(resolved.embedded().directory()).isEqualTo(Path.of("/srv/ehash/postgres/test"));
    }

    @Test
    void shouldNotPrintThePasswordWhenTheConfigurationIsShown() throws ConfigException {
        LoadedConfig<Config> loaded = loader.load(
                Optional.empty(),
                Map.of(
                        "TEST__DATABASE__URL", "jdbc:postgresql://db.example:5432/pool",
                        "TEST__DATABASE__USER", "pool",
                        "TEST__DATABASE__PASSWORD", "hunter2"));

        assertThat(loaded.toToml()).contains("db.example").doesNotContain("hunter2");
        assertThat(loaded.value()
                        .database()
                        .resolve("test", Map.of(), Path.of("/"))
                        .login())
                .map(login -> login.password())
                .contains("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://user:hunter2@db.example/pool",
                "jdbc:postgresql://db.example/pool?user=pool&password=hunter2",
                "jdbc:mysql://db.example/pool",
                "db.example"
            })
    void shouldRefuseWithoutRepeatingItWhenTheUrlIsWrong(String url) {
        assertThatThrownBy(() -> loader.load(
                        Optional.empty(),
                        Map.of(
                                "TEST__DATABASE__URL", url,
                                "TEST__DATABASE__USER", "pool",
                                "TEST__DATABASE__PASSWORD", "secret")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("database")
                .hasMessageContaining("a url ")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void shouldAskForAllThreeWhenOneOfThemIsMissing() {
        assertThatThrownBy(() -> loader.load(Optional.empty(), Map.of("TEST__DATABASE__USER", "pool")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("url, user and password together");
    }
}
