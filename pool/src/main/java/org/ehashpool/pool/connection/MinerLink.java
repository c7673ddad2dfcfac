package org.ehashpool.pool.connection;

import java.time.Duration;
import org.ehashpool.kit.sv2.ConnectionInfo;
import org.ehashpool.kit.sv2.link.CloseReason;
import org.ehashpool.kit.sv2.link.EncodedFrame;
import org.ehashpool.sv2.message.Message;

/** The way to one miner; used on its event loop. */
interface MinerLink {
    /** What was negotiated; the present state. */
    ConnectionInfo info();

    /** Sends a message. */
    void send(Message message);

    /** Sends a message that many are sent. */
    void sendEncoded(EncodedFrame frame);

    /** Whether the miner reads what it is sent. */
    boolean isWritable();

    /** Reads nothing until the miner has read, or until {@link #resume()}. */
    void pause();

    /** Reads again. */
    void resume();

    /** Ends the connection when what was sent has left; {@code detail} is for the log. */
    void close(CloseReason reason, String detail);

    /** Ends the connection at once. */
    void abort(CloseReason reason);

    /** How long nothing has been received. */
    Duration silence();

    /** Bytes received on the wire. */
    long bytesReceived();

    /** Bytes given to the transport. */
    long bytesSent();
}
