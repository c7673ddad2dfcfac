package org.ehashpool.translator.downstream;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.config.HostPort;
import org.ehashpool.kit.config.Range;
import org.ehashpool.kit.sv2.admission.AddressRange;
import org.ehashpool.kit.sv2.admission.AdmissionSettings;

/** The port where Stratum V1 miners connect. */
public record Sv1PortConfig(
        @Description("Where Stratum V1 miners connect.") HostPort listen,

        @Description("If set, miners may use TLS on the same port.")
        Optional<TlsConfig> tls,

        @Description("Event loops that share the connections; 0 is one per processor.")
        @Default("0")
        @Range(min = "0", max = "1024")
        int eventLoops,

        @Description("Connections at a time.") @Default("15000") @Range(min = "1", max = "1000000")
        int maxConnections,

        @Description("Connections of one address at a time; a farm is often behind one.")
        @Default("5000")
        @Range(min = "1", max = "1000000")
        int maxConnectionsPerAddress,

        @Description("Connections that one address may make per second, in the long run.")
        @Default("100")
        @Range(min = "1", max = "1000000")
        int connectsPerSecond,

        @Description("Connections that one address may make at once after a pause.")
        @Default("5000")
        @Range(min = "1", max = "1000000")
        int connectBurst,

        @Description("Addresses or ranges of proxies that must send a PROXY protocol v2 header, and are believed.")
        @Default("[]")
        List<String> trustedProxies,

        @Description("After so long without a line a miner is told its job again, so that it does not reconnect.")
        @Default("55s")
        @Range(min = "1s", max = "1h")
        Duration keepAlive,

        LimitsConfig limits,

        @Description("How long shares may wait for their answers when the service stops.")
        @Default("5s")
        @Range(min = "0s", max = "10m")
        Duration drain) {

    /**
     * With the list as it is now.
     *
     * @throws IllegalArgumentException naming the entry of {@code trustedProxies} that is no address or range
     */
    public Sv1PortConfig {
        trustedProxies = List.copyOf(trustedProxies);
        trustedProxies.forEach(AddressRange::parse);
    }

    AdmissionSettings admission() {
        return AdmissionSettings.DEFAULT
                .withConnections(maxConnections, maxConnectionsPerAddress)
                .withConnectRate(connectsPerSecond, connectBurst);
    }

    List<AddressRange> proxies() {
        return trustedProxies.stream().map(AddressRange::parse).toList();
    }
}
