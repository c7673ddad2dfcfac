package org.ehashpool.kit.sv2.link;

import java.util.Optional;

/** Asked when act 1 is there, before it costs anything; told when the curve work is over. */
public interface HandshakePermit {
    /** Why the handshake may not be done now; empty: it may. */
    Optional<CloseReason> begin();

    /** The curve work is done; not called when the connection ended before. */
    void end();
}
