package org.ehashpool.mining.client;

import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.job.Job;
import org.ehashpool.mining.share.AssignedJob;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.Mining.SubmitSharesError;
import org.ehashpool.sv2.message.Mining.SubmitSharesSuccess;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U32;

/** What a message from the server means, in the order given. */
public sealed interface ClientEffect {
    /**
     * A channel was opened; work follows.
     *
     * @param requestId of the request
     * @param channel what it is
     */
    record Opened(@U32 long requestId, ClientChannelStatus channel) implements ClientEffect {}

    /**
     * A channel was not opened.
     *
     * @param requestId of the request
     * @param errorCode why
     */
    record OpenRefused(@U32 long requestId, Text errorCode) implements ClientEffect {}

    /**
     * Mine on this from now.
     *
     * @param channelId the channel
     * @param work the job and all that belongs to it
     * @param onlyValid whether shares for the jobs before are refused from now on
     */
    record WorkChanged(@U32 long channelId, AssignedJob work, boolean onlyValid) implements ClientEffect {}

    /**
     * Stop mining: the previous hash changed, and the channel has no job for the new one.
     *
     * @param channelId the channel
     */
    record WorkLost(@U32 long channelId) implements ClientEffect {}

    /**
     * A job for later.
     *
     * @param channelId the channel
     * @param job it
     */
    record FutureJob(@U32 long channelId, Job job) implements ClientEffect {}

    /**
     * The share target of jobs to come.
     *
     * @param channelId the channel
     * @param target it
     */
    record TargetChanged(@U32 long channelId, Target target) implements ClientEffect {}

    /**
     * The extranonce prefix of jobs to come.
     *
     * @param channelId the channel
     * @param extranoncePrefix it
     */
    record PrefixChanged(@U32 long channelId, Bytes extranoncePrefix) implements ClientEffect {}

    /**
     * Shares count.
     *
     * @param message which
     */
    record SharesAccepted(SubmitSharesSuccess message) implements ClientEffect {}

    /**
     * A share does not.
     *
     * @param message which, and why
     */
    record ShareRefused(SubmitSharesError message) implements ClientEffect {}

    /**
     * An update of a channel was refused.
     *
     * @param channelId the channel
     * @param errorCode why
     */
    record UpdateRefused(@U32 long channelId, Text errorCode) implements ClientEffect {}

    /**
     * The server pays for a job of ours.
     *
     * @param channelId the channel
     * @param requestId of the request
     * @param work the job under the server's number, to mine on from now
     */
    record CustomJobAccepted(@U32 long channelId, @U32 long requestId, AssignedJob work) implements ClientEffect {}

    /**
     * The server does not.
     *
     * @param channelId the channel
     * @param requestId of the request
     * @param errorCode why
     */
    record CustomJobRefused(@U32 long channelId, @U32 long requestId, Text errorCode) implements ClientEffect {}

    /**
     * A channel is gone.
     *
     * @param channelId the channel
     * @param reason why
     */
    record Closed(@U32 long channelId, Text reason) implements ClientEffect {}

    /**
     * A message that concerns nothing we have; worth a line in a log, no more: it may have crossed one of ours.
     *
     * @param message it
     */
    record Ignored(Mining.FromServer message) implements ClientEffect {}

    /**
     * The server broke the specification in a way that leaves us without valid work: leave it.
     *
     * @param message with which message
     * @param reason how
     */
    record Violation(Mining.FromServer message, String reason) implements ClientEffect {}
}
