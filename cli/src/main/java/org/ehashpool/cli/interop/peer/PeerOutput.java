package org.ehashpool.cli.interop.peer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last lines of what a peer printed, for the report of a failure. Thread-safe. */
public final class PeerOutput {
    private static final int KEPT = 100;
    private static final int LONGEST = 1_000;

    private final Deque<String> lines = new ArrayDeque<>();

    /** Adds a line; a very long one is cut. */
    public synchronized void add(String line) {
        if (lines.size() == KEPT) {
            lines.removeFirst();
        }
        lines.addLast(line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line);
    }

    /** The last lines, oldest first. */
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }
}
