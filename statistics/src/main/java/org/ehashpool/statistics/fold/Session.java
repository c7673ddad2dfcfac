package org.ehashpool.statistics.fold;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A connection of a downstream, with what is not yet written of it. Times are epoch milliseconds. */
public final class Session {
    /** What a sender calls it. */
    public record Key(int boot, long number) {}

    private final Key key;
    private final Downstream downstream;
    private final @Nullable String peer;
    private final long flags;
    private final long connectedAt;
    private final Tally tally = new Tally();
    private final Map<Long, Channel> channels = new HashMap<>();
    private long id;
    private boolean stored;
    private long lastActiveAt;
    private @Nullable Long disconnectedAt;
    private @Nullable String reason;
    private boolean ended;

    private Session(
            Key key,
            Downstream downstream,
            @Nullable String peer,
            long flags,
            long connectedAt,
            long id,
            boolean stored) {
        this.key = key;
        this.downstream = downstream;
        this.peer = peer;
        this.flags = flags;
        this.connectedAt = connectedAt;
        this.lastActiveAt = connectedAt;
        this.id = id;
        this.stored = stored;
    }

    /** One that the tables hold. */
    public static Session stored(Key key, Downstream downstream, long id) {
        return new Session(key, downstream, null, 0, Long.MIN_VALUE, id, true);
    }

    static Session fresh(Key key, Downstream downstream, @Nullable String peer, long flags, long at) {
        return new Session(key, downstream, peer, flags, at, 0, false);
    }

    void active(long at) {
        lastActiveAt = Math.max(lastActiveAt, at);
        downstream.subject().active(at);
    }

    void disconnect(@Nullable String why, long at) {
        disconnectedAt = at;
        reason = why;
        ended = true;
    }

    /** The tables' channel of that number, unless a newer one is known. */
    public void known(Channel channel) {
        channels.putIfAbsent(channel.number(), channel);
    }

    void open(Channel channel) {
        channels.put(channel.number(), channel);
    }

    public @Nullable Channel channel(long number) {
        return channels.get(number);
    }

    void forget(Channel channel) {
        channels.remove(channel.number(), channel);
    }

    int channels() {
        return channels.size();
    }

    /** What is counted is written. */
    void written() {
        tally.clear();
        ended = false;
    }

    /** It is in the tables from now on. */
    public void storedAs(long number) {
        id = number;
        stored = true;
    }

    public boolean isStored() {
        return stored;
    }

    public long id() {
        return id;
    }

    public Key key() {
        return key;
    }

    public Downstream downstream() {
        return downstream;
    }

    public @Nullable String peer() {
        return peer;
    }

    public long flags() {
        return flags;
    }

    public long connectedAt() {
        return connectedAt;
    }

    public long lastActiveAt() {
        return lastActiveAt;
    }

    public @Nullable Long disconnectedAt() {
        return disconnectedAt;
    }

    public @Nullable String reason() {
        return reason;
    }

    /** Whether its end was told since it was last written. */
    public boolean hasEnded() {
        return ended;
    }

    public Tally tally() {
        return tally;
    }
}
