package org.ehashpool.translator.upstream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.ehashpool.sv2.type.U32;

/**
 * Which channels are still to be opened, and when: a few at a time, and after a refusal later and later.
 *
 * @param <K> whoever wants a channel
 */
final class Openings<K> {
    /** Requests that upstream may have unanswered: enough to keep it busy, few enough not to flood it. */
    static final int AT_ONCE = 256;

    private static final long FIRST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int MOST_DOUBLINGS = 6;
    /** After so long without a failure those before are forgotten; longer than the longest wait. */
    private static final long FORGIVEN_NANOS = TimeUnit.MINUTES.toNanos(5);

    private final Deque<K> due = new ArrayDeque<>();
    private final Set<K> wanted = new LinkedHashSet<>();
    private final Map<K, Long> later = new LinkedHashMap<>();
    private final Map<K, Failures> failures = new HashMap<>();
    private final Map<Long, K> asked = new LinkedHashMap<>();
    private long lastAskedAt;

    private record Failures(int count, long last) {}

    /** Somebody wants a channel, as soon as may be. */
    void want(K who) {
        if (wanted.add(who)) {
            due.addLast(who);
        }
    }

    /** A channel was refused or closed: it is asked for again, but not at once. */
    void retry(K who, long now) {
        Failures before = failures.get(who);
        int count = before == null || now - before.last() > FORGIVEN_NANOS ? 0 : before.count();
        failures.put(who, new Failures(Math.min(count + 1, MOST_DOUBLINGS), now));
        wanted.add(who);
        later.put(who, now + (FIRST_WAIT_NANOS << count));
    }

    /** A channel was refused for how it was asked for: it is asked for in another way, now. */
    void again(K who) {
        due.addFirst(who);
    }

    /** Nobody wants it any more; an answer may still come. */
    void forget(K who) {
        wanted.remove(who);
        later.remove(who);
        failures.remove(who);
    }

    /** The next to ask for, if another may be asked for now. */
    Optional<K> next() {
        while (asked.size() < AT_ONCE && !due.isEmpty()) {
            K first = due.removeFirst();
            if (wanted.contains(first)) {
                return Optional.of(first);
            }
        }
        return Optional.empty();
    }

    /** It was asked for. */
    void asked(@U32 long requestId, K who, long now) {
        asked.put(requestId, who);
        lastAskedAt = now;
    }

    /** The answer came: who asked, wanted or not. */
    Optional<K> answered(@U32 long requestId) {
        return Optional.ofNullable(asked.remove(requestId));
    }

    /** Whoever got a channel, and wants no other. */
    void opened(K who) {
        wanted.remove(who);
    }

    /** Those whose waiting is over become due. */
    void wake(long now) {
        for (Iterator<Map.Entry<K, Long>> waiting = later.entrySet().iterator(); waiting.hasNext(); ) {
            Map.Entry<K, Long> one = waiting.next();
            if (one.getValue() - now <= 0) {
                due.addLast(one.getKey());
                waiting.remove();
            }
        }
    }

    /** Whether somebody waits for an answer, and nobody has asked since that time. */
    boolean unansweredSince(long time) {
        return !asked.isEmpty() && lastAskedAt - time <= 0;
    }

    /** Requests without an answer. */
    int unanswered() {
        return asked.size();
    }

    /** Those who want a channel and have none. */
    int wanted() {
        return wanted.size();
    }

    /** Whether nobody is due and no answer awaited: all who want a channel were refused one. */
    boolean isQuiet() {
        return asked.isEmpty() && due.stream().noneMatch(wanted::contains);
    }
}
