package org.ehashpool.pool.mintlink;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ehashpool.kit.sv2.link.CloseReason;
import org.ehashpool.kit.sv2.link.PeerViolationException;
import org.ehashpool.sv2.message.MintQuote.MintQuoteError;
import org.ehashpool.sv2.message.MintQuote.MintQuoteRequest;
import org.ehashpool.sv2.message.MintQuote.MintQuoteResponse;
import org.ehashpool.sv2.message.MintQuote.QuoteReply;
import org.ehashpool.sv2.message.MintQuoteErrorCode;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;

/** The requests of one connection that have no answer yet: what each answer is checked against. */
final class OutstandingRequests {

    private final int window;
    private final Map<Long, Sent> sent = new LinkedHashMap<>();

    private record Sent(MintQuoteRequest request, long at) {}

    /** @param window the most that may be unanswered */
    OutstandingRequests(int window) {
        this.window = window;
    }

    int count() {
        return sent.size();
    }

    /**
     * Notes a request that is being sent.
     *
     * @param now monotonic, nanoseconds
     * @throws IllegalStateException if the window is full, or another request has the id
     */
    void add(MintQuoteRequest request, long now) {
        if (sent.size() >= window) {
            throw new IllegalStateException("the mint takes " + window + " requests unanswered");
        }
        if (sent.putIfAbsent(request.requestId(), new Sent(request, now)) != null) {
            throw new IllegalStateException("request " + request.requestId() + " is unanswered");
        }
    }

    /**
     * What the reply means for its request, which is answered by it.
     *
     * @throws PeerViolationException if it answers nothing that was asked
     */
    MintAnswer answer(QuoteReply reply) {
        return switch (reply) {
            case MintQuoteResponse response -> {
                MintQuoteRequest request = find(response.requestId(), response.shareHash());
                if (response.amount() != request.amount()) {
                    throw new PeerViolationException(
                            CloseReason.UNEXPECTED_MESSAGE,
                            "request %s is answered with the amount %s instead of %s"
                                    .formatted(
                                            Long.toUnsignedString(request.requestId()),
                                            Long.toUnsignedString(response.amount()),
                                            Long.toUnsignedString(request.amount())));
                }
                String quoteId = quoteId(response);
                sent.remove(request.requestId());
                yield new MintAnswer.Quoted(request, quoteId);
            }
            case MintQuoteError error -> {
                MintQuoteRequest request = find(error.requestId(), error.shareHash());
                sent.remove(request.requestId());
                boolean retryable = MintQuoteErrorCode.of(error.errorCode())
                        .map(MintQuoteErrorCode::retryable)
                        .orElse(error.retryable());
                yield new MintAnswer.Refused(request, error.errorCode().printable(), retryable);
            }
        };
    }

    private MintQuoteRequest find(long requestId, U256 shareHash) {
        Sent found = sent.get(requestId);
        if (found == null) {
            throw new PeerViolationException(
                    CloseReason.UNEXPECTED_MESSAGE,
                    "an answer to request " + Long.toUnsignedString(requestId) + ", which is not unanswered");
        }
        if (!found.request().shareHash().equals(shareHash)) {
            throw new PeerViolationException(
                    CloseReason.UNEXPECTED_MESSAGE,
                    "request " + Long.toUnsignedString(requestId) + " is answered for another share");
        }
        return found.request();
    }

    private static String quoteId(MintQuoteResponse response) {
        Text text = response.quoteId();
        String id = text.toString();
        if (id.isEmpty() || !id.chars().allMatch(character -> character > ' ' && character < 0x7f)) {
            throw new PeerViolationException(
                    CloseReason.MALFORMED_MESSAGE, "a quote id that is no text: " + text.printable());
        }
        return id;
    }

    /** The request that has waited longest, if it has waited that long. */
    Optional<MintQuoteRequest> overdue(long now, Duration patience) {
        // In the order in which they were sent.
        return sent.values().stream()
                .findFirst()
                .filter(oldest -> now - oldest.at() >= patience.toNanos())
                .map(Sent::request);
    }

    /** Those that will have no answer, now that the connection has ended. */
    List<MintQuoteRequest> abandon() {
        List<MintQuoteRequest> unanswered =
                sent.values().stream().map(Sent::request).toList();
        sent.clear();
        return unanswered;
    }
}
