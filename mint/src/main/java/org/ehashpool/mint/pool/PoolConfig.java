package org.ehashpool.mint.pool;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ehashpool.kit.config.Description;
import org.ehashpool.noise.certificate.Sv2Url;
import org.ehashpool.noise.curve.CurveSelection;
import org.ehashpool.noise.curve.Secp256k1;

/** One pool that the mint makes quotes for. */
public record PoolConfig(
        @Description(
                "The pool's port for mints, which it shows when it starts: stratum2+tcp://HOST:PORT/KEY, where KEY is the"
                        + " authority's public key.")
        String url) {

    private static final int MOST = 64;

    /**
     * The pools as addresses, in their order.
     *
     * @throws IllegalArgumentException in words for the operator
     */
    public static List<Sv2Url> addresses(List<PoolConfig> pools) {
        if (pools.size() > MOST) {
            throw new IllegalArgumentException("at most " + MOST + " pools, not " + pools.size());
        }
        Secp256k1 curve = CurveSelection.select(new SecureRandom()).curve();
        List<Sv2Url> addresses =
                pools.stream().map(pool -> Sv2Url.parse(pool.url(), curve)).toList();
        Set<Sv2Url> different = new HashSet<>();
        for (Sv2Url address : addresses) {
            if (!different.add(address)) {
                throw new IllegalArgumentException("each pool once, " + address + " is there twice");
            }
        }
        return addresses;
    }
}
