package org.ehashpool.miner.sv1;

import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.share.AssignedJob;
import org.ehashpool.sv2.type.U32;

/** What is to be done, in the order given. */
public sealed interface Sv1Effect {
    /**
     * Send a line.
     *
     * @param line JSON, without the line's end
     */
    record Send(String line) implements Sv1Effect {}

    /** The server knows us: work may follow. */
    record Opened() implements Sv1Effect {}

    /** The server does not want us: leave it. */
    record Refused(String words) implements Sv1Effect {}

    /**
     * Mine on this from now.
     *
     * @param job the job and all that belongs to it
     * @param versionMask bits of the version that may be rolled
     */
    record WorkChanged(AssignedJob job, @U32 long versionMask) implements Sv1Effect {}

    /** The share target changed. */
    record TargetChanged(Target target) implements Sv1Effect {}

    /** A share counts. */
    record Accepted() implements Sv1Effect {}

    /** A share does not count. */
    record Rejected(String reason) implements Sv1Effect {}

    /** Connect anew. */
    record Redirect(String host, int port, int waitSeconds) implements Sv1Effect {}

    /** Tell the person at the terminal. */
    record Show(String text) implements Sv1Effect {}
}
