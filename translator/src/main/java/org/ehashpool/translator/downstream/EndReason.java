package org.ehashpool.translator.downstream;

import java.util.Locale;
import org.ehashpool.kit.sv2.link.CloseReason;

/** Why a connection ended: one word in logs, one label value in metrics. */
enum EndReason {
    /** The miner closed it. */
    PEER_CLOSED,
    /** The transport broke. */
    CONNECTION_LOST,
    /** A line was no JSON object within the limits. */
    MALFORMED_LINE,
    /** A line was longer than allowed. */
    LINE_TOO_LONG,
    /** More requests or shares than a connection may send. */
    FLOOD,
    /** Nobody was authorised in time. */
    UNAUTHORIZED,
    /** Nothing came for too long. */
    IDLE,
    /** What was sent has not been read. */
    SLOW_READER,
    /** A TLS hello where there is no TLS: miners that try both come back without. */
    TLS_UNEXPECTED,
    /** The TLS handshake failed. */
    TLS_FAILED,
    /** A trusted proxy did not send a valid PROXY protocol v2 header. */
    PROXY_HEADER_INVALID,
    /** The port is full. */
    TOO_MANY_CONNECTIONS,
    /** The peer's address has all the connections it may have. */
    TOO_MANY_FROM_ADDRESS,
    /** The peer's address connects too often. */
    CONNECT_RATE,
    /** The source of work has no place left. */
    NO_PLACE,
    /** Upstream does not want this miner. */
    REFUSED_BY_UPSTREAM,
    /** Somebody with the token ended it. */
    OPERATOR,
    /** The service stops. */
    SHUTDOWN,
    /** A bug of ours. */
    INTERNAL_ERROR;

    /** Lower snake case. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is the peer's doing beyond the ordinary. */
    boolean isHostile() {
        return switch (this) {
            case MALFORMED_LINE,
                    LINE_TOO_LONG,
                    FLOOD,
                    UNAUTHORIZED,
                    SLOW_READER,
                    TLS_FAILED,
                    PROXY_HEADER_INVALID,
                    TOO_MANY_CONNECTIONS,
                    TOO_MANY_FROM_ADDRESS,
                    CONNECT_RATE -> true;
            case PEER_CLOSED,
                    CONNECTION_LOST,
                    IDLE,
                    TLS_UNEXPECTED,
                    NO_PLACE,
                    REFUSED_BY_UPSTREAM,
                    OPERATOR,
                    SHUTDOWN,
                    INTERNAL_ERROR -> false;
        };
    }

    /** Of what admission and the PROXY header's handler say. */
    static EndReason of(CloseReason reason) {
        return switch (reason) {
            case TOO_MANY_CONNECTIONS -> TOO_MANY_CONNECTIONS;
            case TOO_MANY_FROM_ADDRESS -> TOO_MANY_FROM_ADDRESS;
            case CONNECT_RATE -> CONNECT_RATE;
            case PROXY_HEADER_INVALID -> PROXY_HEADER_INVALID;
            case CLOSED,
                    SHUTDOWN,
                    REPLACED,
                    INTERNAL_ERROR,
                    PEER_CLOSED,
                    CONNECTION_LOST,
                    HANDSHAKES_BUSY,
                    BUFFERS_EXHAUSTED,
                    SETUP_TIMEOUT,
                    HANDSHAKE_FAILED,
                    CERTIFICATE_REFUSED,
                    SETUP_REFUSED,
                    EXTENSION_REQUIRED,
                    DECRYPTION_FAILED,
                    FRAME_TOO_LARGE,
                    FRAME_TIMEOUT,
                    FRAME_RATE,
                    MALFORMED_MESSAGE,
                    UNEXPECTED_MESSAGE,
                    ANSWER_TIMEOUT,
                    IDLE,
                    SLOW_PEER -> INTERNAL_ERROR;
        };
    }
}
