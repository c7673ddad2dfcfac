package org.ehashpool.miner.sv2;

import java.util.List;
import org.ehashpool.kit.sv2.ClientDescription;
import org.ehashpool.kit.sv2.upstream.ReconnectSettings;
import org.ehashpool.noise.certificate.Sv2Url;

/**
 * How to mine over Stratum V2.
 *
 * @param pools where, the preferred one first
 * @param self what we say we are
 * @param plan what is asked of a pool
 * @param nominalHashRate hashes per second, said before any were counted
 * @param reconnect delays
 */
public record Sv2Settings(
        List<Sv2Url> pools,
        ClientDescription self,
        ChannelPlan plan,
        double nominalHashRate,
        ReconnectSettings reconnect) {
    /** With the list as it is now. */
    public Sv2Settings {
        pools = List.copyOf(pools);
    }
}
