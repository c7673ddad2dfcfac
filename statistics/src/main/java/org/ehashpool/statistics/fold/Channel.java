package org.ehashpool.statistics.fold;

import org.jspecify.annotations.Nullable;

/** A channel of a session, with what is not yet written of it. Times are epoch milliseconds. */
public final class Channel {
    private final Session session;
    private final Miner miner;
    private final long number;
    private final String kind;
    private final double nominalHashrate;
    private final long openedAt;
    private final Tally tally = new Tally();
    private long id;
    private boolean stored;
    private @Nullable Long closedAt;
    private @Nullable String reason;
    private boolean open;
    private boolean closing;

    private Channel(
            Session session,
            Miner miner,
            long number,
            String kind,
            double nominalHashrate,
            long openedAt,
            long id,
            boolean stored,
            boolean open) {
        this.session = session;
        this.miner = miner;
        this.number = number;
        this.kind = kind;
        this.nominalHashrate = nominalHashrate;
        this.openedAt = openedAt;
        this.id = id;
        this.stored = stored;
        this.open = open;
    }

    /** One that the tables hold. */
    public static Channel stored(Session session, Miner miner, long number, long id, boolean open) {
        return new Channel(session, miner, number, "", 0, Long.MIN_VALUE, id, true, open);
    }

    static Channel fresh(Session session, Miner miner, long number, String kind, double nominalHashrate, long at) {
        return new Channel(session, miner, number, kind, nominalHashrate, at, 0, false, true);
    }

    void close(@Nullable String why, long at) {
        open = false;
        closing = true;
        closedAt = at;
        reason = why;
    }

    /** What is counted is written. A closed one need not be known any longer. */
    void written() {
        tally.clear();
        closing = false;
        if (!open) {
            session.forget(this);
        }
    }

    /** It is in the tables from now on. */
    public void storedAs(long row) {
        id = row;
        stored = true;
    }

    public boolean isStored() {
        return stored;
    }

    public boolean isOpen() {
        return open;
    }

    /** Whether its end was told since it was last written. */
    public boolean isClosing() {
        return closing;
    }

    public long id() {
        return id;
    }

    public Session session() {
        return session;
    }

    public Miner miner() {
        return miner;
    }

    public long number() {
        return number;
    }

    public String kind() {
        return kind;
    }

    public double nominalHashrate() {
        return nominalHashrate;
    }

    public long openedAt() {
        return openedAt;
    }

    public @Nullable Long closedAt() {
        return closedAt;
    }

    public @Nullable String reason() {
        return reason;
    }

    public Tally tally() {
        return tally;
    }
}
