package org.ehashpool.poolstats.earnings;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.ehashpool.kit.config.Description;

/** A mint that may be asked. */
public record MintConfig(
        @Description("Where its wallets connect: https://HOST, or http:// on loopback.")
        URI url,

        @Description("Certificates in PEM that the mint's own must lead to; the system's without it.")
        Optional<Path> trust) {

    /** With an address that requests may be sent to. */
    public MintConfig {
        String scheme = String.valueOf(url.getScheme());
        if (!Set.of("http", "https").contains(scheme)
                || url.getHost() == null
                || url.getRawUserInfo() != null
                || url.getRawQuery() != null
                || url.getRawFragment() != null) {
            throw new IllegalArgumentException("a mint's URL like https://mint.example");
        }
        if (scheme.equals("http") && !isLoopback(url.getHost())) {
            throw new IllegalArgumentException(
                    "an https:// url: without TLS who listens could ask in the miner's name for some minutes");
        }
    }

    /** As pages show it and wallets are told it: without a slash at its end. */
    String text() {
        return url.toString().replaceAll("/+$", "");
    }

    private static boolean isLoopback(String host) {
        if (host.equals("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
