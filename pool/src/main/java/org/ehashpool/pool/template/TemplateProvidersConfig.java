package org.ehashpool.pool.template;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ehashpool.kit.config.ByteSize;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.config.HostPort;
import org.ehashpool.kit.config.Range;
import org.ehashpool.kit.sv2.Sv2Client.Destination;
import org.ehashpool.noise.certificate.Sv2Url;
import org.ehashpool.noise.curve.CurveSelection;
import org.ehashpool.noise.curve.Secp256k1;

/** Where templates come from. */
public record TemplateProvidersConfig(
        @Description(
                "Template providers, the preferred one first: stratum2+tcp://HOST:PORT/KEY, where KEY is the authority's public key.")
        @Default("[]")
        List<String> urls,

        @Description(
                "Allow URLs without a key. Whoever answers there decides what is mined: for a provider on the same machine only.")
        @Default("false")
        boolean unauthenticated,

        @Description("How long a preferred provider must have worked well before it is used again.")
        @Default("1m")
        @Range(min = "0s", max = "1d")
        Duration failbackDelay,

        @Description(
                "After so long without a template a provider is stale: another one is used, or the pool is not ready.")
        @Default("30m")
        @Range(min = "10s", max = "7d")
        Duration stalenessLimit,

        @Description("How long a provider may lack a block that another one shows without proof of its work.")
        @Default("30s")
        @Range(min = "1s", max = "1h")
        Duration behindLimit,

        @Description(
                "Keep the transactions of the templates worked on, so that a found block can be put together here.")
        @Default("true")
        boolean keepTransactions,

        @Description("The most memory for them.") @Default("64MiB") @Range(min = "4MiB", max = "8GiB")
        ByteSize transactionMemory) {

    private static final String SCHEME = "stratum2+tcp://";
    private static final int MOST = 16;

    /**
     * A configuration.
     *
     * @throws IllegalArgumentException in words for the operator
     */
    public TemplateProvidersConfig {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new IllegalArgumentException(
                    "at least one template provider in urls, for instance [\"stratum2+tcp://127.0.0.1:18447/KEY\"]; a"
                            + " template provider shows its URL when it starts");
        }
        if (urls.size() > MOST) {
            throw new IllegalArgumentException("at most " + MOST + " template providers, not " + urls.size());
        }
        Secp256k1 curve = CurveSelection.select(new SecureRandom()).curve();
        Set<Destination> different = new HashSet<>();
        for (String url : urls) {
            if (!different.add(destination(url, unauthenticated, curve))) {
                throw new IllegalArgumentException("each template provider once, " + url + " is there twice");
            }
        }
    }

    /** Where to connect, the preferred one first. */
    List<Destination> destinations(Secp256k1 curve) {
        return urls.stream()
                .map(url -> destination(url, unauthenticated, curve))
                .toList();
    }

    private static Destination destination(String url, boolean unauthenticated, Secp256k1 curve) {
        String address = url.startsWith(SCHEME) ? url.substring(SCHEME.length()) : url;
        boolean keyless = url.startsWith(SCHEME) && (address.indexOf('/') < 0 || address.endsWith("/"));
        if (!keyless) {
            return Destination.of(Sv2Url.parse(url, curve));
        }
        if (!unauthenticated) {
            throw new IllegalArgumentException("the authority's public key in " + url
                    + ", as in stratum2+tcp://HOST:PORT/KEY; or unauthenticated = true, to believe whoever answers");
        }
        HostPort place = HostPort.parse(address.endsWith("/") ? address.substring(0, address.length() - 1) : address);
        return Destination.unauthenticated(place.host(), place.port());
    }
}
