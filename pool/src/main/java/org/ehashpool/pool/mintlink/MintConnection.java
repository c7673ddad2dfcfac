package org.ehashpool.pool.mintlink;

import io.vertx.core.internal.ContextInternal;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.ehashpool.kit.sv2.ConnectionInfo;
import org.ehashpool.kit.sv2.Sv2Connection;
import org.ehashpool.kit.sv2.link.CloseReason;
import org.ehashpool.kit.sv2.link.PeerViolationException;
import org.ehashpool.pool.mintlink.Identification.Verdict;
import org.ehashpool.sv2.codec.Decoded;
import org.ehashpool.sv2.message.MintQuote.MintIdentify;
import org.ehashpool.sv2.message.MintQuote.MintIdentifySuccess;
import org.ehashpool.sv2.message.MintQuote.MintQuoteRequest;
import org.ehashpool.sv2.message.MintQuote.QuoteReply;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the mints' port, on its event loop. First it says who it is; until that is proved nothing else is
 * accepted. Then it answers requests, each within ten seconds.
 */
final class MintConnection implements MintLink {

    static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long CHECK_MILLIS = 1_000;

    private final Sv2Connection connection;
    private final ContextInternal context;
    private final MintPort port;
    private final LongSupplier nanoTime;
    private final long since;
    private final long timer;
    private Phase phase = Phase.STRANGER;
    private volatile @Nullable IdentifiedMint mint;
    private @Nullable OutstandingRequests outstanding;
    private volatile int unanswered;
    private final LongAdder answers = new LongAdder();

    private enum Phase {
        STRANGER,
        JUDGED,
        KNOWN,
        GONE
    }

    MintConnection(Sv2Connection connection, MintPort port, LongSupplier nanoTime) {
        this.connection = connection;
        this.port = port;
        this.nanoTime = nanoTime;
        context = (ContextInternal) connection.context();
        since = nanoTime.getAsLong();
        timer = context.setPeriodic(CHECK_MILLIS, tick -> check());
        connection.closed().onSuccess(cause -> ended(cause.reason()));
        connection.messageHandler(this::received);
    }

    private void received(Decoded decoded) {
        switch (decoded.message()) {
            case MintIdentify introduction
            when phase == Phase.STRANGER -> {
                phase = Phase.JUDGED;
                Identification known = port.identification();
                context.executeBlocking(
                                () -> known.judge(
                                        introduction, connection.info().handshakeHash()),
                                false)
                        .onComplete(judged -> {
                            if (judged.failed()) {
                                connection.close(CloseReason.INTERNAL_ERROR, String.valueOf(judged.cause()));
                            } else {
                                judged(judged.result());
                            }
                        });
            }
            case QuoteReply reply when phase == Phase.KNOWN -> answered(reply);
            default ->
                throw new PeerViolationException(
                        CloseReason.UNEXPECTED_MESSAGE,
                        decoded.message().getClass().getSimpleName()
                                + (phase == Phase.KNOWN ? "" : " of a mint that has not proved who it is"));
        }
    }

    private void judged(@Nullable Verdict verdict) {
        if (phase != Phase.JUDGED || verdict == null) {
            return;
        }
        switch (verdict) {
            case Verdict.Known(IdentifiedMint identified) -> {
                phase = Phase.KNOWN;
                mint = identified;
                outstanding = new OutstandingRequests(identified.window());
                connection.send(new MintIdentifySuccess());
                port.identified(this);
            }
            case Verdict.Refused(var code) -> {
                MintLinkEvents.mintRefused(connection.info(), code);
                port.refused();
                connection.send(code.toMessage());
                connection.close(CloseReason.SETUP_REFUSED, code.words());
            }
        }
    }

    private void answered(QuoteReply reply) {
        MintAnswer answer = requests().answer(reply);
        unanswered = requests().count();
        answers.increment();
        port.listener().answered(this, answer);
    }

    private OutstandingRequests requests() {
        OutstandingRequests present = outstanding;
        if (present == null) {
            throw new IllegalStateException("not identified");
        }
        return present;
    }

    private void check() {
        long now = nanoTime.getAsLong();
        if (phase == Phase.KNOWN) {
            requests()
                    .overdue(now, PATIENCE)
                    .ifPresent(request -> connection.close(
                            CloseReason.ANSWER_TIMEOUT,
                            "request " + Long.toUnsignedString(request.requestId()) + " is unanswered for "
                                    + PATIENCE.toSeconds() + " s"));
        } else if (now - since >= PATIENCE.toNanos()) {
            connection.close(
                    CloseReason.SETUP_TIMEOUT, "it has not said who it is within " + PATIENCE.toSeconds() + " s");
        }
    }

    private void ended(CloseReason reason) {
        context.owner().cancelTimer(timer);
        boolean known = phase == Phase.KNOWN;
        phase = Phase.GONE;
        if (known) {
            List<MintQuoteRequest> abandoned = requests().abandon();
            unanswered = 0;
            port.ended(this, abandoned, reason);
        } else {
            port.forget(this);
        }
    }

    @Override
    public long connectionId() {
        return connection.connectionId();
    }

    @Override
    public IdentifiedMint mint() {
        IdentifiedMint present = mint;
        if (present == null) {
            throw new IllegalStateException("not identified");
        }
        return present;
    }

    ConnectionInfo info() {
        return connection.info();
    }

    boolean isIdentified() {
        return mint != null;
    }

    @Override
    public void send(List<MintQuoteRequest> batch) {
        context.runOnContext(now -> {
            if (phase != Phase.KNOWN) {
                port.listener().ended(this, batch);
                return;
            }
            long at = nanoTime.getAsLong();
            for (MintQuoteRequest request : batch) {
                requests().add(request, at);
                connection.send(request);
            }
            unanswered = requests().count();
        });
    }

    /** Ends the connection of a mint that is no longer pinned. */
    void dismiss() {
        connection.close(CloseReason.CLOSED, "the mint is no longer pinned");
    }

    /** For {@code /api/v1/mints}. */
    JsonObject state() {
        ConnectionInfo info = connection.info();
        return new JsonObject()
                .put("connection_id", info.connectionId())
                .put("kind", info.kind().label())
                .put("peer", info.peer().getHostString() + ":" + info.peer().getPort())
                .put("version", info.version())
                .put("flags", info.flags())
                .put("server_flags", info.serverFlags())
                .put("vendor", info.client().vendor())
                .put("firmware", info.client().firmware())
                .put("connected_at", info.connectedAt().toEpochMilli())
                .put("window", mint().window())
                .put("unanswered", unanswered)
                .put("answers", answers.sum());
    }
}
