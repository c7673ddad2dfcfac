package org.ehashpool.mining.server;

import org.ehashpool.sv2.type.Text;

/** Why a custom job is refused, with the code for {@code SetCustomMiningJob.Error}. */
public enum CustomJobError {
    /** The server, or this connection, has no job declaration. */
    NOT_SUPPORTED("jd-not-supported"),
    /** No such extended channel or group. */
    INVALID_CHANNEL_ID("invalid-channel-id"),
    /** The token is unknown, used up or someone else's. */
    INVALID_TOKEN("invalid-mining-job-token"),
    /** The declaration has not been checked yet. */
    NOT_YET_VALIDATED("job-not-yet-validated"),
    /** The previous hash is not the present one. */
    STALE_CHAIN_TIP("stale-chain-tip"),
    /** The smallest time is out of bounds. */
    INVALID_MIN_NTIME("invalid-min-ntime"),
    /** The bits are not the network's. */
    INVALID_NBITS("invalid-nbits"),
    /** The version is not as declared. */
    INVALID_VERSION("invalid-version"),
    /** The coinbase transaction cannot be made, or not as declared. */
    INVALID_COINBASE_TX("invalid-coinbase-tx"),
    /** The coinbase script is too long, or does not begin with the height. */
    INVALID_COINBASE_PREFIX("invalid-coinbase-prefix"),
    /** The outputs are malformed, or do not pay as agreed. */
    INVALID_COINBASE_TX_OUTPUTS("invalid-coinbase-tx-outputs"),
    /** The path is longer than any block's, or not as declared. */
    INVALID_MERKLE_PATH("invalid-merkle-path"),
    /** Too many requests wait for an answer. */
    TOO_MANY_REQUESTS("too-many-requests");

    private final String code;

    CustomJobError(String code) {
        this.code = code;
    }

    /** As it is sent. */
    public Text code() {
        return Text.of(code);
    }
}
