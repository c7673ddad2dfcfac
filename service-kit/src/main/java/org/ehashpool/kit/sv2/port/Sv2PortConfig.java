package org.ehashpool.kit.sv2.port;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.config.HostPort;
import org.ehashpool.kit.config.Range;
import org.ehashpool.kit.sv2.Sv2ServerSettings;
import org.ehashpool.kit.sv2.admission.AddressRange;
import org.ehashpool.kit.sv2.admission.AdmissionSettings;
import org.ehashpool.kit.sv2.link.LinkSettings;

/** A listening Stratum V2 port's part of a service's configuration. */
public record Sv2PortConfig(
        @Description("Where SV2 connections are accepted, over Noise only.")
        HostPort listen,

        @Description("The authority's secret key; made at the first start where there is none.")
        Optional<Path> authorityKeyFile,

        @Description("How long a certificate is valid; it is renewed at half that time.")
        @Default("1h")
        @Range(min = "1m", max = "365d")
        Duration certificateValidity,

        @Description("Event loops that share the connections; 0 is one per processor.")
        @Default("0")
        @Range(min = "0", max = "1024")
        int eventLoops,

        @Description("Connections at a time.") @Default("15000") @Range(min = "1", max = "1000000")
        int maxConnections,

        @Description("Connections of one address at a time.") @Default("2000") @Range(min = "1", max = "1000000")
        int maxConnectionsPerAddress,

        @Description("Connections that one address may make per second, in the long run.")
        @Default("100")
        @Range(min = "1", max = "1000000")
        int connectsPerSecond,

        @Description("Connections that one address may make at once after a pause.")
        @Default("1000")
        @Range(min = "1", max = "1000000")
        int connectBurst,

        @Description("Addresses or ranges of proxies that must send a PROXY protocol v2 header, and are believed.")
        @Default("[]")
        List<String> trustedProxies,

        @Description("How long connections may take to end when the service stops.")
        @Default("5s")
        @Range(min = "0s", max = "10m")
        Duration drain) {

    /**
     * With the list as it is now.
     *
     * @throws IllegalArgumentException naming the entry of {@code trustedProxies} that is no address or range
     */
    public Sv2PortConfig {
        trustedProxies = List.copyOf(trustedProxies);
        trustedProxies.forEach(AddressRange::parse);
    }

    /** The same for the server. */
    Sv2ServerSettings settings(LinkSettings link) {
        return Sv2ServerSettings.of(listen.host(), listen.port())
                .withEventLoops(eventLoops)
                .withAdmission(AdmissionSettings.DEFAULT
                        .withConnections(maxConnections, maxConnectionsPerAddress)
                        .withConnectRate(connectsPerSecond, connectBurst))
                .withLink(link)
                .withTrustedProxies(
                        trustedProxies.stream().map(AddressRange::parse).toList());
    }
}
