package org.ehashpool.kit.sv2;

import org.ehashpool.kit.sv2.link.CloseCause;
import org.ehashpool.kit.sv2.link.SessionEstablished;
import org.ehashpool.sv2.codec.Received;

/** The order of messages on one connection, of one role: from the session to the end. Called on the event loop only. */
interface SetupFlow {

    /** The Noise handshake is done. */
    void secured(SessionEstablished session);

    /**
     * A message has come; the flow answers it or hands it to {@link Delivery}.
     *
     * @throws org.ehashpool.kit.sv2.link.PeerViolationException if it must not come now
     */
    void received(Received received);

    /** The connection has ended, set up or not. */
    void ended(CloseCause cause);
}
