package org.ehashpool.statistics.fold;

import org.ehashpool.stats.event.StatsEvent;
import org.ehashpool.stats.message.MessageJson;
import org.ehashpool.stats.message.StatsMessage;

/** An event as it is kept. Times are epoch milliseconds. */
public final class RawEvent {
    private static final byte[] NOTHING = {'{', '}'};

    private final Told told;
    private final StatsMessage.Event event;
    private final long countedAt;
    private final boolean known;
    private final boolean readable;

    /** @param readable whether the tables can hold what it says */
    RawEvent(Told told, StatsMessage.Event event, long countedAt, boolean known, boolean readable) {
        this.told = told;
        this.event = event;
        this.countedAt = countedAt;
        this.known = known;
        this.readable = readable;
    }

    public int boot() {
        return told.origin().boot();
    }

    public long seq() {
        return event.seq();
    }

    public long at() {
        return event.at();
    }

    public long receivedAt() {
        return told.receivedAt();
    }

    public long countedAt() {
        return countedAt;
    }

    public String type() {
        return Names.cut(MessageJson.typeOf(event.event()));
    }

    public boolean known() {
        return known;
    }

    /** JSON. A heartbeat's details are kept once, with the service. */
    public byte[] body() {
        if (!readable) {
            return NOTHING.clone();
        }
        return event.event() instanceof StatsEvent.Heartbeat heartbeat
                ? MessageJson.write(new StatsMessage.Event(
                        event.seq(),
                        event.at(),
                        new StatsEvent.Heartbeat(
                                heartbeat.uptime(), heartbeat.version(), heartbeat.state(), MessageJson.newObject())))
                : told.payload();
    }
}
