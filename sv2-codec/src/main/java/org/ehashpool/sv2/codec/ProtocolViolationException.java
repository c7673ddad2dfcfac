package org.ehashpool.sv2.codec;

/**
 * A peer broke the protocol: log it and drop the connection. Stackless, because a peer chooses how often it is thrown.
 */
public abstract sealed class ProtocolViolationException extends RuntimeException
        permits MalformedMessageException, UnexpectedMessageException {
    ProtocolViolationException(String message) {
        super(message, null, false, false);
    }
}
