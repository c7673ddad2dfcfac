package org.ehashpool.pool.template;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.ehashpool.kit.sv2.ClientDescription;
import org.ehashpool.kit.sv2.SetupRequest;
import org.ehashpool.kit.sv2.Sv2Client.Destination;
import org.ehashpool.kit.sv2.Sv2ClientSettings;
import org.ehashpool.kit.sv2.Sv2Connection;
import org.ehashpool.kit.sv2.Sv2Environment;
import org.ehashpool.kit.sv2.Sv2ReconnectingClient;
import org.ehashpool.kit.sv2.UpstreamStatus;
import org.ehashpool.kit.sv2.link.CloseReason;
import org.ehashpool.kit.sv2.link.LinkSettings;
import org.ehashpool.kit.sv2.upstream.ReconnectSettings;
import org.ehashpool.sv2.message.Message;
import org.ehashpool.sv2.message.Protocol;
import org.ehashpool.sv2.message.TemplateDistribution;
import org.ehashpool.sv2.message.TemplateDistribution.CoinbaseOutputConstraints;
import org.ehashpool.sv2.message.TemplateDistribution.RequestTransactionData;
import org.ehashpool.sv2.type.U64;
import org.jspecify.annotations.Nullable;

/** The connection to one template provider, made again for ever. Lives on one event loop. */
final class ProviderLink {
    private static final ReconnectSettings RECONNECT = new ReconnectSettings(
            Duration.ofMillis(250),
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(30));
    private static final int FRAMES_PER_TURN = 128;
    private static final int FRAMES_PER_SECOND = 2_000;
    private static final int MAX_AWAITED = 64;

    private final int index;
    private final String name;
    private final boolean authenticated;
    private final Listener listener;
    private final Sv2ReconnectingClient client;
    private final SequencedMap<Long, Long> awaited = new LinkedHashMap<>();
    private @Nullable Line line;
    long templates;
    Optional<Instant> lastTemplate = Optional.empty();
    Optional<Long> tipLagMillis = Optional.empty();
    boolean tipSeen;

    /** Told what happens, on the event loop. */
    interface Listener {
        /** A connection is set up: the first message must be CoinbaseOutputConstraints. */
        void connected(int provider);

        void message(int provider, TemplateDistribution.FromServer message);

        void disconnected(int provider, String why);
    }

    ProviderLink(
            int index,
            Destination destination,
            Sv2Environment environment,
            Context context,
            String version,
            Listener listener) {
        this.index = index;
        this.name = name(destination);
        this.authenticated = !destination.authority().isEmpty();
        this.listener = listener;
        this.client = new Sv2ReconnectingClient(
                environment,
                context,
                "templates-" + (index + 1),
                Sv2ClientSettings.DEFAULT.withLink(
                        LinkSettings.DEFAULT.withFrameLimits(FRAMES_PER_TURN, Optional.of(FRAMES_PER_SECOND))),
                RECONNECT,
                List.of(destination),
                SetupRequest.of(
                        Protocol.TEMPLATE_DISTRIBUTION, new ClientDescription("ehashpool", "pool", version, "")),
                this::connected);
    }

    /** HOST:PORT. */
    static String name(Destination destination) {
        String host = destination.host();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + destination.port();
    }

    /** One connection, for as long as it lasts. */
    private record Line(String provider, Sv2Connection connection) implements IssuedTemplates.Outlet {
        @Override
        public boolean isOpen() {
            return !connection.closed().isComplete();
        }

        @Override
        public void send(TemplateDistribution.FromClient message) {
            connection.send(message);
        }
    }

    void start() {
        client.start();
    }

    Future<Void> stop() {
        return client.stop();
    }

    private void connected(Sv2Connection connection) {
        Line made = new Line(name, connection);
        line = made;
        tipSeen = false;
        connection.closed().onSuccess(cause -> {
            if (made.equals(line)) {
                line = null;
                listener.disconnected(
                        index, cause.reason().label() + (cause.detail().isEmpty() ? "" : ": " + cause.detail()));
            }
        });
        listener.connected(index);
        connection.messageHandler(decoded -> {
            Message message = decoded.message();
            if (made.equals(line) && message instanceof TemplateDistribution.FromServer known) {
                listener.message(index, known);
            }
        });
    }

    /** Ends the connection; another one is made after a while. */
    void cutOff() {
        Line present = line;
        line = null;
        if (present != null) {
            present.connection().abort(CloseReason.CLOSED);
        }
    }

    void constrain(CoinbaseOutputConstraints constraints) {
        Line present = line;
        if (present != null) {
            present.send(constraints);
        }
    }

    /** The present connection. */
    Optional<IssuedTemplates.Outlet> outlet() {
        return Optional.ofNullable(line);
    }

    /** Asks for a template's transactions. */
    void ask(@U64 long originalId, @U64 long id) {
        Line present = line;
        if (present != null) {
            if (awaited.size() == MAX_AWAITED) {
                awaited.pollFirstEntry();
            }
            awaited.put(originalId, id);
            present.send(new RequestTransactionData(originalId));
        }
    }

    /** The pool's name of the template whose transactions this answers; empty if they were not asked for. */
    Optional<Long> answered(@U64 long originalId) {
        return Optional.ofNullable(awaited.remove(originalId));
    }

    /** Templates whose transactions will not come any more, by the pool's names. */
    List<Long> unanswered() {
        List<Long> ids = new ArrayList<>(awaited.values());
        awaited.clear();
        return ids;
    }

    String name() {
        return name;
    }

    boolean isAuthenticated() {
        return authenticated;
    }

    boolean isConnected() {
        return line != null;
    }

    UpstreamStatus status() {
        return client.status();
    }
}
