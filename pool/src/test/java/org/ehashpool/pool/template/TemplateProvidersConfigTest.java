package org.ehashpool.pool.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ehashpool.kit.config.ByteSize;
import org.ehashpool.kit.config.ConfigException;
import org.ehashpool.kit.config.ConfigLoader;
import org.ehashpool.noise.curve.CurveSelection;
import org.ehashpool.noise.curve.Secp256k1;
import org.junit.jupiter.api.Test;

final class TemplateProvidersConfigTest {
    /** The example of the specification, section 4.7.1. */
    private static final String KEY = "9bXiEd8boQVhq7WddEcERUL5tyyJVFYdU8th3HfbNXK3Yw6GRXh";

    private final Secp256k1 curve = CurveSelection.select(new SecureRandom()).curve();

    private static TemplateProvidersConfig config(boolean unauthenticated, String... urls) {
        return new TemplateProvidersConfig(
                List.of(urls),
                unauthenticated,
                Duration.ofMinutes(1),
                Duration.ofMinutes(30),
                Duration.ofSeconds(30),
                true,
                new ByteSize(64 << 20));
    }

    @Test
    void shouldReadUrlsInOrder() {
        assertThat(config(false, "stratum2+tcp://b:1/" + KEY, "stratum2+tcp://[::1]:2/" + KEY)
                        .destinations(curve))
                .extracting(ProviderLink::name)
                .containsExactly("b:1", "[::1]:2");
    }

    @Test
    void shouldTellWhatIsMissing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(false))
                .withMessageContaining("at least one template provider");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(false, "stratum2+tcp://127.0.0.1:18447"))
                .withMessageContaining("unauthenticated = true");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(false, "stratum2+tcp://a:1/" + KEY, "stratum2+tcp://a:1/" + KEY))
                .withMessageContaining("twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(true, "http://127.0.0.1:18447/"))
                .withMessageContaining("stratum2+tcp");
    }

    record Holder(TemplateProvidersConfig templateProviders) {}

    @Test
    void shouldBeReadWithDefaultsAndRefusedInWords() throws ConfigException {
        ConfigLoader<Holder> loader = ConfigLoader.of("pool", Holder.class);
        String url = "stratum2+tcp://127.0.0.1:18447/" + KEY;

        assertThat(loader.load(Optional.empty(), Map.of("POOL__TEMPLATE_PROVIDERS__URLS", url))
                        .value()
                        .templateProviders())
                .isEqualTo(config(false, url));
        assertThatThrownBy(() -> loader.load(Optional.empty(), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("at least one template provider");
    }

    @Test
    void shouldDoWithoutAKeyOnlyWhenThatIsChosen() {
        assertThat(config(true, "stratum2+tcp://127.0.0.1:18447").destinations(curve))
                .singleElement()
                .satisfies(destination -> assertThat(destination.authority()).isEmpty());
        assertThat(config(true, "stratum2+tcp://127.0.0.1:18447/" + KEY)
                        .destinations(curve)
                        .getFirst()
                        .authority())
                .hasSize(1);
    }
}
