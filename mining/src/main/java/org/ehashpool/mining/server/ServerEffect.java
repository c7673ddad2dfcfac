package org.ehashpool.mining.server;

import org.ehashpool.mining.header.BlockHeader;
import org.ehashpool.mining.job.JobOrigin;
import org.ehashpool.mining.share.AssignedJob;
import org.ehashpool.mining.share.ShareError;
import org.ehashpool.mining.share.Submission;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.TemplateDistribution.SubmitSolution;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.sv2.type.U32;

/** Something to be done, in the order given. */
public sealed interface ServerEffect {
    /**
     * Send a message. Messages to groups about templates are the same objects on every connection.
     *
     * @param message what
     */
    record Send(Mining.FromServer message) implements ServerEffect {}

    /**
     * Submit a block, before anything else.
     *
     * @param channelId who found it
     * @param hash its hash
     * @param origin where its job came from
     * @param header its header
     * @param coinbase its coinbase transaction, with BIP 141 fields if it has them
     * @param extranonce the whole extranonce in it
     */
    record BlockFound(
            @U32 long channelId, U256 hash, JobOrigin origin, BlockHeader header, Bytes coinbase, Bytes extranonce)
            implements ServerEffect {
        /** The message to the provider of this template (section 7.7). */
        public SubmitSolution solution(JobOrigin.Template template) {
            return new SubmitSolution(template.templateId(), header.version(), header.time(), header.nonce(), coinbase);
        }
    }

    /**
     * Record a share. Shares of a channel are to be recorded in the order of these effects, and then to be reported in
     * that order to {@link ServerChannels#recorded} or {@link ServerChannels#notRecorded}.
     *
     * @param submission as it came
     * @param hash its hash
     * @param job its job, whose target says what it is worth, and which says whether it may be paid for at all
     * @param userIdentity the channel's
     */
    record ShareAccepted(Submission submission, U256 hash, AssignedJob job, Text userIdentity) implements ServerEffect {
        /** Whether it may be paid for: see {@link AssignedJob#creditable}. */
        public boolean creditable() {
            return job.creditable();
        }
    }

    /**
     * Count a share that was refused; the client is told by a {@link Send} of its own.
     *
     * @param submission as it came
     * @param error why
     */
    record ShareRejected(Submission submission, ShareError error) implements ServerEffect {}

    /**
     * A channel was opened.
     *
     * @param channel what it is
     */
    record ChannelOpened(ChannelStatus channel) implements ServerEffect {}

    /**
     * A channel was closed.
     *
     * @param channelId which
     * @param reason why
     */
    record ChannelClosed(@U32 long channelId, Text reason) implements ServerEffect {}

    /**
     * A channel's share target changed; the client is told by a {@link Send} of its own.
     *
     * @param channel what it is now
     */
    record TargetChanged(ChannelStatus channel) implements ServerEffect {}
}
