package org.ehashpool.translator.upstream;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.ehashpool.mining.client.ClientChannelStatus;
import org.ehashpool.mining.client.ClientChannels;
import org.ehashpool.mining.client.ClientEffect;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.job.Job;
import org.ehashpool.mining.share.AssignedJob;
import org.ehashpool.mining.share.ShareValidator;
import org.ehashpool.sv2.codec.Extensions;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.Mining.OpenExtendedMiningChannel;
import org.ehashpool.sv2.message.Tlv;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U32;
import org.ehashpool.translator.upstream.UpstreamChannel.Seat;
import org.ehashpool.translator.work.MinedShare;
import org.ehashpool.translator.work.ShareOutcome;
import org.ehashpool.translator.work.Work;

/** All that happens on one connection to an upstream, but the bytes: its channels, their work, the miners' shares. */
final class UpstreamSession {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int SLICES = 20;
    /** So many refusals in a row, and not one channel, are an answer. */
    private static final int HOPELESS = 32;

    private static final String MAX_TARGET_OUT_OF_RANGE = "max-target-out-of-range";
    private static final Set<String> NAME_CODES =
            Set.of("unknown-user", "invalid-user-identity", "invalid-locking-key", "unauthorized");

    private final SessionTerms terms;
    private final Outlet outlet;
    private final SessionListener listener;
    private final ShareFigures figures;
    private final UpstreamEvents events;
    private final ShareDesk shares;
    private final ClientChannels channels = new ClientChannels();
    private final Map<Long, UpstreamChannel> open = new HashMap<>();
    private final Map<MinerPlace, Seat> seats = new HashMap<>();
    private final Seat shared = new Seat();
    private final Openings<Seat> openings = new Openings<>();
    private final ChannelWishes wishes;
    private final long began;
    private Extensions granted;
    private String refusal = "";
    private int refusals;
    private int working;
    private int slice;
    private boolean accepted;
    private boolean over;

    /** What a session on trial has shown. */
    enum Trial {
        /** Nothing yet. */
        UNDECIDED,
        /** It can be mined for. */
        USEFUL,
        /** It gives no channels, or no work: see {@link #refusal}. */
        USELESS
    }

    UpstreamSession(
            SessionTerms terms,
            Extensions granted,
            Outlet outlet,
            SessionListener listener,
            ShareValidator validator,
            ShareFigures figures,
            UpstreamEvents events,
            Moment now) {
        this.terms = terms;
        this.granted = granted;
        this.outlet = outlet;
        this.listener = listener;
        this.figures = figures;
        this.events = events;
        this.shares = new ShareDesk(terms, channels, validator, figures, events);
        this.wishes = new ChannelWishes(terms, channels, shared);
        this.began = now.nanos();
    }

    SessionTerms terms() {
        return terms;
    }

    /** Extensions were negotiated anew. */
    void extensions(Extensions negotiated) {
        granted = negotiated;
    }

    Extensions extensions() {
        return granted;
    }

    /** Finds a place a channel. Its work is told the listener, now if there is some. */
    void join(MinerPlace place, Moment now) {
        Seat seat = terms.aggregated() ? shared : new Seat();
        seats.put(place, seat);
        seat.members.add(place);
        UpstreamChannel channel = seat.channel;
        if (channel == null) {
            openings.want(seat);
            pump(now);
        } else if (channel.working) {
            channel.issued.latest().ifPresent(issued -> listener.work(this, place, issued.work(), true));
        }
    }

    /** A miner left. What it had waiting stays unanswered. */
    void depart(MinerPlace place) {
        Seat seat = seats.remove(place);
        if (seat == null) {
            return;
        }
        seat.members.remove(place);
        if (seat != shared) {
            openings.forget(seat);
            UpstreamChannel channel = seat.channel;
            if (channel != null) {
                channels.close(channel.id, Text.of("the miner left"))
                        .ifPresent(message -> outlet.send(message, List.of()));
                discard(channel, "the miner left");
            }
        }
    }

    /** Asks for channels, as many as upstream can take now. */
    void pump(Moment now) {
        while (!over && outlet.isWritable()) {
            Optional<Seat> next = openings.next();
            if (next.isEmpty()) {
                return;
            }
            ask(next.get(), now);
        }
    }

    private void ask(Seat seat, Moment now) {
        Text name = wishes.owner(seat)
                .map(who -> terms.identities().ofChannel(who, granted))
                .orElseGet(terms.identities()::ofSharedChannel);
        OpenExtendedMiningChannel request = wishes.request(seat, name);
        openings.asked(request.requestId(), seat, now.nanos());
        outlet.send(request, terms.identities().behindOpen(wishes.key(seat), granted));
    }

    /** Takes in a message. */
    void receive(Mining.FromServer message, Moment now) {
        for (ClientEffect effect : channels.receive(message)) {
            if (over) {
                return;
            }
            react(effect, now);
        }
    }

    private void react(ClientEffect effect, Moment now) {
        switch (effect) {
            case ClientEffect.Opened(long requestId, ClientChannelStatus status) -> opened(requestId, status, now);
            case ClientEffect.OpenRefused(long requestId, Text code) -> openRefused(requestId, code.printable(), now);
            case ClientEffect.WorkChanged(long channel, AssignedJob work, boolean onlyValid) ->
                of(channel, found -> begin(found, work, onlyValid));
            case ClientEffect.CustomJobAccepted(long channel, long requestId, AssignedJob work) -> figures.ignored();
            case ClientEffect.CustomJobRefused refused -> figures.ignored();
            case ClientEffect.FutureJob(long channel, Job job) -> check(job);
            case ClientEffect.WorkLost(long channel) ->
                of(channel, found -> stopped(found, "the pool has no job for the new block"));
            case ClientEffect.TargetChanged(long channel, Target target) -> of(channel, found -> found.target = target);
            case ClientEffect.PrefixChanged changed -> {
                // Each job has the prefix that it was sent under.
            }
            case ClientEffect.SharesAccepted(var message) ->
                of(
                        message.channelId(),
                        found -> shares.settle(
                                found,
                                found.book.accepted(message.lastSequenceNumber(), message.newSubmitsAcceptedCount()),
                                "",
                                now));
            case ClientEffect.ShareRefused(var message) ->
                of(
                        message.channelId(),
                        found -> shares.settle(
                                found,
                                found.book.refused(message.sequenceNumber()),
                                message.errorCode().printable(),
                                now));
            case ClientEffect.UpdateRefused(long channel, Text code) ->
                events.updateRefused(terms.name(), channel, code.printable());
            case ClientEffect.Closed(long channel, Text reason) -> closed(channel, reason.printable(), now);
            case ClientEffect.Ignored ignored -> figures.ignored();
            case ClientEffect.Violation(var message, String reason) ->
                leave("it broke the rules: " + reason + " ("
                        + message.getClass().getSimpleName() + ")");
        }
    }

    private void of(@U32 long channel, Consumer<UpstreamChannel> action) {
        UpstreamChannel found = open.get(channel);
        if (found != null) {
            action.accept(found);
        }
    }

    private void opened(@U32 long requestId, ClientChannelStatus status, Moment now) {
        Seat seat = openings.answered(requestId).orElseThrow();
        openings.opened(seat);
        refusals = 0;
        if (seat != shared && seat.members.isEmpty()) {
            channels.close(status.id(), Text.of("the miner left"))
                    .ifPresent(message -> outlet.send(message, List.of()));
        } else {
            UpstreamChannel channel = new UpstreamChannel(
                    status,
                    seat,
                    new IssuedWork(status.extranonceSize() - terms.channels().neededSize(), terms.fixedVersion()),
                    shares.mostSeen(),
                    wishes.told(seat, now));
            seat.channel = channel;
            open.put(channel.id, channel);
        }
        pump(now);
    }

    private void openRefused(@U32 long requestId, String code, Moment now) {
        Optional<Seat> asked = openings.answered(requestId);
        if (asked.isEmpty()) {
            return;
        }
        Seat seat = asked.get();
        if (code.equals(MAX_TARGET_OUT_OF_RANGE) && wishes.giveUp(seat)) {
            // The miner's doing, who may wish for what no pool grants: nothing is wrong with the pool.
            openings.again(seat);
            pump(now);
            return;
        }
        refusal = "no channel: " + code;
        refusals++;
        figures.channelRefused();
        events.channelRefused(terms.name(), code);
        boolean turnedAway = seat != shared && turnAway(seat, code);
        if (!turnedAway) {
            openings.retry(seat, now.nanos());
        }
        if (accepted && open.isEmpty() && !turnedAway) {
            leave(refusal);
        } else {
            pump(now);
        }
    }

    /** Whether whoever asked is gone, or is turned away for a name that the upstream does not know. */
    private boolean turnAway(Seat seat, String code) {
        if (seat.members.isEmpty()) {
            return true;
        }
        MinerPlace place = seat.members.iterator().next();
        if (!NAME_CODES.contains(code) || !listener.nameRefused(this, place, code)) {
            return false;
        }
        openings.forget(seat);
        seats.remove(place);
        return true;
    }

    private void check(Job job) {
        if (terms.payout().isPresent() && job instanceof Job.Extended extended) {
            terms.payout().get().fault(extended).ifPresent(this::leave);
        }
    }

    private void begin(UpstreamChannel channel, AssignedJob assigned, boolean onlyValid) {
        check(assigned.job());
        if (over || !(assigned.job() instanceof Job.Extended job)) {
            return;
        }
        Work work = channel.issued.issue(assigned, job);
        if (onlyValid) {
            channel.seen.clear();
            listener.previousHashChanged(this, work);
        }
        if (!channel.working) {
            channel.working = true;
            working++;
        }
        for (MinerPlace member : List.copyOf(channel.seat.members)) {
            listener.work(this, member, work, onlyValid);
        }
    }

    private void stopped(UpstreamChannel channel, String why) {
        channel.seen.clear();
        if (channel.working) {
            channel.working = false;
            working--;
            List.copyOf(channel.seat.members).forEach(member -> listener.workLost(this, member, why));
        }
    }

    private void closed(@U32 long id, String reason, Moment now) {
        UpstreamChannel channel = open.get(id);
        if (channel == null) {
            return;
        }
        events.channelClosed(terms.name(), id, reason);
        Seat seat = channel.seat;
        discard(channel, "the pool closed the channel: " + reason);
        if (seat == shared) {
            leave("it closed the channel: " + reason);
        } else {
            openings.retry(seat, now.nanos());
        }
    }

    private void discard(UpstreamChannel channel, String why) {
        open.remove(channel.id);
        channel.seat.channel = null;
        shares.abandon(channel, why);
        stopped(channel, why);
    }

    /**
     * Judges a share, and sends it if that is for upstream to do.
     *
     * @return whether its work came from here
     */
    boolean submit(MinerPlace place, MinedShare share, Consumer<ShareOutcome> answer, Moment now) {
        Seat seat = seats.get(place);
        UpstreamChannel channel = seat == null ? null : seat.channel;
        Optional<AssignedJob> job = channel == null ? Optional.empty() : channel.issued.find(share.work());
        if (channel == null || job.isEmpty()) {
            return false;
        }
        ShareDesk.Judgement judgement = shares.judge(channel, job.get(), place, share, now);
        switch (judgement) {
            case ShareDesk.Here(ShareOutcome.Refused refused) -> {
                figures.refusedHere(refused.reason());
                answer.accept(refused);
            }
            case ShareDesk.There(Mining.SubmitSharesExtended message) -> {
                shares.submitted(channel, message, place, answer, job.get().target(), now);
                List<Tlv> tlvs = terms.identities().behindShare(share.who(), granted);
                outlet.send(message, tlvs);
            }
        }
        return true;
    }

    /** Time passes. */
    void tick(Moment now) {
        slice = (slice + 1) % SLICES;
        for (UpstreamChannel channel : List.copyOf(open.values())) {
            shares.expire(channel, now);
            if (channel.id % SLICES == slice && open.get(channel.id) == channel) {
                wishes.news(channel, now).ifPresent(news -> outlet.send(news, List.of()));
            }
        }
        openings.wake(now.nanos());
        pump(now);
        if (accepted && working == 0 && openings.unansweredSince(now.nanos() - PATIENCE_NANOS)) {
            leave("no answer to the request for a channel");
        }
    }

    /** How it does so far; asked after every message and tick until it is decided. */
    Trial trial(Moment now) {
        if (over) {
            return Trial.USELESS;
        }
        if (working > 0 || seats.isEmpty()) {
            return Trial.USEFUL;
        }
        if (refusals >= HOPELESS || (openings.isQuiet() && open.isEmpty())) {
            return Trial.USELESS;
        }
        if (now.nanos() - began > PATIENCE_NANOS) {
            refusal = refusal.isEmpty() ? "no work within 10 s" : refusal;
            return Trial.USELESS;
        }
        return Trial.UNDECIDED;
    }

    /** Why it is useless. */
    String refusal() {
        return refusal;
    }

    /** The trial is over: it is what is mined for. */
    void accept() {
        accepted = true;
    }

    boolean isAccepted() {
        return accepted;
    }

    private void leave(String why) {
        if (!over) {
            over = true;
            refusal = why;
            outlet.leave(why);
        }
    }

    /** The connection has ended: nobody will answer any more. */
    void lost(String why) {
        over = true;
        for (UpstreamChannel channel : new ArrayList<>(open.values())) {
            discard(channel, why);
        }
    }

    /** What a place would mine on here. */
    Optional<Work> work(MinerPlace place) {
        Seat seat = seats.get(place);
        UpstreamChannel channel = seat == null ? null : seat.channel;
        return channel == null || !channel.working
                ? Optional.empty()
                : channel.issued.latest().map(IssuedWork.Issued::work);
    }

    int channelsOpen() {
        return open.size();
    }

    int channelsOpening() {
        return openings.wanted();
    }

    /** Shares whose answers are waited for. */
    int unanswered() {
        return open.values().stream()
                .mapToInt(channel -> channel.book.waiting())
                .sum();
    }
}
