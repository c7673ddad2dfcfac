package org.ehashpool.pool.connection;

import org.ehashpool.kit.sv2.admission.TokenBucket;
import org.ehashpool.kit.sv2.link.CloseReason;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.Mining.SubmitSharesError;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U32;
import org.jspecify.annotations.Nullable;

/** How much one connection may send. One that sends more is told so and closed. */
final class FloodGuard {
    /** As open and update errors: the connection is closed after it. */
    static final Text TOO_MANY_REQUESTS = Text.of("too-many-requests");

    private static final Text TOO_MANY_SHARES = Text.of("too-many-shares");

    private final Surroundings surroundings;
    private final MinerLink link;
    private final Runnable ended;
    private final TokenBucket requests;
    private final TokenBucket shares;

    /** @param ended called when the connection is about to be closed */
    FloodGuard(Surroundings surroundings, MinerLink link, Runnable ended) {
        this.surroundings = surroundings;
        this.link = link;
        this.ended = ended;
        long nanos = surroundings.nanoTime().getAsLong();
        requests = new TokenBucket(nanos);
        shares = new TokenBucket(nanos);
    }

    boolean mayShare(@U32 long channelId, @U32 long sequenceNumber) {
        LimitsConfig limits = surroundings.rules().get().limits();
        if (shares.take(surroundings.nanoTime().getAsLong(), limits.sharesPerSecond(), limits.shareBurst())) {
            return true;
        }
        flooded(
                new SubmitSharesError(channelId, sequenceNumber, TOO_MANY_SHARES),
                "more than " + limits.sharesPerSecond() + " shares a second");
        return false;
    }

    /** @param answer to a request too many, if there is one */
    boolean mayRequest(Mining.@Nullable FromServer answer) {
        LimitsConfig limits = surroundings.rules().get().limits();
        if (requests.take(surroundings.nanoTime().getAsLong(), limits.messagesPerSecond(), limits.messageBurst())) {
            return true;
        }
        flooded(answer, "more than " + limits.messagesPerSecond() + " requests a second");
        return false;
    }

    private void flooded(Mining.@Nullable FromServer answer, String detail) {
        surroundings.metrics().flood();
        if (answer != null) {
            link.send(answer);
        }
        link.close(CloseReason.FRAME_RATE, detail);
        ended.run();
    }
}
