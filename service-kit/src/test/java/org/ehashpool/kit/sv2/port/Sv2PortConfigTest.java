package org.ehashpool.kit.sv2.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ehashpool.kit.config.HostPort;
import org.ehashpool.kit.sv2.Sv2ServerSettings;
import org.ehashpool.kit.sv2.admission.AddressRange;
import org.ehashpool.kit.sv2.link.LinkSettings;
import org.junit.jupiter.api.Test;

final class Sv2PortConfigTest {

    private static Sv2PortConfig config(List<String> proxies) {
        return new Sv2PortConfig(
                new HostPort("127.0.0.1", 34254),
                Optional.empty(),
                Duration.ofHours(1),
                3,
                5_000,
                70,
                20,
                40,
                proxies,
                Duration.ofSeconds(5));
    }

    @Test
    void shouldSayTheSameToTheServer() {
        Sv2ServerSettings settings = config(List.of("10.0.0.0/8", "::1")).settings(LinkSettings.DEFAULT);

        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(34254);
        assertThat(settings.eventLoops()).isEqualTo(3);
        assertThat(settings.admission().maxConnections()).isEqualTo(5_000);
        assertThat(settings.admission().maxConnectionsPerAddress()).isEqualTo(70);
        assertThat(settings.admission().connectsPerSecond()).isEqualTo(20);
        assertThat(settings.admission().connectBurst()).isEqualTo(40);
        assertThat(settings.trustedProxies())
                .containsExactly(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("::1"));
    }

    @Test
    void shouldNameTheProxyThatIsNoAddress() {
        assertThatThrownBy(() -> config(List.of("10.0.0.0/8", "balancer.example")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("balancer.example");
    }
}
