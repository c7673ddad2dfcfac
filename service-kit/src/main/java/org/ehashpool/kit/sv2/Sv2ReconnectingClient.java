package org.ehashpool.kit.sv2;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ehashpool.kit.sv2.link.CloseCause;
import org.ehashpool.kit.sv2.link.CloseReason;
import org.ehashpool.kit.sv2.upstream.ReconnectPolicy;
import org.ehashpool.kit.sv2.upstream.ReconnectPolicy.Redirect;
import org.ehashpool.kit.sv2.upstream.ReconnectPolicy.Step;
import org.ehashpool.kit.sv2.upstream.ReconnectPolicy.Target;
import org.ehashpool.kit.sv2.upstream.ReconnectSettings;
import org.ehashpool.noise.certificate.Sv2Url;
import org.ehashpool.sv2.message.Common.Reconnect;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one connection to the most preferred of several upstreams: reconnects, fails over, fails back, follows Reconnect
 * messages to servers of the same authority. {@link ReconnectPolicy} decides, this class dials.
 *
 * <p>A connection that takes another one's place is handed out first; the old one is then closed with the reason {@link
 * CloseReason#REPLACED}. A {@link ConnectionOwner} may try a connection before it takes the place. Everything happens on one event loop; the methods may be called from any thread.
 */
public final class Sv2ReconnectingClient {

    private final Sv2Environment environment;
    private final Sv2Client client;
    private final Sv2Events events;
    private final List<Sv2Client.Destination> peers;
    private final SetupRequest request;
    private final ConnectionOwner owner;
    private final ContextInternal context;
    private final ReconnectPolicy policy;
    private final Promise<Void> stopped;
    private volatile UpstreamStatus status;
    private @Nullable Handler<UpstreamStatus> statusHandler;
    private @Nullable Sv2Connection current;
    private @Nullable Sv2Connection onTrial;
    private String lastFailure = "";
    private long timer = -1;
    private boolean stopping;

    /**
     * @param environment what the process's endpoints share
     * @param name the endpoint's name in logs and metrics, unique in the process
     * @param settings of each connection
     * @param reconnect delays
     * @param peers upstreams, the preferred one first
     * @param request what is asked of each
     * @param connected called with each connection that becomes the current one, on its event loop
     */
    public Sv2ReconnectingClient(
            Sv2Environment environment,
            String name,
            Sv2ClientSettings settings,
            ReconnectSettings reconnect,
            List<Sv2Url> peers,
            SetupRequest request,
            Handler<Sv2Connection> connected) {
        this(
                environment,
                environment.internalVertx().createEventLoopContext(),
                name,
                settings,
                reconnect,
                peers.stream().map(Sv2Client.Destination::of).toList(),
                request,
                connected);
    }

    /**
     * A client on an event loop of the caller's choice, so that several share one. Where a peer is not authenticated its
     * Reconnect messages are not followed: it has no authority that the next server could be held to.
     *
     * @param environment what the process's endpoints share
     * @param context an event loop's
     * @param name the endpoint's name in logs and metrics, unique in the process
     * @param settings of each connection
     * @param reconnect delays
     * @param peers upstreams, the preferred one first
     * @param request what is asked of each
     * @param connected called with each connection that becomes the current one, on the event loop
     */
    public Sv2ReconnectingClient(
            Sv2Environment environment,
            Context context,
            String name,
            Sv2ClientSettings settings,
            ReconnectSettings reconnect,
            List<Sv2Client.Destination> peers,
            SetupRequest request,
            Handler<Sv2Connection> connected) {
        this(environment, context, name, settings, reconnect, peers, request, handing(connected));
    }

    /**
     * A client that leaves it to the owner whether a connection is of any use, and when the one before is done with.
     *
     * @param environment what the process's endpoints share
     * @param context an event loop's
     * @param name the endpoint's name in logs and metrics, unique in the process
     * @param settings of each connection
     * @param reconnect delays
     * @param peers upstreams, the preferred one first
     * @param request what is asked of each
     * @param owner is given each connection, on the event loop
     */
    public Sv2ReconnectingClient(
            Sv2Environment environment,
            Context context,
            String name,
            Sv2ClientSettings settings,
            ReconnectSettings reconnect,
            List<Sv2Client.Destination> peers,
            SetupRequest request,
            ConnectionOwner owner) {
        if (!context.isEventLoopContext()) {
            throw new IllegalArgumentException("not an event loop's context");
        }
        this.environment = environment;
        this.client = new Sv2Client(environment, name, settings);
        this.events = client.events();
        this.peers = List.copyOf(peers);
        this.request = request;
        this.owner = owner;
        this.context = (ContextInternal) context;
        this.policy = new ReconnectPolicy(peers.size(), reconnect, environment.random());
        this.stopped = this.context.promise();
        this.status =
                new UpstreamStatus(UpstreamStatus.State.IDLE, 0, address(this.peers.getFirst()), "", Optional.empty());
    }

    private static ConnectionOwner handing(Handler<Sv2Connection> connected) {
        return (connection, peer) -> {
            connected.handle(connection);
            return Future.succeededFuture();
        };
    }

    /** Called with each change of the status, on the client's event loop. Set before the start. */
    public Sv2ReconnectingClient statusHandler(Handler<UpstreamStatus> handler) {
        statusHandler = handler;
        return this;
    }

    /** Begins; at once and for as long as it is not stopped. */
    public void start() {
        context.runOnContext(begin -> follow(policy.start(environment.nanoTime())));
    }

    /** How it stands. */
    public UpstreamStatus status() {
        return status;
    }

    /** Ends the connection when what was sent has left, and makes no other; whatever is under way is abandoned. */
    public Future<Void> stop() {
        context.runOnContext(end -> {
            if (!stopping) {
                stopping = true;
                policy.stop();
                cancelTimer();
                Sv2Connection connection = current;
                Future<?> closed = Future.succeededFuture();
                if (onTrial != null) {
                    onTrial.close(CloseReason.SHUTDOWN);
                }
                if (connection != null) {
                    connection.close(CloseReason.SHUTDOWN);
                    closed = connection.closed();
                }
                publish(UpstreamStatus.State.STOPPED, status.peer(), status.address(), Optional.empty());
                closed.compose(gone -> client.close()).onComplete(done -> stopped.tryComplete());
            }
        });
        return stopped.future();
    }

    private void follow(Step step) {
        cancelTimer();
        switch (step) {
            case Step.Dial(Target target) -> dial(target);
            case Step.Wait(long until) -> {
                Duration wait = Duration.ofNanos(Math.max(0, until - environment.nanoTime()));
                timer = context.setTimer(Math.max(1, wait.toMillis() + 1), due -> {
                    timer = -1;
                    follow(policy.wake(environment.nanoTime()));
                });
                if (current == null) {
                    publish(UpstreamStatus.State.WAITING, status.peer(), status.address(), Optional.of(wait));
                }
            }
            case Step.Rest() -> {
                // Whatever happens next brings the next step.
                return;
            }
        }
    }

    private void dial(Target target) {
        Sv2Client.Destination destination = resolve(target);
        if (current == null) {
            publish(UpstreamStatus.State.CONNECTING, target.peer(), address(destination), Optional.empty());
        }
        client.connect(destination, request, context, this::redirected)
                .onSuccess(outcome -> dialled(target, destination, outcome));
    }

    /** "It is not possible to reconnect to a server with a certificate signed by a different pool authority key." */
    private Sv2Client.Destination resolve(Target target) {
        Sv2Client.Destination configured = peers.get(target.peer());
        return target.redirect()
                .map(redirect -> new Sv2Client.Destination(
                        redirect.host().isEmpty() ? configured.host() : redirect.host(),
                        redirect.port() == 0 ? configured.port() : redirect.port(),
                        configured.authority()))
                .orElse(configured);
    }

    private void dialled(Target target, Sv2Client.Destination destination, ConnectOutcome outcome) {
        if (stopping) {
            if (outcome instanceof ConnectOutcome.Connected(Sv2Connection late, var timings)) {
                late.close(CloseReason.SHUTDOWN);
            }
            return;
        }
        switch (outcome) {
            case ConnectOutcome.Connected(Sv2Connection connection, var timings) ->
                tryOut(connection, target, destination);
            case ConnectOutcome.SetupRefused(long flags, String errorCode) ->
                failed("%s, unsupported flags 0x%08x".formatted(errorCode, flags));
            case ConnectOutcome.ExtensionsRefused refused -> failed(refused.toString());
            case ConnectOutcome.Failed(CloseReason reason, String detail) -> failed(reason.label() + ": " + detail);
        }
    }

    private void failed(String why) {
        lastFailure = why;
        follow(policy.attemptFailed(environment.nanoTime()));
    }

    private void tryOut(Sv2Connection connection, Target target, Sv2Client.Destination destination) {
        onTrial = connection;
        connection.closed().onSuccess(cause -> ended(connection, cause));
        connection.handOver(tried -> owner.tryOut(tried, target.peer())
                .onComplete(
                        useful -> accepted(connection, target, destination), useless -> rejected(connection, useless)));
    }

    private void accepted(Sv2Connection connection, Target target, Sv2Client.Destination destination) {
        if (connection != onTrial || stopping) {
            return;
        }
        onTrial = null;
        Sv2Connection previous = current;
        current = connection;
        lastFailure = "";
        publish(UpstreamStatus.State.CONNECTED, target.peer(), address(destination), Optional.empty());
        if (previous != null) {
            owner.replaced(previous).onComplete(done -> previous.close(CloseReason.REPLACED));
        }
        follow(policy.attemptSucceeded(environment.nanoTime()));
    }

    private void rejected(Sv2Connection connection, Throwable why) {
        if (connection != onTrial || stopping) {
            return;
        }
        onTrial = null;
        String words = Optional.ofNullable(why.getMessage()).orElse(why.toString());
        connection.close(CloseReason.CLOSED, words);
        failed(words);
    }

    private void ended(Sv2Connection connection, CloseCause cause) {
        String why = cause.reason().label() + (cause.detail().isEmpty() ? "" : ": " + cause.detail());
        if (connection == onTrial) {
            onTrial = null;
            if (!stopping) {
                failed(why);
            }
        } else if (connection == current) {
            current = null;
            if (!stopping) {
                lastFailure = why;
                follow(policy.disconnected(environment.nanoTime()));
            }
        }
    }

    private void redirected(Sv2Connection connection, Reconnect message) {
        if (connection != current || stopping) {
            return;
        }
        String host = message.newHost().printable();
        boolean authenticated =
                peers.stream().noneMatch(peer -> peer.authority().isEmpty());
        Optional<Step> step = authenticated && isHost(host)
                ? policy.redirected(new Redirect(host, message.newPort()), environment.nanoTime())
                : Optional.empty();
        events.redirection(host, message.newPort(), step.isPresent());
        step.ifPresent(this::follow);
    }

    /** Checked by the URL's own rules, before it is dialled. */
    private boolean isHost(String host) {
        if (host.isEmpty()) {
            return true;
        }
        try {
            return !new Sv2Url(host, 1, peers.getFirst().authority().getFirst())
                    .host()
                    .isEmpty();
        } catch (IllegalArgumentException notAHost) {
            return false;
        }
    }

    private void publish(UpstreamStatus.State state, int peer, String address, Optional<Duration> nextAttemptIn) {
        UpstreamStatus changed = new UpstreamStatus(state, peer, address, lastFailure, nextAttemptIn);
        status = changed;
        events.upstream(changed);
        Handler<UpstreamStatus> handler = statusHandler;
        if (handler != null) {
            handler.handle(changed);
        }
    }

    private void cancelTimer() {
        if (timer >= 0) {
            environment.vertx().cancelTimer(timer);
            timer = -1;
        }
    }

    private static String address(Sv2Client.Destination destination) {
        return destination.host() + ":" + destination.port();
    }
}
