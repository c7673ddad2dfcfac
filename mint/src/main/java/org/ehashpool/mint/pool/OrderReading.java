package org.ehashpool.mint.pool;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.kit.sv2.link.CloseReason;
import org.ehashpool.kit.sv2.link.PeerViolationException;
import org.ehashpool.mint.quote.OrderAnswer;
import org.ehashpool.mint.quote.QuoteOrder;
import org.ehashpool.sv2.message.MintQuote.MintQuoteRequest;
import org.ehashpool.sv2.message.MintQuote.MintQuoteResponse;
import org.ehashpool.sv2.message.MintQuote.QuoteReply;
import org.ehashpool.sv2.message.MintQuoteErrorCode;
import org.ehashpool.sv2.type.Text;

/** Requests of pools in the mint's words, and its answers in the protocol's. */
final class OrderReading {

    /** The first moment after those that a share can have been found at, in milliseconds since the epoch. */
    private static final long TOO_LATE =
            Instant.EPOCH.plus(365_250L, ChronoUnit.DAYS).toEpochMilli();

    private OrderReading() {}

    /** An order, or why it is none. */
    sealed interface Read {
        record Order(QuoteOrder order) implements Read {}

        record Unusable(MintQuoteErrorCode code) implements Read {}
    }

    /**
     * That the request says what a request may say.
     *
     * @throws PeerViolationException if it pays for no share, or for one of another millennium
     */
    static void check(MintQuoteRequest request) {
        if (request.shareCount() == 0) {
            throw new PeerViolationException(
                    CloseReason.MALFORMED_MESSAGE, "request " + id(request) + " pays for no share");
        }
        if (request.minedAt() < 0 || request.minedAt() >= TOO_LATE) {
            throw new PeerViolationException(
                    CloseReason.MALFORMED_MESSAGE,
                    "request " + id(request) + ": mined_at " + Long.toUnsignedString(request.minedAt()));
        }
    }

    private static String id(MintQuoteRequest request) {
        return Long.toUnsignedString(request.requestId());
    }

    /** The order of a request that was checked; computes on the curve. */
    static Read order(MintQuoteRequest request) {
        PublicKey key;
        try {
            key = PublicKey.of(request.lockingKey().toByteArray());
        } catch (IllegalArgumentException notAPoint) {
            return new Read.Unusable(MintQuoteErrorCode.INVALID_LOCKING_KEY);
        }
        return new Read.Order(new QuoteOrder(
                request.shareHash().toHex(),
                request.shareCount(),
                Amount.of(request.amount()),
                request.unit().toString(),
                key,
                Instant.ofEpochMilli(request.minedAt())));
    }

    static QuoteReply reply(MintQuoteRequest request, OrderAnswer answer) {
        return switch (answer) {
            case OrderAnswer.Quoted quoted ->
                new MintQuoteResponse(
                        request.requestId(),
                        request.shareHash(),
                        Text.of(quoted.quote().id().toString()),
                        request.amount());
            case OrderAnswer.Refused refused ->
                code(refused.reason()).toMessage(request.requestId(), request.shareHash());
        };
    }

    private static MintQuoteErrorCode code(OrderAnswer.Reason reason) {
        return switch (reason) {
            case CONFLICT -> MintQuoteErrorCode.CONFLICT;
            case UNKNOWN_UNIT -> MintQuoteErrorCode.UNKNOWN_UNIT;
            case INVALID_AMOUNT -> MintQuoteErrorCode.INVALID_AMOUNT;
            // The pool's part is the same: it keeps the credit, and asks again.
            case QUOTING_STOPPED, KEYSET_EXPIRED -> MintQuoteErrorCode.QUOTING_STOPPED;
            case LIMIT_REACHED -> MintQuoteErrorCode.LIMIT_REACHED;
            case READ_ONLY -> MintQuoteErrorCode.READ_ONLY;
        };
    }
}
