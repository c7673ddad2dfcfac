package org.ehashpool.templateprovider.chain.rpc;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.ehashpool.kit.config.HostPort;
import org.ehashpool.templateprovider.chain.node.ChainEvents;
import org.ehashpool.templateprovider.chain.node.ChainStatus;
import org.ehashpool.templateprovider.chain.node.ChainWorker;
import org.ehashpool.templateprovider.chain.node.EmbeddedChain;
import org.jspecify.annotations.Nullable;

/** JSON-RPC over HTTP. Bodies are read only of callers who may call, and only so many bytes at a time. */
public final class RpcServer {
    /** Above a block of four million bytes in hexadecimal. */
    static final int MAX_BODY = 10 << 20;

    private static final long MAX_BODIES = 64L << 20;
    private static final int MAX_HEADERS = 8_192;
    private static final int MAX_LONG_POLLS = 64;
    private static final long LOOK_MILLIS = 500;
    private static final long WRONG_LOGIN_MILLIS = 250;

    private final Vertx vertx;
    private final RpcSettings settings;
    private final RpcCredentials credentials;
    private final EmbeddedChain chain;
    private final ChainWorker worker;
    private final LongSupplier nanoTime;
    private final RpcDispatcher dispatcher;
    private final LongPolls longPolls;
    private final ConnectionDeadlines connections;
    private final AtomicLong bodies = new AtomicLong();
    private @Nullable HttpServer server;
    private long timer = -1;

    /** Nothing listens yet. */
    public RpcServer(
            Vertx vertx,
            RpcSettings settings,
            RpcCredentials credentials,
            EmbeddedChain chain,
            ChainWorker worker,
            LongSupplier nanoTime) {
        this.vertx = vertx;
        this.settings = settings;
        this.credentials = credentials;
        this.chain = chain;
        this.worker = worker;
        this.nanoTime = nanoTime;
        this.dispatcher = new RpcDispatcher(chain);
        this.longPolls = new LongPolls(MAX_LONG_POLLS, settings.longPollInterval(), settings.longestPoll());
        this.connections = new ConnectionDeadlines(
                vertx, settings.connections(), settings.requestTimeout().toMillis());
    }

    /** Listens; the result is the address with the port that was really taken. */
    public Future<HostPort> listen() {
        HttpServer created = vertx.createHttpServer(new HttpServerOptions()
                .setMaxHeaderSize(MAX_HEADERS)
                .setHttp2ClearTextEnabled(false)
                .setHandle100ContinueAutomatically(true));
        server = created;
        timer = vertx.setPeriodic(LOOK_MILLIS, tick -> look(chain.status()));
        return created.connectionHandler(connections::opened)
                .requestHandler(this::request)
                .listen(settings.listen().port(), settings.listen().host())
                .map(listening -> new HostPort(settings.listen().host(), listening.actualPort()));
    }

    /** Wakes long polls for which there is something new. */
    public void look(ChainStatus status) {
        longPolls.look(status, nanoTime.getAsLong());
    }

    /** Calls that wait for a new template. */
    public int waiting() {
        return longPolls.size();
    }

    /** Open connections. */
    public int connections() {
        return connections.open();
    }

    /** Takes no more calls and answers those that wait. */
    public Future<Void> close(Duration grace) {
        HttpServer listening = server;
        if (listening == null) {
            return Future.succeededFuture();
        }
        vertx.cancelTimer(timer);
        longPolls.end();
        return listening.shutdown(grace.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void request(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        response.endHandler(ended -> connections.answered(request.connection()));
        if (!request.method().equals(HttpMethod.POST)) {
            refuse(request, 405, "JSONRPC server handles only POST requests");
        } else if (!"/".equals(request.path())) {
            refuse(request, 404, "");
        } else if (!credentials.accept(request.getHeader(HttpHeaders.AUTHORIZATION))) {
            // What comes of the body is dropped. The wait is Core's too, against guessing.
            vertx.setTimer(WRONG_LOGIN_MILLIS, waited -> {
                response.putHeader("WWW-Authenticate", "Basic realm=\"jsonrpc\"");
                refuse(request, 401, "");
            });
        } else {
            new Body(request).read();
        }
    }

    /** An answer that may come before the request's end: the connection is of no further use. */
    private static void refuse(HttpServerRequest request, int status, String text) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(status).putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        response.end(text).onComplete(sent -> request.connection().close());
    }

    /** The body of one request, counted against the bodies of all. */
    private final class Body {
        private final HttpServerRequest request;
        private final Buffer received = Buffer.buffer();
        private boolean over;

        Body(HttpServerRequest request) {
            this.request = request;
        }

        void read() {
            request.handler(this::part);
            request.exceptionHandler(broken -> release());
            request.endHandler(ended -> end());
        }

        private void part(Buffer part) {
            if (over) {
                return;
            }
            bodies.addAndGet(part.length());
            received.appendBuffer(part);
            if (received.length() > MAX_BODY) {
                release();
                refuse(request, 413, "Request body too large");
            } else if (bodies.get() > MAX_BODIES) {
                release();
                refuse(request, 503, "Too many requests at a time");
            }
        }

        private void end() {
            if (over) {
                return;
            }
            connections.arrived(request.connection());
            byte[] bytes = received.getBytes();
            worker.run(() -> dispatcher.handle(bytes))
                    .onComplete(done -> release())
                    .onSuccess(outcome -> RpcServer.this.outcome(request, outcome))
                    .onFailure(cause -> failed(request, cause));
        }

        private void release() {
            if (!over) {
                over = true;
                bodies.addAndGet(-received.length());
            }
        }
    }

    private void outcome(HttpServerRequest request, RpcOutcome outcome) {
        switch (outcome) {
            case RpcOutcome.Reply reply -> reply(request, reply);
            case RpcOutcome.Wait wait -> waitFor(request, wait);
        }
    }

    private void waitFor(HttpServerRequest request, RpcOutcome.Wait wait) {
        Context context = vertx.getOrCreateContext();
        Optional<LongPolls.Ticket> ticket = longPolls.wait(
                wait.longPollId(),
                nanoTime.getAsLong(),
                () -> context.runOnContext(woken -> answer(request, wait.request())));
        if (ticket.isEmpty()) {
            refuse(request, 503, "Too many long polls");
            return;
        }
        request.response().closeHandler(closed -> longPolls.giveBack(ticket.get()));
        // The tip may have changed on the way here.
        look(chain.status());
    }

    private void answer(HttpServerRequest request, RpcRequest call) {
        worker.run(() -> dispatcher.answer(call))
                .onSuccess(reply -> reply(request, reply))
                .onFailure(cause -> failed(request, cause));
    }

    private static void reply(HttpServerRequest request, RpcOutcome.Reply reply) {
        HttpServerResponse response = request.response();
        if (response.closed()) {
            return;
        }
        response.setStatusCode(reply.status());
        if (reply.body().length > 0) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        }
        response.end(Buffer.buffer(reply.body()));
    }

    private static void failed(HttpServerRequest request, Throwable cause) {
        if (cause instanceof ChainWorker.BusyException) {
            refuse(request, 503, "Work queue depth exceeded");
        } else {
            ChainEvents.callFailed("", cause);
            refuse(request, 500, "Internal error");
        }
    }
}
