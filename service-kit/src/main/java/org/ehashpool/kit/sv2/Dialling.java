package org.ehashpool.kit.sv2;

import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.ehashpool.kit.sv2.link.CloseReason;
import org.ehashpool.kit.sv2.link.Link;
import org.ehashpool.kit.sv2.link.PartialBudget;
import org.ehashpool.kit.sv2.upstream.ExtensionAttempts;
import org.ehashpool.noise.handshake.Initiator;
import org.ehashpool.sv2.codec.Reception;
import org.ehashpool.sv2.codec.Sender;
import org.ehashpool.sv2.message.Common.Reconnect;
import org.jspecify.annotations.Nullable;

/**
 * One call of {@link Sv2Client#connect}: the name's addresses in turn, each with up to three connections where extensions
 * are asked for, all under one deadline. Lives on one event loop.
 */
final class Dialling {

    private final Sv2Client client;
    private final Sv2Client.Destination destination;
    private final Initiator initiator;
    private final SetupRequest request;
    private final ContextInternal context;
    private final BiConsumer<Sv2Connection, Reconnect> reconnect;
    private final Promise<ConnectOutcome> outcome;
    private final ArrayDeque<InetAddress> addresses = new ArrayDeque<>();
    private final long began;
    private ExtensionAttempts attempts;
    private ConnectOutcome lastFailure;
    private @Nullable Sv2Connection current;
    private boolean over;

    Dialling(
            Sv2Client client,
            Sv2Client.Destination destination,
            Initiator initiator,
            SetupRequest request,
            ContextInternal context,
            BiConsumer<Sv2Connection, Reconnect> reconnect) {
        this.client = client;
        this.destination = destination;
        this.initiator = initiator;
        this.request = request;
        this.context = context;
        this.reconnect = reconnect;
        this.outcome = context.promise();
        this.began = client.environment().nanoTime();
        this.lastFailure = new ConnectOutcome.Failed(
                CloseReason.CONNECTION_LOST, "the name " + destination.host() + " has no address");
        this.attempts = client.memory().isSilent(key(), began)
                ? ExtensionAttempts.without()
                : ExtensionAttempts.first(client.settings().extensionPatience());
    }

    Future<ConnectOutcome> outcome() {
        return outcome.future();
    }

    void begin() {
        Duration deadline = client.settings().deadline();
        long timer = context.setTimer(deadline.toMillis(), late -> {
            Sv2Connection unfinished = current;
            finish(new ConnectOutcome.Failed(CloseReason.SETUP_TIMEOUT, "not connected within " + deadline));
            if (unfinished != null) {
                unfinished.abort(CloseReason.SETUP_TIMEOUT);
            }
        });
        outcome.future().onComplete(done -> client.environment().vertx().cancelTimer(timer));
        context.executeBlocking(() -> InetAddress.getAllByName(destination.host()), false)
                .onComplete(
                        found -> {
                            addresses.addAll(List.of(found));
                            next();
                        },
                        unknown -> finish(new ConnectOutcome.Failed(CloseReason.CONNECTION_LOST, describe(unknown))));
    }

    private static String describe(Throwable cause) {
        String message =
                Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName());
        return cause instanceof UnknownHostException ? "unknown host " + message : message;
    }

    private void next() {
        InetAddress address = addresses.poll();
        if (address == null) {
            finish(lastFailure);
        } else {
            dial(address);
        }
    }

    private void dial(InetAddress address) {
        if (over) {
            return;
        }
        long dialled = client.environment().nanoTime();
        Promise<NetSocket> connected = context.promise();
        client.sockets()
                .connectInternal(
                        new ConnectOptions()
                                .setRemoteAddress(
                                        SocketAddress.inetSocketAddress(destination.port(), address.getHostAddress())),
                        connected,
                        context);
        connected.future().onComplete(socket -> connected(socket, address, dialled), refused -> {
            lastFailure = new ConnectOutcome.Failed(CloseReason.CONNECTION_LOST, describe(refused));
            next();
        });
    }

    private void connected(NetSocket socket, InetAddress address, long dialled) {
        NetSocketInternal internal = (NetSocketInternal) socket;
        Channel channel = internal.channelHandlerContext().channel();
        if (over || !channel.isActive()) {
            var _ = channel.close();
            next();
            return;
        }
        Duration tcp = Duration.ofNanos(client.environment().nanoTime() - dialled);
        Sv2Environment environment = client.environment();
        Sv2ClientSettings settings = client.settings();
        SocketOptions.apply(channel, settings.link());
        Sv2Connection connection = new Sv2Connection(
                environment.connectionIds().next(), channel, context, client.metrics(), client.events());
        current = connection;
        Promise<ClientFlow.Result> result = context.promise();
        ClientFlow flow = new ClientFlow(
                new ClientFlow.Start(
                        request,
                        destination.host(),
                        new InetSocketAddress(address, destination.port()),
                        environment.clock().instant(),
                        dialled,
                        attempts,
                        environment::nanoTime),
                connection,
                result,
                reconnect);
        client.metrics().accepted();
        Link link = Link.install(
                channel,
                Optional.of(internal.channelHandlerContext().name()),
                settings.link(),
                settings.deadlines(),
                "act 2 of the handshake",
                Reception.setup(Sender.SERVER, settings.link().payloadLimits()),
                client.metrics().traffic(),
                PartialBudget.UNLIMITED,
                new ConnectionHandler(connection, flow, () -> {}));
        connection.link(link);
        connection.renegotiation(flow::renegotiate);
        result.future().onSuccess(reached -> concluded(reached, connection, tcp, address));
        link.addInitiator(initiator, environment::epochSeconds, environment.workers());
    }

    private void concluded(ClientFlow.Result reached, Sv2Connection connection, Duration tcp, InetAddress address) {
        switch (reached) {
            case ClientFlow.Result.Connected(Duration noise, Duration setup) -> {
                if (!silenceMet()) {
                    client.memory().forget(key());
                }
                Duration total = Duration.ofNanos(client.environment().nanoTime() - began);
                finish(new ConnectOutcome.Connected(connection, new ConnectOutcome.Timings(tcp, noise, setup, total)));
            }
            case ClientFlow.Result.Silent(Duration connectionTime) -> {
                attempts = attempts.next();
                if (silenceMet()) {
                    client.memory().noteSilent(key(), client.environment().nanoTime());
                }
                dial(address);
            }
            case ClientFlow.Result.Ended(ConnectOutcome.Failed failed) -> {
                lastFailure = failed;
                next();
            }
            case ClientFlow.Result.Ended(ConnectOutcome refused) -> finish(refused);
        }
    }

    /** Whether extensions are not asked for any more. */
    private boolean silenceMet() {
        return attempts.patience(Duration.ZERO).isEmpty();
    }

    private void finish(ConnectOutcome reached) {
        if (!over) {
            over = true;
            current = null;
            outcome.complete(reached);
        }
    }

    private String key() {
        return destination.host() + ":" + destination.port() + "/" + destination.authority();
    }
}
