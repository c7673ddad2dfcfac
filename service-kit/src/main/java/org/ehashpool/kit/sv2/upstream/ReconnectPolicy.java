package org.ehashpool.kit.sv2.upstream;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one connection to the most preferred peer that works: when to dial whom, when to wait, when to switch back.
 *
 * <p>Told what happened and when, it says what to do next; it does no I/O and reads no clock. At most one attempt is under
 * way at a time. While a less preferred peer serves, preferred ones are tried in the background, and the switch comes
 * only when such an attempt completed its setup. Not thread-safe. Times are monotonic nanoseconds of any origin.
 */
public final class ReconnectPolicy {

    private final ReconnectSettings settings;
    private final RandomGenerator random;
    private final Peer[] peers;
    private @Nullable Target current;
    private long currentSince;
    private boolean currentStable;
    private @Nullable Target attempt;
    private long holdUntil;
    private boolean started;
    private boolean stopped;

    /**
     * @param peerCount how many peers there are, the preferred one first
     * @param settings delays
     * @param random jitter
     */
    public ReconnectPolicy(int peerCount, ReconnectSettings settings, RandomGenerator random) {
        if (peerCount < 1) {
            throw new IllegalArgumentException("at least one peer");
        }
        this.settings = settings;
        this.random = random;
        this.peers = new Peer[peerCount];
        for (int i = 0; i < peerCount; i++) {
            peers[i] = new Peer();
        }
    }

    /**
     * Where to dial.
     *
     * @param peer position in the list of peers: its authority key counts, whatever the address
     * @param redirect the address a Reconnect message gave, instead of the peer's own
     */
    public record Target(int peer, Optional<Redirect> redirect) {}

    /**
     * Reconnect.new_host and new_port.
     *
     * @param host empty: the present one
     * @param port 0: the present one
     */
    public record Redirect(String host, int port) {}

    /** What to do next. */
    public sealed interface Step {
        /** Dial; then tell {@link #attemptSucceeded} or {@link #attemptFailed}. */
        record Dial(Target target) implements Step {}

        /** Nothing until this time; then call {@link #wake}. An earlier event supersedes it. */
        record Wait(long until) implements Step {}

        /** Nothing until something happens. */
        record Rest() implements Step {}
    }

    /** Begins. */
    public Step start(long now) {
        started = true;
        for (Peer peer : peers) {
            peer.notBefore = now;
        }
        holdUntil = now;
        return next(now);
    }

    /** Ends: no step but rest follows. */
    public Step stop() {
        stopped = true;
        return new Step.Rest();
    }

    /** The attempt under way completed its setup: its connection is now the current one and replaces any other. */
    public Step attemptSucceeded(long now) {
        Target done = requireAttempt();
        attempt = null;
        current = done;
        currentSince = now;
        currentStable = false;
        for (int i = 0; i < done.peer(); i++) {
            peers[i].notBefore = later(peers[i].notBefore, now + probeDelay(peers[i]));
        }
        return next(now);
    }

    /** The attempt under way failed, whatever the cause. */
    public Step attemptFailed(long now) {
        Target failed = requireAttempt();
        attempt = null;
        Peer peer = peers[failed.peer()];
        if (current == null) {
            penalise(peer, now);
        } else if (failed.redirect().isEmpty()) {
            peer.failures = Math.min(peer.failures + 1, 62);
            peer.notBefore = now + probeDelay(peer);
        }
        return next(now);
    }

    /** The current connection ended. */
    public Step disconnected(long now) {
        Target lost = current;
        if (lost == null) {
            throw new IllegalStateException("no connection is current");
        }
        current = null;
        Peer peer = peers[lost.peer()];
        if (isStable(now)) {
            peer.failures = 0;
            peer.notBefore = now;
            // A restarted server must not see all its clients in the same moment.
            holdUntil = now + fullJitter(settings.initialDelay());
        } else {
            penalise(peer, now);
        }
        return next(now);
    }

    /**
     * The current connection's peer asks for a reconnect. The new connection is made first, the old one is left when it
     * stands. A connection that is not yet stable is not redirected, so that peers cannot send us round in circles.
     *
     * @return empty: not honoured
     */
    public Optional<Step> redirected(Redirect redirect, long now) {
        Target from = current;
        if (stopped || from == null || attempt != null || !isStable(now)) {
            return Optional.empty();
        }
        Redirect absolute = from.redirect()
                .map(present -> new Redirect(
                        redirect.host().isEmpty() ? present.host() : redirect.host(),
                        redirect.port() == 0 ? present.port() : redirect.port()))
                .orElse(redirect);
        return Optional.of(dial(new Target(from.peer(), Optional.of(absolute))));
    }

    /** The time that {@link Step.Wait} named has come. */
    public Step wake(long now) {
        return next(now);
    }

    /** The peer whose connection is current. */
    public Optional<Target> current() {
        return Optional.ofNullable(current);
    }

    /** The peer that is being dialled. */
    public Optional<Target> attempt() {
        return Optional.ofNullable(attempt);
    }

    private Step next(long now) {
        if (!started || stopped || attempt != null) {
            return new Step.Rest();
        }
        if (current == null) {
            return dialBest(peers.length, now);
        }
        Step failback = dialBest(current.peer(), now);
        if (!(failback instanceof Step.Dial) && !settleStable(now)) {
            long stableAt = currentSince + settings.stablePeriod().toNanos();
            return failback instanceof Step.Wait(long until) && until - stableAt < 0
                    ? failback
                    : new Step.Wait(stableAt);
        }
        return failback;
    }

    /** Dials the first of {@code peers[0..end)} that may be dialled, or waits for the first that will. */
    private Step dialBest(int end, long now) {
        if (end == 0) {
            return new Step.Rest();
        }
        if (current == null && holdUntil - now > 0) {
            return new Step.Wait(holdUntil);
        }
        long earliest = peers[0].notBefore;
        for (int i = 0; i < end; i++) {
            if (peers[i].notBefore - now <= 0) {
                return dial(new Target(i, Optional.empty()));
            }
            earliest = peers[i].notBefore - earliest < 0 ? peers[i].notBefore : earliest;
        }
        return new Step.Wait(earliest);
    }

    private Step dial(Target target) {
        attempt = target;
        return new Step.Dial(target);
    }

    private boolean isStable(long now) {
        return now - currentSince >= settings.stablePeriod().toNanos();
    }

    private boolean settleStable(long now) {
        if (!currentStable && current != null && isStable(now)) {
            currentStable = true;
            peers[current.peer()].failures = 0;
        }
        return currentStable;
    }

    private void penalise(Peer peer, long now) {
        Duration bound = doubled(settings.initialDelay(), peer.failures, settings.maximumDelay());
        peer.failures = Math.min(peer.failures + 1, 62);
        peer.notBefore = now + fullJitter(bound);
    }

    private long probeDelay(Peer peer) {
        Duration bound = doubled(settings.probeInterval(), peer.failures, settings.maximumProbeInterval());
        long half = bound.toNanos() / 2;
        return half + random.nextLong(half + 1);
    }

    /** "Full jitter": anything from nothing to the bound, so that clients spread out instead of coming in waves. */
    private long fullJitter(Duration bound) {
        return random.nextLong(bound.toNanos() + 1);
    }

    private static Duration doubled(Duration base, int times, Duration cap) {
        return times >= 62 || base.compareTo(cap.dividedBy(1L << times)) > 0 ? cap : base.multipliedBy(1L << times);
    }

    private static long later(long a, long b) {
        return a - b >= 0 ? a : b;
    }

    private Target requireAttempt() {
        Target under = attempt;
        if (under == null) {
            throw new IllegalStateException("no attempt is under way");
        }
        return under;
    }

    private static final class Peer {
        int failures;
        long notBefore;
    }
}
