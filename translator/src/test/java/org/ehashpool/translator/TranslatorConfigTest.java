package org.ehashpool.translator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.ehashpool.kit.config.ConfigException;
import org.ehashpool.kit.config.ConfigLoader;
import org.ehashpool.translator.downstream.Sv1PortConfig;
import org.junit.jupiter.api.Test;

class TranslatorConfigTest {
    @Test
    void shouldListenWhereMinersExpectItByDefault() {
        TranslatorConfig config = TranslatorScenario.config(TranslatorScenario.UPSTREAM);
        Sv1PortConfig sv1 = config.sv1();

        assertThat(sv1.listen()).hasToString("0.0.0.0:34255");
        assertThat(config.http().listen()).hasToString("127.0.0.1:9109");
        assertThat(sv1.tls()).isEmpty();
        assertThat(sv1.keepAlive()).isEqualTo(Duration.ofSeconds(55));
        assertThat(sv1.limits().line()).hasToString("4KiB");
    }

    @Test
    void shouldNameWhatIsWrongAllAtOnce() {
        assertThatThrownBy(() -> ConfigLoader.of("translator", TranslatorConfig.class)
                        .load(
                                Optional.empty(),
                                Map.of(
                                        "TRANSLATOR__SV1__LISTEN", "here",
                                        "TRANSLATOR__SV1__LIMITS__NAMES", "0",
                                        "TRANSLATOR__SV1__TLS__CERTIFICATE", "certificate.pem")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("listen", "names", "key");
    }

    @Test
    void shouldRefuseAProxyThatIsNoAddress() {
        assertThatThrownBy(() -> ConfigLoader.of("translator", TranslatorConfig.class)
                        .load(Optional.empty(), Map.of("TRANSLATOR__SV1__TRUSTED_PROXIES", "10.0.0.0/40")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("10.0.0.0/40");
    }
}
