package org.ehashpool.mining.share;

import org.ehashpool.sv2.type.Text;

/** Why a share does not count, with the code for {@code SubmitShares.Error}. */
public enum ShareError {
    /** No such channel on this connection, or one of the other kind. */
    INVALID_CHANNEL_ID("invalid-channel-id"),
    /** The job was valid once. */
    STALE_SHARE("stale-share"),
    /** No such job on this channel. */
    INVALID_JOB_ID("invalid-job-id"),
    /** The extranonce is not as long as the channel's. */
    BAD_EXTRANONCE_SIZE("bad-extranonce-size"),
    /** The header's time is out of bounds. */
    INVALID_SHARE("invalid-share"),
    /** The version differs from a job's that does not allow it. */
    VERSION_ROLLING_NOT_ALLOWED("version-rolling-not-allowed"),
    /** A bit of the version differs that BIP 323 does not set free. */
    INVALID_NON_ROLLABLE_VERSION_BIT("invalid-non-rollable-version-bit"),
    /** The same header counted already. */
    DUPLICATE_SHARE("duplicate-share"),
    /** The hash is above the job's target. */
    DIFFICULTY_TOO_LOW("difficulty-too-low"),
    /** So many shares counted under this previous hash that no more can be told from duplicates. */
    SHARE_LIMIT_REACHED("share-limit-reached"),
    /** The key to be paid is no curve point. */
    INVALID_LOCKING_KEY("invalid-locking-key"),
    /** The share cannot be recorded now. */
    STORAGE_UNAVAILABLE("storage-unavailable");

    private final String code;

    ShareError(String code) {
        this.code = code;
    }

    /** As it is sent. */
    public Text code() {
        return Text.of(code);
    }
}
