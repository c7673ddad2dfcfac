package org.ehashpool.mint.pool;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.ehashpool.kit.sv2.ClientDescription;
import org.ehashpool.kit.sv2.ConnectionInfo;
import org.ehashpool.kit.sv2.ConnectionOwner;
import org.ehashpool.kit.sv2.SetupRequest;
import org.ehashpool.kit.sv2.Sv2Client;
import org.ehashpool.kit.sv2.Sv2ClientSettings;
import org.ehashpool.kit.sv2.Sv2Connection;
import org.ehashpool.kit.sv2.Sv2Environment;
import org.ehashpool.kit.sv2.Sv2ReconnectingClient;
import org.ehashpool.kit.sv2.UpstreamStatus;
import org.ehashpool.kit.sv2.link.CloseReason;
import org.ehashpool.kit.sv2.link.PeerViolationException;
import org.ehashpool.kit.sv2.upstream.ReconnectSettings;
import org.ehashpool.mint.events.MintEvents;
import org.ehashpool.noise.certificate.Sv2Url;
import org.ehashpool.sv2.codec.Decoded;
import org.ehashpool.sv2.message.MintQuote.MintIdentifyError;
import org.ehashpool.sv2.message.MintQuote.MintIdentifySuccess;
import org.ehashpool.sv2.message.MintQuote.MintQuoteRequest;
import org.ehashpool.sv2.message.MintQuote.QuoteReply;
import org.ehashpool.sv2.message.MintQuoteErrorCode;
import org.ehashpool.sv2.message.Protocol;
import org.jspecify.annotations.Nullable;

/** The link to one pool, for as long as the mint runs: dials, introduces the mint, takes requests. On one event loop. */
final class PoolLink implements ConnectionOwner {

    private static final Duration IDENTIFICATION_DEADLINE = Duration.ofSeconds(10);

    private final Sv2Url pool;
    private final Context context;
    private final SecureRandom random;
    private final Supplier<Introduction> introduction;
    private final QuoteDesk desk;
    private final PoolMetrics metrics;
    private final Sv2ReconnectingClient client;
    private volatile @Nullable Session session;

    /** One connection on which the pool has taken the mint as what it is. */
    private static final class Session {
        private final Sv2Connection connection;
        private final int window;
        private final AtomicInteger unanswered = new AtomicInteger();
        private final LongAdder requests = new LongAdder();

        Session(Sv2Connection connection, int window) {
            this.connection = connection;
            this.window = window;
        }
    }

    /**
     * A link that is not begun yet.
     *
     * @param name in logs and metrics, unique in the process
     * @param context an event loop's, the desk's
     * @param introduction the present one
     */
    PoolLink(
            Sv2Environment environment,
            Context context,
            String name,
            Sv2Url pool,
            String version,
            ReconnectSettings reconnect,
            Supplier<Introduction> introduction,
            QuoteDesk desk,
            PoolMetrics metrics) {
        this.pool = pool;
        this.context = context;
        this.random = environment.random();
        this.introduction = introduction;
        this.desk = desk;
        this.metrics = metrics;
        client = new Sv2ReconnectingClient(
                environment,
                context,
                name,
                Sv2ClientSettings.DEFAULT,
                reconnect,
                List.of(Sv2Client.Destination.of(pool)),
                SetupRequest.of(Protocol.MINT_QUOTE, new ClientDescription("ehashpool", "ehash-mint", version, "")),
                this);
    }

    void start() {
        client.start();
    }

    Future<Void> stop() {
        return client.stop();
    }

    /** The connection is of use when the pool has taken the mint as what it is. */
    @Override
    public Future<Void> tryOut(Sv2Connection connection, int peer) {
        Introduction present = introduction.get();
        Promise<Void> known = Promise.promise();
        connection.messageHandler(message -> received(connection, present, message, known));
        context.<Void>executeBlocking(() -> {
                    connection.send(present.on(connection.info().handshakeHash(), random));
                    return null;
                })
                .onFailure(known::tryFail);
        var _ = context.owner()
                .timer(IDENTIFICATION_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
                .onSuccess(late -> known.tryFail("the pool does not say whether it knows the mint"));
        return known.future();
    }

    private void received(Sv2Connection connection, Introduction introduced, Decoded decoded, Promise<Void> known) {
        switch (decoded.message()) {
            case MintIdentifySuccess success
            when !known.future().isComplete() -> {
                Session begun = new Session(connection, introduced.window());
                session = begun;
                connection.closed().onSuccess(cause -> ended(begun));
                MintEvents.poolKnowsMint(pool.host(), pool.port(), connection.connectionId());
                known.tryComplete();
            }
            case MintIdentifyError error
            when !known.future().isComplete() -> {
                String words = MintIdentifyErrors.words(error);
                MintEvents.poolRefusesMint(pool.host(), pool.port(), words);
                known.tryFail("the pool refuses the mint: " + words);
            }
            case MintQuoteRequest request -> take(connection, request);
            default ->
                throw new PeerViolationException(
                        CloseReason.UNEXPECTED_MESSAGE,
                        decoded.message().getClass().getSimpleName());
        }
    }

    private void ended(Session begun) {
        if (session == begun) {
            session = null;
        }
    }

    private void take(Sv2Connection connection, MintQuoteRequest request) {
        Session present = session;
        if (present == null || present.connection != connection) {
            throw new PeerViolationException(
                    CloseReason.UNEXPECTED_MESSAGE, "a request of a pool that has not said that it knows the mint");
        }
        OrderReading.check(request);
        present.requests.increment();
        if (present.unanswered.get() >= present.window) {
            answer(connection, MintQuoteErrorCode.WINDOW_EXCEEDED.toMessage(request.requestId(), request.shareHash()));
            return;
        }
        present.unanswered.incrementAndGet();
        desk.take(request, reply -> {
            present.unanswered.decrementAndGet();
            answer(connection, reply);
        });
    }

    private void answer(Sv2Connection connection, QuoteReply reply) {
        metrics.answered(reply);
        connection.send(reply);
    }

    boolean isConnected() {
        return session != null;
    }

    /** Requests that are not answered yet. */
    int unanswered() {
        Session present = session;
        return present == null ? 0 : present.unanswered.get();
    }

    /** For {@code /api/v1/state}. */
    JsonObject state() {
        UpstreamStatus status = client.status();
        Session present = session;
        JsonObject state = new JsonObject()
                .put("address", pool.host() + ":" + pool.port())
                .put("authority", pool.authority().toString())
                .put("state", status.state().toString())
                .put("last_failure", status.lastFailure())
                .put(
                        "next_attempt_in_ms",
                        status.nextAttemptIn().map(Duration::toMillis).orElse(null));
        if (present != null) {
            ConnectionInfo info = present.connection.info();
            state.put(
                            "negotiated",
                            new JsonObject()
                                    .put("connection_id", info.connectionId())
                                    .put("protocol", info.protocol().number())
                                    .put("version", info.version())
                                    .put("flags", info.flags())
                                    .put("server_flags", info.serverFlags())
                                    .put("connected_at", info.connectedAt().toEpochMilli()))
                    .put("window", present.window)
                    .put("unanswered", present.unanswered.get())
                    .put("requests", present.requests.sum());
        }
        return state;
    }
}
