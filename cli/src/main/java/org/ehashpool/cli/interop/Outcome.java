package org.ehashpool.cli.interop;

import java.util.List;

/** What became of a connection, seen from our end. */
sealed interface Outcome {
    /**
     * It went to its end.
     *
     * @param usedVersion of SetupConnection.Success
     * @param frames payload sizes that went there and back, in order
     */
    record Done(int usedVersion, List<Integer> frames) implements Outcome {
        public Done {
            frames = List.copyOf(frames);
        }
    }

    /** One of the two would not go on. */
    record Refused(Side by, String reason) implements Outcome {}

    /** Neither: a timeout, an unreachable address, a wrong echo, a bug. */
    record Broken(String reason) implements Outcome {}

    /** Who refused. */
    enum Side {
        OURS,
        THEIRS
    }
}
