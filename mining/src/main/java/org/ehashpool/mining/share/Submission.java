package org.ehashpool.mining.share;

import org.ehashpool.sv2.message.Mining.SubmitSharesExtended;
import org.ehashpool.sv2.message.Mining.SubmitSharesStandard;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U32;

/**
 * A share as it was submitted, on either kind of channel.
 *
 * @param channelId the channel
 * @param sequenceNumber the client's number for it
 * @param jobId the job worked on
 * @param nonce the header's nonce
 * @param time the header's time
 * @param version the header's version
 * @param extranonce what follows the channel's prefix; empty on a standard channel
 */
public record Submission(
        @U32 long channelId,
        @U32 long sequenceNumber,
        @U32 long jobId,
        @U32 long nonce,
        @U32 long time,
        @U32 long version,
        Bytes extranonce) {

    /** On a standard channel. */
    public static Submission of(SubmitSharesStandard message) {
        return new Submission(
                message.channelId(),
                message.sequenceNumber(),
                message.jobId(),
                message.nonce(),
                message.ntime(),
                message.version(),
                Bytes.EMPTY);
    }

    /** On an extended channel. */
    public static Submission of(SubmitSharesExtended message) {
        return new Submission(
                message.channelId(),
                message.sequenceNumber(),
                message.jobId(),
                message.nonce(),
                message.ntime(),
                message.version(),
                message.extranonce());
    }
}
