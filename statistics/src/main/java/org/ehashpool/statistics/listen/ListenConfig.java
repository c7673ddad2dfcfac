package org.ehashpool.statistics.listen;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.ehashpool.kit.config.ByteSize;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.config.HostPort;
import org.ehashpool.kit.config.Range;

/** Where services tell. */
public record ListenConfig(
        @Description("Where services connect. Beyond loopback with TLS only: tokens are told here.")
        @Default("127.0.0.1:4000")
        HostPort address,

        @Description("The certificate, with its chain, in PEM.")
        Optional<Path> certificate,

        @Description("The certificate's private key, in PEM.")
        Optional<Path> key,

        @Description("Connections at a time; one more is closed.") @Default("64") @Range(min = "1", max = "4096")
        int maxConnections,

        @Description("Connections at a time from one address, or IPv6 /64.")
        @Default("32")
        @Range(min = "1", max = "4096")
        int maxConnectionsPerAddress,

        @Description("Connects per second from one address in the long run.")
        @Default("10")
        @Range(min = "1", max = "10000")
        int connectsPerSecond,

        @Description("How long a connection may take to say who it is.")
        @Default("10s")
        @Range(min = "100ms", max = "10m")
        Duration handshakeTimeout,

        @Description("How long a sender may be silent; its heartbeats come every five seconds.")
        @Default("60s")
        @Range(min = "1s", max = "1h")
        Duration idleTimeout,

        @Description("What a connection may have told that is not yet written; then it is not read.")
        @Default("4MiB")
        @Range(min = "128KiB", max = "64MiB")
        ByteSize buffer) {

    /** TLS wherever others than this machine can listen. */
    public ListenConfig {
        if (certificate.isPresent() != key.isPresent()) {
            throw new IllegalArgumentException("certificate and key together, or none of them");
        }
        if (certificate.isEmpty() && !isLoopback(address.host())) {
            throw new IllegalArgumentException("a certificate and a key where address is not on loopback:"
                    + " without TLS the tokens would be told to the network");
        }
    }

    private static boolean isLoopback(String host) {
        if (host.equals("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
