package org.ehashpool.kit.sv2;

import io.netty.util.concurrent.Future;
import io.vertx.core.Promise;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.ehashpool.kit.sv2.link.CloseCause;
import org.ehashpool.kit.sv2.link.CloseReason;
import org.ehashpool.kit.sv2.link.PeerViolationException;
import org.ehashpool.kit.sv2.link.SessionEstablished;
import org.ehashpool.kit.sv2.setup.ConnectionKind;
import org.ehashpool.kit.sv2.upstream.ExtensionAttempts;
import org.ehashpool.noise.handshake.PresentedCertificate;
import org.ehashpool.sv2.codec.Decoded;
import org.ehashpool.sv2.codec.Extensions;
import org.ehashpool.sv2.codec.Received;
import org.ehashpool.sv2.codec.Reception;
import org.ehashpool.sv2.message.Common.Reconnect;
import org.ehashpool.sv2.message.Common.SetupConnection;
import org.ehashpool.sv2.message.Common.SetupConnectionError;
import org.ehashpool.sv2.message.Common.SetupConnectionSuccess;
import org.ehashpool.sv2.message.ExtensionsNegotiation;
import org.ehashpool.sv2.message.ExtensionsNegotiation.RequestExtensions;
import org.ehashpool.sv2.message.ExtensionsNegotiation.RequestExtensionsError;
import org.ehashpool.sv2.message.ExtensionsNegotiation.RequestExtensionsSuccess;
import org.ehashpool.sv2.message.Message;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.jspecify.annotations.Nullable;

/** The order of messages as the side that dials sees it (sections 3.6 and extension 0x0001). One per TCP connection. */
final class ClientFlow implements SetupFlow {

    private static final int MAX_EARLY_MESSAGES = 64;

    private enum State {
        SECURING,
        AWAITING_SETUP,
        AWAITING_EXTENSIONS,
        OPEN,
        OVER
    }

    /** What one TCP connection came to. */
    sealed interface Result {
        /** Set up. */
        record Connected(Duration noise, Duration setup) implements Result {}

        /** RequestExtensions met silence or a hang-up: another connection is worth a try. */
        record Silent(Duration connectionTime) implements Result {}

        /** Final. */
        record Ended(ConnectOutcome outcome) implements Result {}
    }

    /**
     * What the flow is told at its beginning.
     *
     * @param request what is asked for
     * @param host the host that was dialled, for SetupConnection
     * @param peer the address that was dialled
     * @param connectedAt when the TCP connection was made
     * @param began when dialling began, monotonic nanoseconds
     * @param attempts how long to wait for extensions
     * @param nanoTime monotonic nanoseconds
     */
    record Start(
            SetupRequest request,
            String host,
            InetSocketAddress peer,
            Instant connectedAt,
            long began,
            ExtensionAttempts attempts,
            LongSupplier nanoTime) {}

    private final Start start;
    private final Sv2Connection connection;
    private final Promise<Result> result;
    private final BiConsumer<Sv2Connection, Reconnect> reconnect;
    private final List<Received> early = new ArrayList<>();
    private State state = State.SECURING;
    private Bytes handshakeHash = Bytes.EMPTY;
    private Optional<PresentedCertificate> server = Optional.empty();
    private Duration secured = Duration.ZERO;
    private Duration setUp = Duration.ZERO;
    private @Nullable SetupConnectionSuccess success;
    private int requestId;
    private @Nullable Future<?> patience;

    ClientFlow(
            Start start,
            Sv2Connection connection,
            Promise<Result> result,
            BiConsumer<Sv2Connection, Reconnect> reconnect) {
        this.start = start;
        this.connection = connection;
        this.result = result;
        this.reconnect = reconnect;
    }

    @Override
    public void secured(SessionEstablished session) {
        handshakeHash = session.handshakeHash();
        server = session.server();
        secured = elapsed();
        state = State.AWAITING_SETUP;
        connection.link().watch().step("the answer to SetupConnection");
        SetupRequest request = start.request();
        ClientDescription self = request.description();
        connection.send(new SetupConnection(
                request.protocol().number(),
                request.minVersion(),
                request.maxVersion(),
                request.flags(),
                Text.of(start.host()),
                start.peer().getPort(),
                Text.of(self.vendor()),
                Text.of(self.hardwareVersion()),
                Text.of(self.firmware()),
                Text.of(self.deviceId())));
    }

    @Override
    public void received(Received received) {
        switch (state) {
            case SECURING, OVER -> throw unexpected("a message before the handshake");
            case AWAITING_SETUP -> setup(received);
            case AWAITING_EXTENSIONS -> awaitExtensions(received);
            case OPEN -> open(received);
        }
    }

    private void setup(Received received) {
        Message message = received instanceof Decoded(Message decoded, var tlvs) ? decoded : null;
        switch (message) {
            case SetupConnectionSuccess answer -> succeeded(answer);
            case SetupConnectionError(long flags, Text errorCode) -> {
                over(new Result.Ended(new ConnectOutcome.SetupRefused(flags, errorCode.printable())));
                connection.closeGracefully(CloseCause.of(CloseReason.SETUP_REFUSED, errorCode.printable()));
            }
            case null, default -> throw unexpected("SetupConnection was not answered");
        }
    }

    private void succeeded(SetupConnectionSuccess answer) {
        SetupRequest request = start.request();
        if (answer.usedVersion() < request.minVersion() || answer.usedVersion() > request.maxVersion()) {
            throw unexpected("version " + answer.usedVersion() + " was not offered");
        }
        success = answer;
        setUp = elapsed();
        Reception reception = connection.link().messages().reception();
        connection.link().messages().reception(reception.established(request.protocol()));
        Optional<Duration> wait = request.extensions().isEmpty()
                ? Optional.empty()
                : start.attempts().patience(setUp);
        if (wait.isEmpty()) {
            agreed(List.of());
            return;
        }
        state = State.AWAITING_EXTENSIONS;
        connection.link().watch().step("the answer to RequestExtensions");
        connection.send(new RequestExtensions(requestId, request.extensions()));
        patience = connection
                .channel()
                .eventLoop()
                .schedule(this::silent, wait.get().toNanos(), TimeUnit.NANOSECONDS);
    }

    private void silent() {
        if (state == State.AWAITING_EXTENSIONS) {
            over(new Result.Silent(setUp));
            connection.closeGracefully(CloseCause.of(CloseReason.REPLACED, "RequestExtensions was not answered"));
        }
    }

    private void awaitExtensions(Received received) {
        Message message = received instanceof Decoded(Message decoded, var tlvs) ? decoded : null;
        switch (message) {
            case RequestExtensionsSuccess answer -> {
                cancelPatience();
                agreed(granted(answer));
            }
            case RequestExtensionsError answer -> {
                cancelPatience();
                refused(answer);
            }
            case null, default -> keepEarly(received);
        }
    }

    private List<Integer> granted(RequestExtensionsSuccess answer) {
        requireRequestId(answer.requestId());
        if (!start.request().extensions().containsAll(answer.supportedExtensions())) {
            throw unexpected("extensions were granted that were not requested");
        }
        return answer.supportedExtensions();
    }

    private void refused(RequestExtensionsError answer) {
        requireRequestId(answer.requestId());
        if (answer.requiredExtensions().isEmpty()) {
            agreed(List.of());
        } else {
            give(new ConnectOutcome.ExtensionsRefused(
                    start.request().requiredExtensions(), List.copyOf(answer.requiredExtensions())));
        }
    }

    private void requireRequestId(int answered) {
        if (answered != requestId) {
            throw unexpected("an answer to extension request " + answered + ", not " + requestId);
        }
    }

    private void agreed(List<Integer> granted) {
        List<Integer> missing = new ArrayList<>(start.request().requiredExtensions());
        missing.removeAll(granted);
        if (!missing.isEmpty()) {
            give(new ConnectOutcome.ExtensionsRefused(missing, List.of()));
            return;
        }
        SetupConnectionSuccess answer = success;
        if (answer == null) {
            throw new IllegalStateException("SetupConnection was not answered");
        }
        Extensions extensions = inForce(granted);
        Reception reception = connection.link().messages().reception();
        connection.link().messages().reception(reception.negotiated(extensions));
        state = State.OPEN;
        connection.setUp(info(answer, extensions));
        result.tryComplete(new Result.Connected(secured, setUp));
        List<Received> waiting = List.copyOf(early);
        early.clear();
        if (!waiting.isEmpty()) {
            connection.delivery().deliverFirst(waiting);
        }
    }

    private ConnectionInfo info(SetupConnectionSuccess answer, Extensions extensions) {
        SetupRequest request = start.request();
        return new ConnectionInfo(
                connection.connectionId(),
                ConnectionKind.of(
                        request.protocol().number(),
                        request.flags(),
                        request.description().hardwareVersion()),
                start.peer(),
                request.protocol(),
                answer.usedVersion(),
                request.flags(),
                answer.flags(),
                extensions,
                handshakeHash,
                request.description(),
                server,
                start.connectedAt());
    }

    /** The negotiation gets its answer first; what a server sends before it is for the owner, in order. */
    private void keepEarly(Received received) {
        if (early.size() == MAX_EARLY_MESSAGES) {
            throw unexpected("more than " + MAX_EARLY_MESSAGES + " messages instead of an answer to RequestExtensions");
        }
        early.add(received);
    }

    private void open(Received received) {
        switch (received) {
            case Decoded(Reconnect request, var tlvs) -> reconnect.accept(connection, request);
            case Decoded(RequestExtensionsSuccess answer, var tlvs) -> {
                List<Integer> granted = granted(answer);
                renegotiated(granted);
            }
            case Decoded(RequestExtensionsError answer, var tlvs) -> {
                requireRequestId(answer.requestId());
                renegotiated(List.of());
            }
            default -> connection.delivery().deliver(received);
        }
    }

    private void renegotiated(List<Integer> granted) {
        Extensions extensions = inForce(granted);
        Reception reception = connection.link().messages().reception();
        connection.link().messages().reception(reception.negotiated(extensions));
        connection.extensions(extensions);
    }

    /** Asks again for the extensions, after ChannelEndpointChanged: none is in force until the answer. */
    void renegotiate() {
        if (state == State.OPEN && !start.request().extensions().isEmpty()) {
            requestId = (requestId + 1) & 0xffff;
            renegotiated(List.of());
            connection.send(new RequestExtensions(requestId, start.request().extensions()));
        }
    }

    private static Extensions inForce(List<Integer> granted) {
        List<Integer> others = new ArrayList<>(granted);
        others.remove(Integer.valueOf(ExtensionsNegotiation.EXTENSION));
        return Extensions.of(others);
    }

    private void give(ConnectOutcome outcome) {
        over(new Result.Ended(outcome));
        connection.closeGracefully(CloseCause.of(CloseReason.EXTENSION_REQUIRED, outcome.toString()));
    }

    private void over(Result reached) {
        state = State.OVER;
        result.tryComplete(reached);
    }

    @Override
    public void ended(CloseCause cause) {
        cancelPatience();
        if (state == State.AWAITING_EXTENSIONS && hungUp(cause)) {
            result.tryComplete(new Result.Silent(setUp));
        }
        result.tryComplete(new Result.Ended(new ConnectOutcome.Failed(cause.reason(), cause.detail())));
    }

    private static boolean hungUp(CloseCause cause) {
        return switch (cause.reason()) {
            case PEER_CLOSED, CONNECTION_LOST, SETUP_TIMEOUT -> true;
            default -> false;
        };
    }

    private void cancelPatience() {
        Future<?> waiting = patience;
        if (waiting != null) {
            patience = null;
            waiting.cancel(false);
        }
    }

    private Duration elapsed() {
        return Duration.ofNanos(start.nanoTime().getAsLong() - start.began());
    }

    private static PeerViolationException unexpected(String detail) {
        return new PeerViolationException(CloseReason.UNEXPECTED_MESSAGE, detail);
    }
}
