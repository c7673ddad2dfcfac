package org.ehashpool.translator.upstream;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.ehashpool.mining.extranonce.ExtranonceAllocator;
import org.ehashpool.mining.extranonce.ExtranonceLayout;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.translator.work.MinedShare;
import org.ehashpool.translator.work.Miner;
import org.ehashpool.translator.work.Place;
import org.ehashpool.translator.work.ShareOutcome;
import org.ehashpool.translator.work.ShareRefusal;
import org.ehashpool.translator.work.Work;
import org.ehashpool.translator.work.WorkSource;

/**
 * All places, and the connections that have work for them: at most one that serves, one on trial, and a few whose last
 * answers are waited for. A place mines on the newest connection that has work for it, and goes back to an older one that
 * still has when the newer fails: nobody stands still while upstreams change.
 */
final class Roster implements WorkSource, SessionListener {
    private static final ShareOutcome.Refused NO_SUCH_WORK =
            new ShareOutcome.Refused(ShareRefusal.STALE, "stale-share");
    private static final ShareOutcome.Refused NO_UPSTREAM = new ShareOutcome.Refused(ShareRefusal.STALE, "no-upstream");

    private final ChannelsConfig channels;
    private final VardiffConfig vardiff;
    private final ExtranonceAllocator extranonces;
    private final ShareFigures figures;
    private final Supplier<Moment> clock;
    private final Set<MinerPlace> open = new LinkedHashSet<>();
    /** From the oldest. */
    private final List<UpstreamSession> sessions = new ArrayList<>();

    private final Set<UpstreamSession> retiring = new LinkedHashSet<>();
    /** What each connection had first of the block it builds on. */
    private final Map<UpstreamSession, Work> tips = new HashMap<>();

    private int admitted;

    Roster(ChannelsConfig channels, VardiffConfig vardiff, ShareFigures figures, Supplier<Moment> clock) {
        this.channels = channels;
        this.vardiff = vardiff;
        this.figures = figures;
        this.clock = clock;
        extranonces = ExtranonceAllocator.of(
                new ExtranonceLayout(Bytes.EMPTY, 0, channels.extranonce1Size(), List.of(channels.extranonce2Size())),
                0);
    }

    Moment now() {
        return clock.get();
    }

    @Override
    public Optional<Place> admit(Miner miner) {
        return switch (extranonces.allocate()) {
            case ExtranonceAllocator.Allocated(var prefix) -> {
                admitted++;
                yield Optional.of(new MinerPlace(
                        this, miner, prefix, channels.extranonce2Size(), vardiff.presumedHashRate(), now()));
            }
            case ExtranonceAllocator.Exhausted exhausted -> Optional.empty();
        };
    }

    // --- places ---------------------------------------------------------------------------------------------------

    void opened(MinerPlace place) {
        open.add(place);
        for (UpstreamSession session : List.copyOf(sessions)) {
            if (!retiring.contains(session)) {
                session.join(place, now());
            }
        }
    }

    void left(MinerPlace place) {
        admitted--;
        open.remove(place);
        List.copyOf(sessions).forEach(session -> session.depart(place));
        extranonces.release(place.prefix());
    }

    void submit(MinerPlace place, MinedShare share, Consumer<ShareOutcome> answer) {
        for (int i = sessions.size() - 1; i >= 0; i--) {
            if (sessions.get(i).submit(place, share, answer, now())) {
                return;
            }
        }
        ShareOutcome.Refused refused = sessions.isEmpty() ? NO_UPSTREAM : NO_SUCH_WORK;
        figures.refusedHere(refused.reason());
        answer.accept(refused);
    }

    // --- connections ----------------------------------------------------------------------------------------------

    /** A connection is to be tried: every place asks it for work. */
    void tryOut(UpstreamSession session) {
        sessions.add(session);
        for (MinerPlace place : List.copyOf(open)) {
            if (!place.isRefused()) {
                session.join(place, now());
            }
        }
    }

    /** A connection is mined for from now. */
    void serve(UpstreamSession session) {
        session.accept();
    }

    /** A connection was replaced: it gets no more miners, but may answer what it was asked. */
    void retire(UpstreamSession session) {
        retiring.add(session);
    }

    /** Whether a retiring connection is done with: nobody mines for it or waits for its answers. */
    boolean isDoneWith(UpstreamSession session) {
        return session.unanswered() == 0
                && open.stream()
                        .noneMatch(place -> place.active()
                                .filter(active -> active == session)
                                .isPresent());
    }

    /** A connection has ended. */
    void ended(UpstreamSession session, String why) {
        if (sessions.contains(session)) {
            session.lost(why);
            sessions.remove(session);
            retiring.remove(session);
        }
        tips.remove(session);
    }

    /** Time passes. */
    void tick() {
        List.copyOf(sessions).forEach(session -> session.tick(now()));
    }

    /** What a connection had first of the block that it builds on. */
    Optional<Work> tip(UpstreamSession session) {
        return Optional.ofNullable(tips.get(session));
    }

    /** Places that miners have, opened or not. */
    int admitted() {
        return admitted;
    }

    /** Places whose miners are known. */
    int places() {
        return open.size();
    }

    // --- what connections tell ------------------------------------------------------------------------------------

    @Override
    public void work(UpstreamSession from, MinerPlace place, Work work, boolean onlyValid) {
        if (place.hasLeft()) {
            return;
        }
        boolean newest = place.active()
                .map(active -> sessions.indexOf(active) <= sessions.indexOf(from))
                .orElse(true);
        if (newest) {
            place.work(from, work, onlyValid);
        }
    }

    @Override
    public void workLost(UpstreamSession from, MinerPlace place, String why) {
        if (place.hasLeft() || place.active().filter(active -> active == from).isEmpty()) {
            return;
        }
        for (int i = sessions.size() - 1; i >= 0; i--) {
            UpstreamSession other = sessions.get(i);
            Optional<Work> work = other == from ? Optional.empty() : other.work(place);
            if (work.isPresent()) {
                place.work(other, work.get(), true);
                return;
            }
        }
        place.workLost(why);
    }

    @Override
    public boolean nameRefused(UpstreamSession from, MinerPlace place, String code) {
        int by = place.refusedBy(from.terms().index());
        boolean forGood = by == from.terms().upstreams() || (from.isAccepted() && from.channelsOpen() > 0);
        if (forGood) {
            place.refuse("the pool does not accept the name: " + code);
        }
        return forGood;
    }

    @Override
    public void previousHashChanged(UpstreamSession from, Work work) {
        if (from.isAccepted() && !retiring.contains(from)) {
            extranonces.previousHashChanged(work.previousHash());
        }
        tips.put(from, work);
    }
}
