package org.ehashpool.kit.sv2.link;

import java.util.Locale;

/** Why a connection ended: one word in logs and one label value in metrics. */
public enum CloseReason {
    /** This side ended it on purpose. */
    CLOSED(Blame.US),
    /** This side is stopping. */
    SHUTDOWN(Blame.US),
    /** Another connection took this one's place: failback or redirection. */
    REPLACED(Blame.US),
    /** A bug of ours: a message handler threw. */
    INTERNAL_ERROR(Blame.US),

    /** The peer closed its side. */
    PEER_CLOSED(Blame.NOBODY),
    /** The transport broke: reset, timeout of unacknowledged data, unreachable. */
    CONNECTION_LOST(Blame.NOBODY),

    /** The server is full. */
    TOO_MANY_CONNECTIONS(Blame.ADMISSION),
    /** The peer's address has all the connections it may have. */
    TOO_MANY_FROM_ADDRESS(Blame.ADMISSION),
    /** The peer's address connects too often. */
    CONNECT_RATE(Blame.ADMISSION),
    /** Too many handshakes are waiting, of all addresses or of this one. */
    HANDSHAKES_BUSY(Blame.ADMISSION),
    /** Unfinished frames, of all peers or of the peer's address, keep all the memory they may have. */
    BUFFERS_EXHAUSTED(Blame.ADMISSION),

    /** A trusted proxy did not send a valid PROXY protocol v2 header. */
    PROXY_HEADER_INVALID(Blame.PEER),
    /** The Noise handshake or the setup after it was not done in time. */
    SETUP_TIMEOUT(Blame.PEER),
    /** A Noise act was wrong, or more than the act was sent. */
    HANDSHAKE_FAILED(Blame.PEER),
    /** The certificate was not what the authority key demands. */
    CERTIFICATE_REFUSED(Blame.PEER),
    /** SetupConnection was answered with an error. */
    SETUP_REFUSED(Blame.PEER),
    /** The peer does without an extension that is required here. */
    EXTENSION_REQUIRED(Blame.PEER),

    /** A frame did not decrypt. */
    DECRYPTION_FAILED(Blame.PEER),
    /** A frame announced more payload than this connection may carry now. */
    FRAME_TOO_LARGE(Blame.PEER),
    /** A frame was begun and not finished in time. */
    FRAME_TIMEOUT(Blame.PEER),
    /** More frames per second than this connection may send. */
    FRAME_RATE(Blame.PEER),
    /** A message could not be decoded. */
    MALFORMED_MESSAGE(Blame.PEER),
    /** A message of another protocol, direction or moment. */
    UNEXPECTED_MESSAGE(Blame.PEER),
    /** A question was not answered in time. */
    ANSWER_TIMEOUT(Blame.PEER),
    /** Nothing was received for longer than allowed. */
    IDLE(Blame.PEER),
    /** The peer does not read what it is sent. */
    SLOW_PEER(Blame.PEER);

    private enum Blame {
        US,
        NOBODY,
        ADMISSION,
        PEER
    }

    private final Blame blame;
    private final String label;

    CloseReason(Blame blame) {
        this.blame = blame;
        this.label = name().toLowerCase(Locale.ROOT);
    }

    /** The reason in logs and metrics: lower snake case. */
    public String label() {
        return label;
    }

    /** Whether the peer broke a rule of the protocol or of this endpoint. */
    public boolean isPeerViolation() {
        return blame == Blame.PEER;
    }

    /** Whether the connection was turned away by a quota that it shares with others. */
    public boolean isRefusal() {
        return blame == Blame.ADMISSION;
    }
}
