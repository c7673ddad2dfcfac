package org.ehashpool.statistics.fold;

import java.time.Duration;

/**
 * Which time an event counts under. Nothing is received before it happens, and nothing is kept by a sender for longer than
 * {@code late}: a time beyond that is a wrong clock's, and the time of receipt takes its place.
 *
 * @param late how old an event may be
 */
public record ClockRule(Duration late) {

    /** Both in epoch milliseconds, as is the result. */
    public long countedAt(long at, long receivedAt) {
        return at > receivedAt || at < receivedAt - late.toMillis() ? receivedAt : at;
    }
}
