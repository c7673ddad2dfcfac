package org.ehashpool.mint.api;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.ehashpool.kit.config.ByteSize;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.config.HostPort;
import org.ehashpool.kit.config.Range;
import org.ehashpool.kit.http.ConnectionLimits;
import org.ehashpool.kit.sv2.admission.AddressRange;
import org.ehashpool.mint.api.socket.SocketConfig;

/** The public port's part of the configuration. */
public record PublicConfig(
        @Description("Where wallets connect. There is no TLS here: put a proxy in front that has it.")
        @Default("127.0.0.1:3338")
        HostPort listen,

        @Description("Proxies, as addresses or CIDR ranges, whose X-Forwarded-For is believed.") @Default("[]")
        List<String> trustedProxies,

        @Description("The largest body of a request.") @Default("2MiB") @Range(min = "1KiB", max = "64MiB")
        ByteSize maxBody,

        @Description("What the bodies of all requests may take at a time.")
        @Default("256MiB")
        @Range(min = "1MiB", max = "16GiB")
        ByteSize maxBodies,

        @Description("Connections at a time; one more is closed.") @Default("4096") @Range(min = "1", max = "65536")
        int maxConnections,

        @Description("Connections at a time from one address, or IPv6 /64, that is no trusted proxy.")
        @Default("256")
        @Range(min = "1", max = "65536")
        int maxConnectionsPerAddress,

        @Description("Requests per second from one address in the long run; a large one counts for several.")
        @Default("50")
        @Range(min = "1", max = "1000000")
        int requestsPerSecond,

        @Description("Requests at once from one address after a pause.")
        @Default("500")
        @Range(min = "1", max = "1000000")
        int requestBurst,

        @Description("How long a request may take to arrive in full.")
        @Default("10s")
        @Range(min = "100ms", max = "10m")
        Duration requestTimeout,

        @Description("How long a connection may be without a request, and a WebSocket without a sign of life.")
        @Default("60s")
        @Range(min = "300ms", max = "1h")
        Duration idleTimeout,

        @Description("How long requests may take to end when the service stops.")
        @Default("10s")
        @Range(min = "0s", max = "10m")
        Duration drain,

        SocketConfig websocket) {

    /** With the list as it is now; each entry is an address or a range. */
    public PublicConfig {
        trustedProxies = List.copyOf(trustedProxies);
        trustedProxies.forEach(AddressRange::parse);
    }

    /** Whether only this machine reaches the port. */
    public boolean isLoopback() {
        if (listen.host().equals("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(listen.host()).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    List<AddressRange> proxies() {
        return trustedProxies.stream().map(AddressRange::parse).toList();
    }

    ConnectionLimits connectionLimits() {
        List<AddressRange> proxies = proxies();
        return new ConnectionLimits(
                maxConnections,
                maxConnectionsPerAddress,
                address -> proxies.stream().anyMatch(range -> range.contains(address)),
                requestTimeout,
                idleTimeout);
    }
}
