package org.ehashpool.statistics.fold;

import java.util.Arrays;
import java.util.Objects;
import org.ehashpool.stats.message.StatsMessage;

/** A message as it arrived: its payload and what it says. */
public final class Told {
    private final Origin origin;
    private final StatsMessage.FromSender message;
    private final byte[] payload;
    private final long receivedAt;

    /**
     * @param message an event or a gap
     * @param payload handed over: it is not changed any more
     * @param receivedAt epoch milliseconds
     */
    public Told(Origin origin, StatsMessage.FromSender message, byte[] payload, long receivedAt) {
        this.origin = origin;
        this.message = message;
        this.payload = payload;
        this.receivedAt = receivedAt;
    }

    public Origin origin() {
        return origin;
    }

    public StatsMessage.FromSender message() {
        return message;
    }

    /** Not a copy. */
    public byte[] payload() {
        return payload;
    }

    public long receivedAt() {
        return receivedAt;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Told told
                && told.origin.equals(origin)
                && told.message.equals(message)
                && told.receivedAt == receivedAt
                && Arrays.equals(told.payload, payload);
    }

    @Override
    public int hashCode() {
        return Objects.hash(origin, message, receivedAt);
    }
}
