package org.ehashpool.kit.sv2;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;
import org.ehashpool.kit.sv2.setup.ConnectionKind;
import org.ehashpool.noise.handshake.PresentedCertificate;
import org.ehashpool.sv2.codec.Extensions;
import org.ehashpool.sv2.message.Protocol;
import org.ehashpool.sv2.type.Bytes;

/**
 * What was negotiated on a connection. Immutable: a new one replaces it when extensions are negotiated again.
 *
 * @param connectionId unique in the process
 * @param kind what the client says it is; never used for authorisation
 * @param peer the other side; behind a trusted proxy, the address that the proxy named
 * @param protocol of the connection
 * @param version SetupConnection.Success.used_version
 * @param flags SetupConnection.flags, U32
 * @param serverFlags SetupConnection.Success.flags, U32
 * @param extensions in force, without 0x0001
 * @param handshakeHash h after act 2, 32 bytes: binds a signature to this connection
 * @param client how the client described itself
 * @param server the server's certificate; empty on the server's own side
 * @param connectedAt when the TCP connection was made
 */
public record ConnectionInfo(
        long connectionId,
        ConnectionKind kind,
        InetSocketAddress peer,
        Protocol protocol,
        int version,
        long flags,
        long serverFlags,
        Extensions extensions,
        Bytes handshakeHash,
        ClientDescription client,
        Optional<PresentedCertificate> server,
        Instant connectedAt) {

    /** The same with other extensions. */
    ConnectionInfo withExtensions(Extensions negotiated) {
        return new ConnectionInfo(
                connectionId,
                kind,
                peer,
                protocol,
                version,
                flags,
                serverFlags,
                negotiated,
                handshakeHash,
                client,
                server,
                connectedAt);
    }
}
