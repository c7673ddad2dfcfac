package org.ehashpool.statistics.fold;

/** Whom shares are for. */
public record Miner(Key key, Subject subject) {

    /** A user_identity at a service. */
    public record Key(int sender, String user) {}

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
