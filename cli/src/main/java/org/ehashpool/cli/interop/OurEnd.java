package org.ehashpool.cli.interop;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.ehashpool.noise.certificate.AuthorityKeyPair;
import org.ehashpool.noise.certificate.AuthorityPublicKey;
import org.ehashpool.noise.certificate.Validity;
import org.ehashpool.sv2.message.Protocol;

/** One of our implementations of a Stratum V2 connection, as scenarios use it: one connection at a time. */
interface OurEnd {
    /** How reports call it. */
    String name();

    /**
     * Listens on a free port of the loopback interface, takes one connection and answers it: handshake, SetupConnection,
     * then every frame {@linkplain PatternFrame of the pattern} comes back as it was.
     *
     * @throws IOException if no port can be had
     */
    Listening listen(Serving serving) throws IOException;

    /** Dials, makes the handshake and the setup, sends the frames one by one and requires each back; then closes. */
    Outcome dial(Dialling dialling);

    /** What an end does after the handshake. */
    enum Conduct {
        /** What the protocol says. */
        REGULAR,
        /** Sends 1,024 bytes that no key has encrypted, and waits to be dropped. */
        GARBAGE
    }

    /**
     * A responder.
     *
     * @param authority signs its certificate
     * @param validity what the certificate says
     * @param protocol the only one it takes; another gets {@code unsupported-protocol}
     * @param conduct after the handshake
     * @param patience the longest wait for the other end's next bytes
     */
    record Serving(
            AuthorityKeyPair authority, Validity validity, Protocol protocol, Conduct conduct, Duration patience) {}

    /**
     * An initiator.
     *
     * @param address who to dial
     * @param authority the key it pins
     * @param protocol what it asks for
     * @param frames payload sizes in bytes, in order
     * @param conduct after the handshake
     * @param patience the longest wait for the other end's next bytes
     */
    record Dialling(
            InetSocketAddress address,
            AuthorityPublicKey authority,
            Protocol protocol,
            List<Integer> frames,
            Conduct conduct,
            Duration patience) {
        public Dialling {
            frames = List.copyOf(frames);
        }
    }

    /** A responder that listens. Closing stops it, also in mid-connection. */
    interface Listening extends AutoCloseable {
        /** Where to dial. */
        InetSocketAddress address();

        /** Waits for the one connection to end; {@link Outcome.Broken} if it does not in that time. */
        Outcome outcome(Duration limit) throws InterruptedException;

        @Override
        void close() throws IOException;
    }
}
