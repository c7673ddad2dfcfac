package org.ehashpool.translator.upstream;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ehashpool.kit.sv2.Sv2Client.Destination;
import org.ehashpool.noise.certificate.Sv2Url;
import org.ehashpool.noise.curve.CurveSelection;
import org.ehashpool.noise.curve.Secp256k1;
import org.ehashpool.sv2.type.Bytes;

/**
 * All that this half of the translator is told.
 *
 * @param upstreams the pools, the preferred one first
 * @param channels how miners share channels
 * @param vardiff what pools are told of hash rates
 * @param failover when another pool is tried
 * @param wallet who is paid for miners whose names are no keys
 */
public record UpstreamsConfig(
        List<UpstreamConfig> upstreams,
        ChannelsConfig channels,
        VardiffConfig vardiff,
        FailoverConfig failover,
        WalletConfig wallet) {

    private static final int MOST = 16;

    /**
     * A configuration.
     *
     * @throws IllegalArgumentException in words for the operator
     */
    public UpstreamsConfig {
        upstreams = List.copyOf(upstreams);
        if (upstreams.isEmpty()) {
            throw new IllegalArgumentException(
                    "at least one [[upstreams]] with a url, as stratum2+tcp://HOST:PORT/KEY; a pool shows its URL when"
                            + " it starts");
        }
        if (upstreams.size() > MOST) {
            throw new IllegalArgumentException("at most " + MOST + " upstreams, not " + upstreams.size());
        }
        Secp256k1 curve = CurveSelection.select(new SecureRandom()).curve();
        Set<String> different = new HashSet<>();
        for (UpstreamConfig upstream : upstreams) {
            Sv2Url url = Sv2Url.parse(upstream.url(), curve);
            if (!different.add(url + " " + upstream.identity())) {
                throw new IllegalArgumentException("each upstream once, " + upstream.url() + " is there twice");
            }
            if (channels.mode() == ChannelsConfig.Mode.AGGREGATED
                    && upstream.identity().isEmpty()) {
                throw new IllegalArgumentException("an identity for " + upstream.url()
                        + ": with channels.mode = aggregated all miners share one channel, which has one name");
            }
        }
        Optional<Bytes> key = wallet.key();
        if (key.isPresent()
                && !curve.isXOnlyPublicKey(
                        key.get().slice(1, key.get().length() - 1).toByteArray())) {
            throw new IllegalArgumentException("a locking_key that is a point of the curve");
        }
    }

    /** Where to connect, the preferred one first. */
    List<Destination> destinations(Secp256k1 curve) {
        return upstreams.stream()
                .map(upstream -> Destination.of(Sv2Url.parse(upstream.url(), curve)))
                .toList();
    }
}
