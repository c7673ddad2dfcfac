package org.ehashpool.translator.upstream;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.ehashpool.mining.client.ClientChannels;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.share.AssignedJob;
import org.ehashpool.mining.share.SeenShares;
import org.ehashpool.mining.share.ShareError;
import org.ehashpool.mining.share.ShareGate;
import org.ehashpool.mining.share.ShareValidator;
import org.ehashpool.mining.share.ShareVerdict;
import org.ehashpool.mining.share.Submission;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.Mining.SubmitSharesExtended;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U32;
import org.ehashpool.translator.upstream.ShareBook.Settlement;
import org.ehashpool.translator.upstream.UpstreamChannel.Submitted;
import org.ehashpool.translator.work.MinedShare;
import org.ehashpool.translator.work.ShareOutcome;
import org.ehashpool.translator.work.ShareRefusal;

/** Where a session's shares are judged, and where their outcomes reach the miners. */
final class ShareDesk {
    /** Shares that all miners of a shared channel have between two blocks. */
    private static final int SHARED_LIMIT = 1 << 21;

    /** Within these walls: there is no room to keep the share until it is answered. */
    private static final ShareError TOO_MANY = ShareError.STORAGE_UNAVAILABLE;

    private static final ShareOutcome.Refused TOO_MANY_UNANSWERED =
            new ShareOutcome.Refused(ShareRefusal.OTHER, "too-many-unanswered");
    private static final String OUT_OF_TIME = "the pool did not answer in time";

    private final SessionTerms terms;
    private final ClientChannels channels;
    private final ShareValidator validator;
    private final ShareFigures figures;
    private final UpstreamEvents events;

    ShareDesk(
            SessionTerms terms,
            ClientChannels channels,
            ShareValidator validator,
            ShareFigures figures,
            UpstreamEvents events) {
        this.terms = terms;
        this.channels = channels;
        this.validator = validator;
        this.figures = figures;
        this.events = events;
    }

    /** Who is to judge a share. */
    sealed interface Judgement {}

    /** It is refused here. */
    record Here(ShareOutcome.Refused refused) implements Judgement {}

    /** Upstream, by this message. */
    record There(SubmitSharesExtended message) implements Judgement {}

    /** The most shares of a channel that are told from duplicates. */
    int mostSeen() {
        return terms.aggregated() ? SHARED_LIMIT : SeenShares.DEFAULT_LIMIT;
    }

    /** Judges a share. Whatever is a block goes upstream, with whatever fault. */
    Judgement judge(UpstreamChannel channel, AssignedJob job, MinerPlace place, MinedShare share, Moment now) {
        @U32 long jobId = job.job().id();
        Bytes extranonce = channel.issued.extranonce(place.extranonce(), share.extranonce2());
        Submission submission =
                new Submission(channel.id, 0, jobId, share.nonce(), share.time(), share.version(), extranonce);
        if (channels.work(channel.id, jobId).filter(valid -> valid == job).isEmpty()) {
            return job.tip().networkTarget().isMetBy(validator.hash(submission, job))
                    ? block(submission, share)
                    : new Here(Refusals.of(ShareError.STALE_SHARE));
        }
        ShareGate gate = (submitted, assigned) -> gate(channel, place, submitted, assigned);
        return switch (validator.validate(submission, job, channel.seen, now.epochSeconds(), gate)) {
            case ShareVerdict.Accepted(var hash, var of, boolean block) ->
                block ? block(submission, share) : there(submission);
            case ShareVerdict.Rejected(ShareError error) ->
                new Here(error == TOO_MANY ? TOO_MANY_UNANSWERED : Refusals.of(error));
            case ShareVerdict.RejectedBlock rejected -> block(submission, share);
        };
    }

    private Optional<ShareError> gate(UpstreamChannel channel, MinerPlace place, Submission share, AssignedJob job) {
        if (channel.issued.fixedVersion() && share.version() != job.job().version()) {
            return Optional.of(ShareError.VERSION_ROLLING_NOT_ALLOWED);
        }
        return place.unanswered() >= terms.channels().unanswered() ? Optional.of(TOO_MANY) : Optional.empty();
    }

    private Judgement block(Submission submission, MinedShare share) {
        events.blockFound(terms.name(), share.who().username());
        return there(submission);
    }

    private Judgement there(Submission share) {
        Optional<Mining.FromClient> message = channels.submitRegardless(
                share.channelId(), share.jobId(), share.nonce(), share.time(), share.version(), share.extranonce());
        return message.isPresent() && message.get() instanceof SubmitSharesExtended submit
                ? new There(submit)
                : new Here(Refusals.of(ShareError.BAD_EXTRANONCE_SIZE));
    }

    /** A share is on its way. */
    void submitted(
            UpstreamChannel channel,
            SubmitSharesExtended message,
            MinerPlace place,
            Consumer<ShareOutcome> answer,
            Target target,
            Moment now) {
        place.submitted();
        channel.book.submitted(
                message.sequenceNumber(),
                new Submitted(place, answer, target),
                now.nanos() + terms.confirmation().toNanos());
    }

    /**
     * Tells the miners what became of their shares.
     *
     * @param code upstream's, of the share that it refused
     */
    void settle(UpstreamChannel channel, List<Settlement<Submitted>> settlements, String code, Moment now) {
        for (Settlement<Submitted> settlement : settlements) {
            Submitted share = settlement.share();
            switch (settlement) {
                case ShareBook.Accepted<Submitted>(var of, boolean late) -> {
                    share.place().accepted(share.target(), now);
                    figures.work(terms.index(), share.target().work());
                    if (late) {
                        figures.late(true);
                    } else {
                        figures.accepted();
                        answer(share, new ShareOutcome.Accepted());
                    }
                }
                case ShareBook.Refused<Submitted>(var of, boolean late) -> {
                    events.shareRefused(terms.name(), channel.id, code);
                    if (late) {
                        figures.late(false);
                    } else {
                        ShareOutcome.Refused refused = Refusals.of(code);
                        figures.refused(refused.reason());
                        answer(share, refused);
                    }
                }
                case ShareBook.Unconfirmed<Submitted> unconfirmed -> unconfirmed(share, OUT_OF_TIME);
            }
        }
    }

    /** Gives up the shares whose time is over. */
    void expire(UpstreamChannel channel, Moment now) {
        List<Settlement<Submitted>> settlements = channel.book.expire(now.nanos());
        if (!settlements.isEmpty()) {
            events.unconfirmed(terms.name(), channel.id, settlements.size());
            settle(channel, settlements, "", now);
        }
    }

    /** Nobody will answer: the channel is gone. */
    void abandon(UpstreamChannel channel, String why) {
        channel.book.abandon().forEach(settlement -> unconfirmed(settlement.share(), why));
    }

    private void unconfirmed(Submitted share, String why) {
        figures.unconfirmed();
        answer(share, new ShareOutcome.Unconfirmed(why));
    }

    private static void answer(Submitted share, ShareOutcome outcome) {
        share.place().answered();
        if (!share.place().hasLeft()) {
            share.answer().accept(outcome);
        }
    }
}
