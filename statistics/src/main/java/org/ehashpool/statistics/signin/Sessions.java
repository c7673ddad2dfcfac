package org.ehashpool.statistics.signin;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Who is signed in; forgotten at a restart. One more than there may be ends the one that was used least recently.
 * Thread-safe.
 */
public final class Sessions {
    private static final int BYTES = 32;

    private final SecureRandom random;
    private final LongSupplier nanoTime;
    private final Limits limits;
    /** By id, the least recently used first. */
    private final Map<String, Session> open = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * How long sessions last.
     *
     * @param idle without a request
     * @param whole whatever happens
     * @param most at a time
     */
    public record Limits(Duration idle, Duration whole, int most) {}

    /**
     * Nobody is signed in.
     *
     * @param nanoTime the monotonic clock
     */
    public Sessions(SecureRandom random, LongSupplier nanoTime, Limits limits) {
        this.random = random;
        this.nanoTime = nanoTime;
        this.limits = limits;
    }

    /** Begins one, with an id that nobody had before. */
    public synchronized Session open() {
        long now = nanoTime.getAsLong();
        open.values().removeIf(session -> isOver(session, now));
        if (open.size() >= limits.most()) {
            open.remove(open.keySet().iterator().next());
        }
        Session session = new Session(unguessable(), unguessable(), now);
        open.put(session.id(), session);
        return session;
    }

    /** The one of that id, which is thereby used. */
    public synchronized Optional<Session> find(String id) {
        long now = nanoTime.getAsLong();
        @Nullable Session session = open.get(id);
        if (session == null) {
            return Optional.empty();
        }
        if (isOver(session, now)) {
            open.remove(id);
            return Optional.empty();
        }
        session.used(now);
        return Optional.of(session);
    }

    /** Signs out. */
    public synchronized void end(Session session) {
        open.remove(session.id());
    }

    /** How many there are. */
    public synchronized int size() {
        return open.size();
    }

    private boolean isOver(Session session, long now) {
        return now - session.usedAt() >= limits.idle().toNanos()
                || now - session.openedAt() >= limits.whole().toNanos();
    }

    private String unguessable() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
