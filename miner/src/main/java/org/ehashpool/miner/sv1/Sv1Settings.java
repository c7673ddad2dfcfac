package org.ehashpool.miner.sv1;

import java.time.Duration;
import java.util.List;
import org.ehashpool.kit.sv2.upstream.ReconnectSettings;

/**
 * How to mine over Stratum V1.
 *
 * @param pools where, the preferred one first
 * @param agent what we say we are
 * @param user who is paid
 * @param password as the pool wants it
 * @param reconnect delays
 * @param setupDeadline how long a server may take until it knows us
 * @param silence how long a server may send nothing
 */
public record Sv1Settings(
        List<Sv1Url> pools,
        String agent,
        String user,
        String password,
        ReconnectSettings reconnect,
        Duration setupDeadline,
        Duration silence) {
    private static final Duration SETUP_DEADLINE = Duration.ofSeconds(15);
    private static final Duration SILENCE = Duration.ofMinutes(10);

    /** With the list as it is now. */
    public Sv1Settings {
        pools = List.copyOf(pools);
    }

    /** With the usual delays. */
    public static Sv1Settings of(List<Sv1Url> pools, String agent, String user, String password) {
        return new Sv1Settings(pools, agent, user, password, ReconnectSettings.DEFAULT, SETUP_DEADLINE, SILENCE);
    }

    /** The same with other delays. */
    public Sv1Settings withDelays(ReconnectSettings delays, Duration setup, Duration quiet) {
        return new Sv1Settings(pools, agent, user, password, delays, setup, quiet);
    }
}
