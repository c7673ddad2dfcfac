package org.ehashpool.mining.server;

import org.ehashpool.sv2.type.Text;

/** Why a channel is not opened or not changed, with the code for {@code OpenMiningChannel.Error} and {@code UpdateChannel.Error}. */
public enum ChannelError {
    /** The connection wants custom jobs, which standard channels cannot take. */
    STANDARD_CHANNELS_NOT_SUPPORTED("standard-channels-not-supported-for-custom-work"),
    /** The connection wants standard jobs only. */
    EXTENDED_CHANNELS_NOT_SUPPORTED("extended-channels-not-supported-for-standard-jobs"),
    /** The hash rate is negative, infinite or no number. */
    INVALID_NOMINAL_HASH_RATE("invalid-nominal-hashrate"),
    /** No hash meets the maximum target. */
    MAX_TARGET_OUT_OF_RANGE("max-target-out-of-range"),
    /** More bytes of extranonce are wanted than there are. */
    MIN_EXTRANONCE_SIZE_TOO_LARGE("min-extranonce-size-too-large"),
    /** The pool does not know the user. */
    UNKNOWN_USER("unknown-user"),
    /** The user's name is malformed. */
    INVALID_USER_IDENTITY("invalid-user-identity"),
    /** The key to be paid is no curve point. */
    INVALID_LOCKING_KEY("invalid-locking-key"),
    /** The connection has as many channels as it may. */
    TOO_MANY_CHANNELS("too-many-channels"),
    /** No search space is left until the next block. */
    EXTRANONCE_EXHAUSTED("extranonce-exhausted"),
    /** No such channel. */
    INVALID_CHANNEL_ID("invalid-channel-id");

    private final String code;

    ChannelError(String code) {
        this.code = code;
    }

    /** As it is sent. */
    public Text code() {
        return Text.of(code);
    }
}
