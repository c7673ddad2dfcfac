package org.ehashpool.kit.sv2.link;

import java.util.Optional;
import org.ehashpool.noise.handshake.PresentedCertificate;
import org.ehashpool.sv2.type.Bytes;

/**
 * Event of the pipeline: the Noise handshake is done, frames may flow.
 *
 * @param handshakeHash h after act 2, 32 bytes: binds signatures to this connection
 * @param server what the server presented; empty on the server's own side
 */
public record SessionEstablished(Bytes handshakeHash, Optional<PresentedCertificate> server) {}
