package org.ehashpool.kit.sv2;

import io.vertx.core.Handler;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ehashpool.kit.sv2.link.CloseCause;
import org.ehashpool.kit.sv2.link.CloseReason;
import org.ehashpool.kit.sv2.link.PeerViolationException;
import org.ehashpool.kit.sv2.link.SessionEstablished;
import org.ehashpool.kit.sv2.setup.ConnectionKind;
import org.ehashpool.kit.sv2.setup.ExtensionPolicy;
import org.ehashpool.kit.sv2.setup.SetupPolicy;
import org.ehashpool.sv2.codec.Decoded;
import org.ehashpool.sv2.codec.Extensions;
import org.ehashpool.sv2.codec.Received;
import org.ehashpool.sv2.codec.Reception;
import org.ehashpool.sv2.message.Common.SetupConnection;
import org.ehashpool.sv2.message.Common.SetupConnectionError;
import org.ehashpool.sv2.message.Common.SetupConnectionSuccess;
import org.ehashpool.sv2.message.ExtensionsNegotiation;
import org.ehashpool.sv2.message.ExtensionsNegotiation.RequestExtensions;
import org.ehashpool.sv2.message.ExtensionsNegotiation.RequestExtensionsError;
import org.ehashpool.sv2.message.ExtensionsNegotiation.RequestExtensionsSuccess;
import org.ehashpool.sv2.message.Protocol;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.jspecify.annotations.Nullable;

/** The order of messages as the side that listens sees it (sections 3.6 and extension 0x0001). */
final class ServerFlow implements SetupFlow {

    private enum State {
        AWAITING_SETUP,
        AWAITING_EXTENSIONS,
        OPEN
    }

    private final SetupPolicy policy;
    private final Protocol protocol;
    private final Sv2Connection connection;
    private InetSocketAddress peer;
    private final Instant connectedAt;
    private final Handler<Sv2Connection> connected;
    private State state = State.AWAITING_SETUP;
    private Bytes handshakeHash = Bytes.EMPTY;
    private Set<Integer> agreed;
    private boolean refusedOnce;
    private @Nullable ConnectionInfo accepted;

    ServerFlow(
            SetupPolicy policy,
            Protocol protocol,
            Sv2Connection connection,
            InetSocketAddress peer,
            Instant connectedAt,
            Handler<Sv2Connection> connected) {
        this.policy = policy;
        this.protocol = protocol;
        this.connection = connection;
        this.peer = peer;
        this.connectedAt = connectedAt;
        this.connected = connected;
        this.agreed = policy.extensions().initial();
    }

    /** A trusted proxy named the real peer. */
    void identified(InetSocketAddress real) {
        peer = real;
    }

    @Override
    public void secured(SessionEstablished session) {
        handshakeHash = session.handshakeHash();
        connection.link().watch().step("SetupConnection");
    }

    @Override
    public void received(Received received) {
        switch (state) {
            case AWAITING_SETUP -> setup(received);
            case AWAITING_EXTENSIONS -> awaitExtensions(received);
            case OPEN -> open(received);
        }
    }

    /** "This MUST be the first message sent by the client on the newly opened connection." */
    private void setup(Received received) {
        if (!(received instanceof Decoded(SetupConnection setup, var tlvs))) {
            throw unexpected("the first message must be SetupConnection");
        }
        switch (policy.answer(setup.protocol(), setup.minVersion(), setup.maxVersion(), setup.flags())) {
            case SetupPolicy.Answer.Refused(long flags, String errorCode) -> {
                connection.send(new SetupConnectionError(flags, Text.of(errorCode)));
                connection.closeGracefully(CloseCause.of(
                        CloseReason.SETUP_REFUSED,
                        "%s: protocol %d, versions %d to %d, flags 0x%08x"
                                .formatted(
                                        errorCode,
                                        setup.protocol(),
                                        setup.minVersion(),
                                        setup.maxVersion(),
                                        setup.flags())));
            }
            case SetupPolicy.Answer.Accepted(int version, long serverFlags) -> accept(setup, version, serverFlags);
        }
    }

    private void accept(SetupConnection setup, int version, long serverFlags) {
        connection.send(new SetupConnectionSuccess(version, serverFlags));
        accepted = new ConnectionInfo(
                connection.connectionId(),
                ConnectionKind.of(
                        setup.protocol(), setup.flags(), setup.hardwareVersion().toString()),
                peer,
                protocol,
                version,
                setup.flags(),
                serverFlags,
                extensions(agreed),
                handshakeHash,
                ClientDescription.of(setup),
                Optional.empty(),
                connectedAt);
        Reception reception = connection.link().messages().reception();
        connection.link().messages().reception(reception.established(protocol).negotiated(extensions(agreed)));
        if (policy.extensions().isSatisfiedBy(agreed)) {
            handOver();
        } else {
            state = State.AWAITING_EXTENSIONS;
            connection.link().watch().step("RequestExtensions");
        }
    }

    private void handOver() {
        ConnectionInfo info = accepted;
        if (info == null) {
            throw new IllegalStateException("SetupConnection was not accepted");
        }
        state = State.OPEN;
        connection.setUp(info.withExtensions(extensions(agreed)));
        connection.handOver(connected);
    }

    private void awaitExtensions(Received received) {
        if (!(received instanceof Decoded(RequestExtensions request, var tlvs))) {
            throw new PeerViolationException(
                    CloseReason.EXTENSION_REQUIRED,
                    "extensions " + extensions(policy.extensions().required()) + " are required, none were requested");
        }
        if (negotiate(request)) {
            handOver();
        }
    }

    private void open(Received received) {
        switch (received) {
            case Decoded(RequestExtensions request, var tlvs) -> {
                if (negotiate(request)) {
                    connection.extensions(extensions(agreed));
                }
            }
            case Decoded(SetupConnection again, var tlvs) -> throw unexpected("a second SetupConnection");
            default -> connection.delivery().deliver(received);
        }
    }

    /** Answers; true: what was agreed is enough to go on. */
    private boolean negotiate(RequestExtensions request) {
        return switch (policy.extensions().answer(request.requestedExtensions())) {
            case ExtensionPolicy.Answer.Granted(List<Integer> granted) -> {
                agree(granted);
                connection.send(new RequestExtensionsSuccess(request.requestId(), granted));
                yield true;
            }
            case ExtensionPolicy.Answer.Refused(List<Integer> unsupported, List<Integer> required) -> {
                agree(List.of());
                connection.send(new RequestExtensionsError(request.requestId(), unsupported, required));
                yield required.isEmpty() || retryAllowed(required);
            }
        };
    }

    /** "If the client does not retry with the required extension, the server MUST disconnect the client." */
    private boolean retryAllowed(List<Integer> required) {
        if (refusedOnce || state == State.OPEN) {
            connection.closeGracefully(CloseCause.of(
                    CloseReason.EXTENSION_REQUIRED, "extensions " + Extensions.of(required) + " were not requested"));
        }
        refusedOnce = true;
        return false;
    }

    private void agree(List<Integer> granted) {
        Set<Integer> all = new HashSet<>(granted);
        all.addAll(policy.extensions().implied());
        agreed = all;
        Reception reception = connection.link().messages().reception();
        connection.link().messages().reception(reception.negotiated(extensions(agreed)));
    }

    private static Extensions extensions(Set<Integer> types) {
        Set<Integer> shown = new HashSet<>(types);
        shown.remove(ExtensionsNegotiation.EXTENSION);
        return Extensions.of(shown);
    }

    @Override
    public void ended(CloseCause cause) {
        if (state != State.OPEN) {
            connection.events().setupFailed(connection.connectionId(), peer, cause);
        }
    }

    private static PeerViolationException unexpected(String detail) {
        return new PeerViolationException(CloseReason.UNEXPECTED_MESSAGE, detail);
    }
}
