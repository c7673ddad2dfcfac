package org.ehashpool.translator.downstream;

import java.net.InetSocketAddress;
import java.time.Instant;
import org.ehashpool.translator.sv1.Line;

/** A connection as the translator's event loop sees it. */
interface Wire {
    /** Unique in the process. */
    long id();

    /** The miner, not a proxy before it. */
    InetSocketAddress peer();

    Instant connectedAt();

    /** Whether it is encrypted. */
    boolean tls();

    /** Sends a line, in order, soon. */
    void send(Line line);

    /** Ends the connection when what was sent has left. */
    void end(EndReason reason);

    /** Somebody is authorised: its deadline is met. */
    void authorized();

    /** Reads no more. */
    void silence();

    /** A batch of requests has been dealt with. */
    void handled();
}
