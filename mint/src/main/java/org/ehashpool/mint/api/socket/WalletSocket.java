package org.ehashpool.mint.api.socket;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.ehashpool.cashu.json.JsonText;
import org.ehashpool.cashu.json.JsonValue;
import org.ehashpool.cashu.json.MalformedJsonException;
import org.ehashpool.cashu.json.Message;
import org.ehashpool.cashu.json.SubscriptionMessages.Acknowledgement;
import org.ehashpool.cashu.json.SubscriptionMessages.Command;
import org.ehashpool.cashu.json.SubscriptionMessages.Notification;
import org.ehashpool.cashu.json.SubscriptionMessages.Refusal;
import org.ehashpool.cashu.json.SubscriptionMessages.Subscribe;
import org.ehashpool.cashu.json.SubscriptionMessages.Unsubscribe;
import org.ehashpool.kit.sv2.admission.AddressGroup;
import org.ehashpool.mint.events.MintEvents;

/**
 * One wallet's connection. Its state belongs to its event loop; one command is worked on at a time, and none while the
 * wallet does not read.
 */
final class WalletSocket {

    /** JSON-RPC: "Invalid JSON was received by the server". */
    private static final int PARSE_ERROR = -32_700;

    /** JSON-RPC: "The JSON sent is not a valid Request object". */
    private static final int INVALID_REQUEST = -32_600;

    /** JSON-RPC: "The method does not exist / is not available". */
    private static final int METHOD_NOT_FOUND = -32_601;

    private static final Set<String> METHODS = Set.of("subscribe", "unsubscribe");
    private static final int LONGEST_METHOD = 64;

    private static final int SHORT_TEXT = 8192;
    private static final int STATES_AT_ONCE = 100;

    /** As many as are looked up for the price of a message; as in requests over HTTP. */
    private static final int FILTERS_OF_A_MESSAGE = 16;

    private static final int MOST_WAITING = 1_000;
    private static final short POLICY_VIOLATION = 1008;
    private static final short TRY_AGAIN_LATER = 1013;

    private final ServerWebSocket socket;
    private final AddressGroup address;
    private final WalletSockets.Shared shared;
    private final Vertx vertx;
    private final Context context;
    private final Map<String, Subscription> subscriptions = new HashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private int filters;
    private boolean closed;

    /** What was asked for at once; of each thing the version that was told last. */
    private record Subscription(String id, Map<Topic, Long> told) {}

    private static final long NOTHING = -1;

    WalletSocket(ServerWebSocket socket, AddressGroup address, WalletSockets.Shared shared, Vertx vertx) {
        this.socket = socket;
        this.address = address;
        this.shared = shared;
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
    }

    /** A text message. */
    void receive(String text) {
        if (!shared.allowed().test(address, 1)) {
            close(POLICY_VIOLATION, "too many requests from your address");
            return;
        }
        socket.pause();
        understand(text).compose(this::carryOut).onComplete(done -> {
            if (done.failed()) {
                close(TRY_AGAIN_LATER, "the mint could not answer");
            } else {
                socket.resume();
            }
        });
    }

    /** What was asked, with the things it names; or why it is not understood. */
    private sealed interface Understood {
        record Wanted(Command command, List<Topic> topics) implements Understood {}

        record Wrong(Refusal refusal) implements Understood {}
    }

    private Future<Understood> understand(String text) {
        return text.length() <= SHORT_TEXT
                ? Future.succeededFuture(read(text))
                : vertx.executeBlocking(() -> read(text), false).map(Objects::requireNonNull);
    }

    private Understood read(String text) {
        JsonValue value;
        try {
            value = JsonText.read(text, text.length());
        } catch (MalformedJsonException e) {
            return new Understood.Wrong(new Refusal(0, PARSE_ERROR, e.problem()));
        }
        long id = 0;
        try {
            id = value.member("id").natural();
            String method = value.member("method").text(LONGEST_METHOD);
            if (!METHODS.contains(method)) {
                return new Understood.Wrong(
                        new Refusal(id, METHOD_NOT_FOUND, "method: subscribe or unsubscribe is expected"));
            }
        } catch (MalformedJsonException e) {
            return new Understood.Wrong(new Refusal(id, INVALID_REQUEST, e.problem()));
        }
        try {
            Command command = Command.read(value);
            return command instanceof Subscribe subscribe
                    ? topics(subscribe)
                    : new Understood.Wanted(command, List.of());
        } catch (MalformedJsonException e) {
            return new Understood.Wrong(new Refusal(id, Refusal.INVALID_PARAMETERS, e.problem()));
        }
    }

    private Understood topics(Subscribe subscribe) {
        if (!Topic.isKind(subscribe.kind(), shared.methods())) {
            return wrong(subscribe, "params.kind: the mint has none of it");
        }
        Map<Topic, Long> topics = new LinkedHashMap<>();
        for (String filter : subscribe.filters()) {
            Optional<Topic> topic = Topic.read(subscribe.kind(), filter);
            if (topic.isEmpty()) {
                return wrong(subscribe, "params.filters: there is no such thing");
            }
            topics.put(topic.get(), NOTHING);
        }
        return new Understood.Wanted(subscribe, List.copyOf(topics.keySet()));
    }

    private static Understood wrong(Command command, String problem) {
        return new Understood.Wrong(new Refusal(command.id(), Refusal.INVALID_PARAMETERS, problem));
    }

    private Future<Void> carryOut(Understood understood) {
        return switch (understood) {
            case Understood.Wrong wrong -> {
                send(wrong.refusal());
                yield drained();
            }
            case Understood.Wanted wanted ->
                switch (wanted.command()) {
                    case Subscribe subscribe -> subscribe(subscribe, wanted.topics());
                    case Unsubscribe unsubscribe -> unsubscribe(unsubscribe);
                };
        };
    }

    private Future<Void> subscribe(Subscribe command, List<Topic> topics) {
        int cost = topics.size() / FILTERS_OF_A_MESSAGE;
        if (cost > 0 && !shared.allowed().test(address, cost)) {
            send(new Refusal(
                    command.id(), Refusal.INVALID_PARAMETERS, "too many requests from your address: so many filters"));
            return drained();
        }
        Optional<String> problem = problem(command, topics.size());
        if (problem.isPresent()) {
            send(new Refusal(command.id(), Refusal.INVALID_PARAMETERS, problem.get()));
            return drained();
        }
        if (closed || !shared.filters().take(address, topics.size())) {
            send(new Refusal(command.id(), Refusal.INVALID_PARAMETERS, "too many filters at the mint"));
            return drained();
        }
        filters += topics.size();
        Subscription subscription = new Subscription(command.subscription(), new HashMap<>());
        topics.forEach(topic -> subscription.told().put(topic, NOTHING));
        subscriptions.put(subscription.id(), subscription);
        send(new Acknowledgement(command.id(), command.subscription()));
        // From here on changes come in; whichever state is newer is told, and no older one after it.
        topics.forEach(topic -> shared.watches().add(topic, this));
        return present(topics, 0);
    }

    private Optional<String> problem(Subscribe command, int count) {
        if (count == 0) {
            return Optional.of("params.filters: at least one is expected");
        }
        if (subscriptions.containsKey(command.subscription())) {
            return Optional.of("params.subId: is in use");
        }
        if (subscriptions.size() >= shared.config().maxSubscriptions()) {
            return Optional.of("more than " + shared.config().maxSubscriptions() + " subscriptions");
        }
        return filters + count > shared.config().maxFilters()
                ? Optional.of("more than " + shared.config().maxFilters() + " filters")
                : Optional.empty();
    }

    /** Tells the present states, a part at a time, as the wallet reads them. */
    private Future<Void> present(List<Topic> topics, int from) {
        if (from >= topics.size() || closed) {
            return drained();
        }
        int to = Math.min(topics.size(), from + STATES_AT_ONCE);
        return drained()
                .compose(free -> shared.states().of(topics.subList(from, to)))
                .compose(changes -> {
                    changes.forEach(this::tell);
                    return present(topics, to);
                });
    }

    private Future<Void> unsubscribe(Unsubscribe command) {
        Subscription ended = subscriptions.remove(command.subscription());
        if (ended == null) {
            send(new Refusal(command.id(), Refusal.INVALID_PARAMETERS, "params.subId: is not in use"));
        } else {
            forget(ended);
            send(new Acknowledgement(command.id(), command.subscription()));
        }
        return drained();
    }

    private void forget(Subscription ended) {
        filters -= ended.told().size();
        shared.filters().give(address, ended.told().size());
        for (Topic topic : ended.told().keySet()) {
            if (subscriptions.values().stream().noneMatch(other -> other.told().containsKey(topic))) {
                shared.watches().remove(topic, this);
            }
        }
    }

    /** A change; from any thread. */
    void offer(Change change) {
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            context.runOnContext(full -> drop("too many changes"));
            return;
        }
        context.runOnContext(turn -> {
            waiting.decrementAndGet();
            if (socket.writeQueueFull()) {
                drop("does not read");
            } else {
                tell(change);
            }
        });
    }

    private void tell(Change change) {
        if (closed) {
            return;
        }
        for (Subscription subscription : new ArrayList<>(subscriptions.values())) {
            Long told = subscription.told().get(change.topic());
            if (told != null && change.version() > told) {
                subscription.told().put(change.topic(), change.version());
                send(new Notification(subscription.id(), change.payload()));
            }
        }
    }

    private void send(Message message) {
        if (!closed) {
            socket.writeTextMessage(message.encode());
        }
    }

    /** When the wallet has read enough for more to be sent. */
    private Future<Void> drained() {
        if (closed || !socket.writeQueueFull()) {
            return Future.succeededFuture();
        }
        Promise<Void> promise = Promise.promise();
        socket.drainHandler(room -> promise.tryComplete());
        return promise.future();
    }

    private void drop(String reason) {
        if (!closed) {
            MintEvents.subscriberDropped(String.valueOf(socket.remoteAddress()), reason);
            close(POLICY_VIOLATION, reason);
        }
    }

    private void close(short status, String reason) {
        socket.close(status, reason);
    }

    /** The connection is gone. */
    void closed() {
        closed = true;
        List<Subscription> ended = List.copyOf(subscriptions.values());
        subscriptions.clear();
        ended.forEach(this::forget);
    }
}
