package org.ehashpool.kit.sv2;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * How a {@link Sv2ReconnectingClient} stands; for health, state and logs.
 *
 * @param state what it does
 * @param peer the peer that it is about: connected to, dialled, or lost; position in the list, 0 is the preferred one
 * @param address of that peer
 * @param lastFailure why the last attempt or connection ended; empty after success
 * @param nextAttemptIn when the next attempt comes, if one is awaited
 */
public record UpstreamStatus(
        State state, int peer, String address, String lastFailure, Optional<Duration> nextAttemptIn) {

    /** What the client does. */
    public enum State {
        /** Not started. */
        IDLE,
        /** Dialling, without a connection. */
        CONNECTING,
        /** Waiting for the next attempt. */
        WAITING,
        /** Connected. */
        CONNECTED,
        /** Stopped for good. */
        STOPPED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
