package org.ehashpool.noise.handshake;

import org.ehashpool.noise.certificate.CertificateVerifier;

/** Whether, and against what, an initiator checks who the server is. */
public sealed interface ServerAuthentication {
    /** The server must present a certificate that {@code verifier} accepts. */
    record Pinned(CertificateVerifier verifier) implements ServerAuthentication {}

    /**
     * Any server will do, an attacker's too. Only for tools that ask a server who it claims to be; the certificate it
     * presents is not checked in any way.
     */
    record Unauthenticated() implements ServerAuthentication {}
}
