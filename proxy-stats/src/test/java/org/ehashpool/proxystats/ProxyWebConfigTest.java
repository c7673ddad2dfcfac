package org.ehashpool.proxystats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.ehashpool.kit.config.Secret;
import org.junit.jupiter.api.Test;

final class ProxyWebConfigTest {

    @Test
    void shouldRefuseATokenThatCouldBeGuessedWithoutRepeatingIt() {
        assertThatThrownBy(() -> new ProxyWebConfig(500, Optional.of(Secret.of("fifteen-letters")), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("16 characters")
                .hasMessageNotContaining("fifteen");
        assertThat(new ProxyWebConfig(500, Optional.of(Secret.of("sixteen-letters-")), List.of()).token())
                .isPresent();
    }

    @Test
    void shouldDoWithoutAToken() {
        assertThat(new ProxyWebConfig(500, Optional.empty(), List.of()).token()).isEmpty();
    }

    @Test
    void shouldTakeAddressesOfMinersAndNothingElse() {
        assertThat(new ProxyWebConfig(
                                500,
                                Optional.empty(),
                                List.of("stratum+tcp://farm.example:34255", "stratum+ssl://[2001:db8::1]:34255"))
                        .minerUrls())
                .hasSize(2);
        for (String wrong : List.of("farm.example:34255", "stratum+tcp://farm.example", "http://farm.example:80")) {
            assertThatThrownBy(() -> new ProxyWebConfig(500, Optional.empty(), List.of(wrong)))
                    .hasMessageContaining("miner_urls")
                    .hasMessageContaining(wrong);
        }
    }
}
