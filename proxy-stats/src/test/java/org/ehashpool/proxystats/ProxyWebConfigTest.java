package org.ehashpool.proxystats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.ehashpool.kit.config.Secret;
import org.junit.jupiter.api.Test;

final class ProxyWebConfigTest {

    @Test
    void shouldRefuseATokenThatCouldBeGuessedWithoutRepeatingIt() {
        assertThatThrownBy(() -> new ProxyWebConfig(500, Optional.of(Secret.of("fifteen-letters"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("16 characters")
                .hasMessageNotContaining("fifteen");
        assertThat(new ProxyWebConfig(500, Optional.of(Secret.of("sixteen-letters-"))).token())
                .isPresent();
    }

    @Test
    void shouldDoWithoutAToken() {
        assertThat(new ProxyWebConfig(500, Optional.empty()).token()).isEmpty();
    }
}
