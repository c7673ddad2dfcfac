package org.ehashpool.translator.upstream;

import java.time.Duration;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.config.Range;

/** A pool to mine for. */
public record UpstreamConfig(
        @Description("The pool: stratum2+tcp://HOST:PORT/KEY, where KEY is the authority's public key.")
        String url,

        @Description(
                "Our account there; each worker's name is put behind it. Empty: the pool is told the miners' own names.")
        @Default("")
        String identity,

        @Description(
                "How long a miner's share waits for the pool's answer before it counts as unconfirmed; longer where the"
                        + " pool answers once for many shares.")
        @Default("30s")
        @Range(min = "1s", max = "1h")
        Duration confirmation,

        @Description(
                "Leave the pool when its blocks would not pay the address that the identity names: ADDRESS, sri/solo/ADDRESS"
                        + " or sri/donate/PERCENT/ADDRESS.")
        @Default("false")
        boolean verifyPayout) {

    /** The most bytes of an identity: its worker's name must find room behind it. */
    static final int LONGEST_IDENTITY = 200;

    /**
     * A configuration.
     *
     * @throws IllegalArgumentException in words for the operator
     */
    public UpstreamConfig {
        if (identity.length() > LONGEST_IDENTITY) {
            throw new IllegalArgumentException("identity of at most " + LONGEST_IDENTITY + " characters");
        }
        if (verifyPayout && PayoutCheck.of(identity).isEmpty()) {
            throw new IllegalArgumentException(
                    "verify_payout needs an identity that names an address: ADDRESS, sri/solo/ADDRESS or"
                            + " sri/donate/PERCENT/ADDRESS");
        }
    }
}
