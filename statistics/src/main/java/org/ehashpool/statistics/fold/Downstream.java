package org.ehashpool.statistics.fold;

/** A peer of a service, whichever connection it has. */
public record Downstream(Key key, Subject subject) {

    /** What it is known again by. The host counts only where it names no user. */
    public record Key(int sender, String kind, String vendor, String user, String host) {}

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
