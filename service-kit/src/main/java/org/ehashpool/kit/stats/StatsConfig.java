package org.ehashpool.kit.stats;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.ehashpool.kit.config.ByteSize;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.config.Range;
import org.ehashpool.kit.config.Secret;

/** Whom a service tells what happens to it. */
public record StatsConfig(
        @Description(
                "The statistics service: tls://HOST:PORT, or tcp://HOST:PORT on loopback. Nobody is told without it.")
        Optional<URI> url,

        @Description("Shows the statistics service that this is the instance it claims to be.")
        Optional<Secret> token,

        @Description("Certificates in PEM that the statistics service's own must lead to; the system's without it.")
        Optional<Path> trust,

        @Description("Where this service's health and state are served, for the statistics service to ask; "
                + "the address of its HTTP server without it.")
        Optional<URI> endpoint,

        @Description(
                "Where events wait until they are acknowledged; otherwise in $EHASH_HOME, by service and instance.")
        Optional<Path> spool,

        @Description("The most that may wait there; the oldest are dropped then, and declared.")
        @Default("1GiB")
        @Range(min = "1MiB", max = "1TiB")
        ByteSize spoolSize,

        @Description("Events that may wait in memory for the disk.")
        @Default("16384")
        @Range(min = "16", max = "1048576")
        int queue) {

    /** With an address that is safe to talk to. */
    public StatsConfig {
        url.ifPresent(StatsConfig::check);
        if (url.isPresent() && token.isEmpty()) {
            throw new IllegalArgumentException("a token for the statistics service");
        }
    }

    /** One that tells nobody. */
    public static StatsConfig off() {
        return new StatsConfig(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new ByteSize(1 << 30),
                16_384);
    }

    private static void check(URI url) {
        String scheme = String.valueOf(url.getScheme());
        if (url.getHost() == null || url.getPort() < 1 || !(scheme.equals("tls") || scheme.equals("tcp"))) {
            throw new IllegalArgumentException("a url of the form tls://HOST:PORT or tcp://HOST:PORT");
        }
        if (scheme.equals("tcp") && !isLoopback(url.getHost())) {
            throw new IllegalArgumentException("a tls:// url: without TLS the token would be told to the network");
        }
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.[0-9]{1,3}){3}");
    }
}
