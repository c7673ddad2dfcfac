package org.ehashpool.noise.curve;

/** A party's side of the handshake. The shared secret depends on who is who: the initiator's encoding comes first. */
public enum Role {
    /** The party that connects and sends act 1. */
    INITIATOR,
    /** The party that accepts and answers with act 2. */
    RESPONDER
}
