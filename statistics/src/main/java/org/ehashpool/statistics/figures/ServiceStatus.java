package org.ehashpool.statistics.figures;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a service is, by its heartbeats and by asking it. Heartbeats come every five seconds. */
public enum ServiceStatus {
    UP,
    /** A heartbeat is missing, or it does not answer although it says that it lives. */
    LATE,
    /** Nothing was heard of it, and it does not answer. */
    DOWN,
    /** It said that it stops. */
    STOPPED,
    /** Only the configuration knows it, and it was not asked yet. */
    UNKNOWN;

    static final Duration LATE_AFTER = Duration.ofSeconds(8);
    static final Duration DOWN_AFTER = Duration.ofSeconds(12);

    /**
     * What is known of a service.
     *
     * @param state of the last heartbeat
     * @param heartbeatAt when the last one was received
     * @param polledAt when it was last asked
     * @param answeredAt when it last answered that it is alive
     */
    record Signs(
            @Nullable String state,
            @Nullable Instant heartbeatAt,
            @Nullable Instant polledAt,
            @Nullable Instant answeredAt) {}

    static ServiceStatus of(Signs signs, Instant now) {
        boolean answered = within(signs.answeredAt(), now, DOWN_AFTER);
        // A health check is as often as the operator wants: what counts is whether the last one had an answer.
        boolean refused = signs.polledAt() != null && !signs.polledAt().equals(signs.answeredAt()) && !answered;
        if (signs.heartbeatAt() == null) {
            return answered ? UP : signs.polledAt() == null ? UNKNOWN : refused ? DOWN : LATE;
        }
        if ("stopped".equals(signs.state()) && !answered) {
            return STOPPED;
        }
        if (within(signs.heartbeatAt(), now, LATE_AFTER)) {
            return refused ? LATE : UP;
        }
        return answered || within(signs.heartbeatAt(), now, DOWN_AFTER) ? LATE : DOWN;
    }

    private static boolean within(@Nullable Instant at, Instant now, Duration limit) {
        return at != null && !at.plus(limit).isBefore(now);
    }

    /** As in an address and in the API. */
    public String label() {
        return switch (this) {
            case UP -> "up";
            case LATE -> "late";
            case DOWN -> "down";
            case STOPPED -> "stopped";
            case UNKNOWN -> "unknown";
        };
    }
}
