package org.ehashpool.kit.sv2.link;

import java.io.IOException;
import java.util.Optional;
import org.ehashpool.sv2.codec.MalformedMessageException;
import org.ehashpool.sv2.codec.ProtocolViolationException;
import org.ehashpool.sv2.codec.UnexpectedMessageException;

/**
 * Why a connection ended, in full.
 *
 * @param reason the word for it
 * @param detail what happened, with its operands; may be empty
 * @param bug the exception behind {@link CloseReason#INTERNAL_ERROR}
 */
public record CloseCause(CloseReason reason, String detail, Optional<Throwable> bug) {

    /** A cause without an exception. */
    public static CloseCause of(CloseReason reason, String detail) {
        return new CloseCause(reason, detail, Optional.empty());
    }

    /** What an exception in the pipeline means for the connection. */
    public static CloseCause of(Throwable thrown) {
        return switch (thrown) {
            case PeerViolationException violation -> of(violation.reason(), violation.detail());
            case ProtocolViolationException violation -> of(reasonOf(violation), message(violation));
            case IOException broken -> of(CloseReason.CONNECTION_LOST, message(broken));
            default -> new CloseCause(CloseReason.INTERNAL_ERROR, message(thrown), Optional.of(thrown));
        };
    }

    private static CloseReason reasonOf(ProtocolViolationException violation) {
        return switch (violation) {
            case MalformedMessageException malformed -> CloseReason.MALFORMED_MESSAGE;
            case UnexpectedMessageException unexpected -> CloseReason.UNEXPECTED_MESSAGE;
        };
    }

    private static String message(Throwable thrown) {
        return Optional.ofNullable(thrown.getMessage()).orElse(thrown.getClass().getSimpleName());
    }
}
