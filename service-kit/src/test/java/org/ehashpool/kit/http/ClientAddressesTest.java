package org.ehashpool.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.ehashpool.kit.sv2.admission.AddressRange;
import org.junit.jupiter.api.Test;

final class ClientAddressesTest {

    private final ClientAddresses addresses =
            new ClientAddresses(List.of(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("::1")));

    @Test
    void shouldBelieveNobodyElseWhenAPeerIsNoTrustedProxy() {
        assertThat(client("192.0.2.1", "198.51.100.7")).isEqualTo("192.0.2.1");
    }

    @Test
    void shouldTakeTheLastThatNoProxyAddedWhenProxiesAreTrusted() {
        assertThat(client("10.0.0.1", "198.51.100.7")).isEqualTo("198.51.100.7");
        assertThat(client("10.0.0.1", "203.0.113.9, 198.51.100.7 , 10.0.0.2")).isEqualTo("198.51.100.7");
        assertThat(client("10.0.0.1", "203.0.113.9", "198.51.100.7,10.0.0.2")).isEqualTo("198.51.100.7");
        assertThat(client("::1", "2001:db8::1")).isEqualTo("2001:db8:0:0:0:0:0:1");
    }

    @Test
    void shouldCountTheProxyWhenWhatItNamesIsNoAddress() {
        assertThat(client("10.0.0.1")).isEqualTo("10.0.0.1");
        assertThat(client("10.0.0.1", "")).isEqualTo("10.0.0.1");
        assertThat(client("10.0.0.1", "unknown")).isEqualTo("10.0.0.1");
        assertThat(client("10.0.0.1", "198.51.100.7, unknown, 10.0.0.2")).isEqualTo("10.0.0.2");
    }

    private String client(String peer, String... forwarded) {
        return addresses.of(InetAddress.ofLiteral(peer), List.of(forwarded)).getHostAddress();
    }
}
