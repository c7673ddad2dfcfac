package org.ehashpool.templateprovider.serve;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.ehashpool.kit.bitcoin.BlockTemplate;
import org.ehashpool.kit.sv2.link.EncodedFrame;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.sv2.message.TemplateDistribution;
import org.ehashpool.templateprovider.event.TemplateProviderEvents;
import org.ehashpool.templateprovider.node.NodeCondition;
import org.ehashpool.templateprovider.node.NodeListener;
import org.ehashpool.templateprovider.template.Draft;
import org.ehashpool.templateprovider.template.Halving;
import org.ehashpool.templateprovider.template.Room;
import org.ehashpool.templateprovider.template.Tip;
import org.jspecify.annotations.Nullable;

/**
 * Brings templates to clients. Its state lives on one event loop; templates are built on a worker, one step after the
 * other, but a new tip is told without waiting for any of them.
 */
public final class TemplateDesk implements NodeListener {
    private final Vertx vertx;
    private final Context context;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Settings settings;
    private final TemplateBook book;
    private final Shelf shelf;
    private final Map<Client, Room> wanted = new LinkedHashMap<>();
    private final Set<Client> served = new HashSet<>();
    private @Nullable BlockTemplate latest;
    private Future<Void> steps = Future.succeededFuture();
    private volatile String absence = "the node has not been heard of yet";

    /**
     * What the operator decides.
     *
     * @param halving of the chain
     * @param maximumRooms different sizes of coinbase outputs at a time
     * @param patience how long a client waits for the first template
     * @param sendsAhead whether clients are sent an empty template of the block after
     */
    public record Settings(Halving halving, int maximumRooms, Duration patience, boolean sendsAhead) {}

    /** One that is sent templates. Called on the desk's event loop. */
    interface Client {
        /** Sends a message. */
        void send(EncodedFrame frame);

        /** Ends the connection. */
        void end(String why);
    }

    /**
     * Without templates yet.
     *
     * @param context the event loop on which the node's listener is called
     * @param nanoTime the monotonic clock
     * @param ids strictly increasing template ids, unsigned, of no earlier run
     */
    public TemplateDesk(
            Vertx vertx,
            Context context,
            InstantSource clock,
            LongSupplier nanoTime,
            LongSupplier ids,
            Shelf shelf,
            Settings settings) {
        this.vertx = vertx;
        this.context = context;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.shelf = shelf;
        this.settings = settings;
        book = new TemplateBook(ids, shelf, settings.sendsAhead());
    }

    @Override
    public void tip(Tip tip) {
        dispatch(book.tip(tip, clock.instant()));
        TemplateProviderEvents.newTip(tip.previousHash(), tip.height(), book.isNamed());
    }

    @Override
    public void publish(BlockTemplate template) {
        step(() -> build(template));
    }

    private record Built(BlockTemplate template, Map<Room, Draft> drafts, Draft next) {}

    private Future<Void> build(BlockTemplate template) {
        if (!isOnTip(template)) {
            return Future.succeededFuture();
        }
        Set<Room> rooms = new HashSet<>();
        served.forEach(client -> rooms.add(room(client)));
        long begin = nanoTime.getAsLong();
        return vertx.executeBlocking(() -> {
                    DoubleSha256 hasher = new DoubleSha256();
                    BlockTemplate shared = shelf.shared(template);
                    Map<Room, Draft> drafts = new HashMap<>();
                    rooms.forEach(room -> drafts.put(room, Draft.of(shared, room, hasher)));
                    return new Built(shared, drafts, Draft.emptyAfter(shared, settings.halving(), hasher));
                })
                .compose(
                        built -> onContext(() -> publish(Objects.requireNonNull(built), nanoTime.getAsLong() - begin)));
    }

    private void publish(Built built, long nanos) {
        BlockTemplate template = built.template();
        if (!isOnTip(template)) {
            return;
        }
        latest = template;
        // Clients may have left meanwhile.
        built.drafts().keySet().retainAll(Set.copyOf(wanted.values()));
        dispatch(book.publish(built.drafts(), built.next()));
        TemplateProviderEvents.published(
                template.height(),
                template.transactions().size(),
                template.fees(),
                built.drafts().size(),
                nanos / 1_000);
        List<Client> waiting = new ArrayList<>(wanted.keySet());
        waiting.removeAll(served);
        waiting.forEach(client -> step(() -> serve(client)));
    }

    private boolean isOnTip(BlockTemplate template) {
        return book.tip()
                .map(tip -> tip.previousHash().equals(template.previousHash()))
                .orElse(false);
    }

    @Override
    public void withdraw(NodeCondition condition) {
        absence = condition.words();
        latest = null;
        book.withdraw();
        TemplateProviderEvents.withdrawn(wanted.size(), condition.words());
        for (Client client : List.copyOf(wanted.keySet())) {
            client.end("templates are withdrawn: " + condition.words());
        }
    }

    /** A client says what room it needs, for the first time or again. The result: it has been sent work, or waits. */
    Future<Void> join(Client client, Room room) {
        Promise<Void> joined = Promise.promise();
        context.runOnContext(begin -> {
            Room before = wanted.put(client, room);
            served.remove(client);
            if (before != null) {
                forget(before);
            }
            if (Set.copyOf(wanted.values()).size() > settings.maximumRooms()) {
                leaveNow(client);
                client.end(
                        "clients want more than " + settings.maximumRooms() + " different sizes of coinbase outputs");
                joined.complete();
            } else {
                step(() -> serve(client)).onComplete(joined);
            }
        });
        return joined.future();
    }

    private Future<Void> serve(Client client) {
        Room room = wanted.get(client);
        BlockTemplate template = latest;
        if (room == null || served.contains(client)) {
            return Future.succeededFuture();
        }
        if (template == null || !isOnTip(template)) {
            vertx.setTimer(settings.patience().toMillis(), late -> {
                if (wanted.containsKey(client) && !served.contains(client)) {
                    client.end("no template to serve: " + absence);
                }
            });
            return Future.succeededFuture();
        }
        if (book.rooms().contains(room)) {
            welcome(client, room);
            return Future.succeededFuture();
        }
        return vertx.executeBlocking(() -> Draft.of(template, room, new DoubleSha256()))
                .compose(draft -> onContext(() -> {
                    if (isOnTip(template) && room.equals(wanted.get(client))) {
                        book.add(room, Objects.requireNonNull(draft));
                        welcome(client, room);
                    }
                }));
    }

    private void welcome(Client client, Room room) {
        served.add(client);
        book.welcome(room).forEach(message -> client.send(EncodedFrame.of(message)));
    }

    /** A client is gone. */
    void leave(Client client) {
        context.runOnContext(gone -> leaveNow(client));
    }

    private void leaveNow(Client client) {
        Room room = wanted.remove(client);
        served.remove(client);
        if (room != null) {
            forget(room);
        }
    }

    private void forget(Room room) {
        if (!wanted.containsValue(room)) {
            book.remove(room);
        }
    }

    private Room room(Client client) {
        Room room = wanted.get(client);
        if (room == null) {
            throw new IllegalStateException("a client without room");
        }
        return room;
    }

    private void dispatch(List<TemplateBook.Dispatch> dispatches) {
        for (TemplateBook.Dispatch dispatch : dispatches) {
            for (TemplateDistribution.FromServer message : dispatch.messages()) {
                EncodedFrame frame = EncodedFrame.of(message);
                for (Client client : served) {
                    if (dispatch.room().map(room(client)::equals).orElse(true)) {
                        client.send(frame);
                    }
                }
            }
        }
    }

    /** One after the other; a step that fails is a bug and does not stop the next. */
    private Future<Void> step(Supplier<Future<Void>> step) {
        steps = steps.compose(before -> step.get()).recover(bug -> {
            TemplateProviderEvents.bug("templates", bug);
            return Future.succeededFuture();
        });
        return steps;
    }

    private Future<Void> onContext(Runnable action) {
        Promise<Void> done = Promise.promise();
        context.runOnContext(run -> {
            try {
                action.run();
                done.complete();
            } catch (RuntimeException e) {
                done.fail(e);
            }
        });
        return done.future();
    }
}
