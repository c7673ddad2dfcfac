package org.ehashpool.pool.outbox;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.ehashpool.kit.http.Health;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.service.Component;
import org.ehashpool.kit.stats.StatsSink;
import org.ehashpool.pool.mintlink.IdentifiedMint;
import org.ehashpool.pool.mintlink.MintAnswer;
import org.ehashpool.pool.mintlink.MintLink;
import org.ehashpool.pool.mintlink.MintListener;
import org.ehashpool.pool.mintlink.PinnedMint;
import org.ehashpool.sv2.message.MintQuote.MintQuoteRequest;
import org.ehashpool.sv2.type.Bytes;

/**
 * Sends orders until each credit has its quote. Its steps, each a transaction of its own and each one at a time: credits
 * are bound to orders and mints; orders that were bound before are read again; answers are noted. Everything else happens
 * on one event loop.
 *
 * <p>A crash at any moment loses nothing: what is bound is sent again as it was, and the mint finds the same quote.
 */
public final class Outbox implements Component, MintListener {

    private static final long TICK_MILLIS = 1_000;

    private final OutboxTransactions transactions;
    private final NodeOwnership ownership;
    private final OutboxConfig config;
    private final Supplier<List<PinnedMint>> pinned;
    private final LongSupplier nanoTime;
    private final OutboxMetrics metrics;
    private final BacklogWatch watch;
    private final Answers answers;
    private final QuoteNotices notices;
    private final Consumer<Map<Bytes, String>> remember;
    private final Vertx vertx;
    private final ContextInternal context;

    private final Map<Bytes, MintQueue> queues = new LinkedHashMap<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Promise<Void> drained = Promise.promise();
    private Map<Bytes, Long> turns = Map.of();
    private boolean creditsMayWait = true;
    private boolean binding;
    private boolean loading;
    private boolean draining;
    private volatile long timer = -1;

    /**
     * What an outbox is given.
     *
     * @param pinned the mints that are pinned now
     * @param url where wallets find a mint
     * @param remember is told at the start where mints were that were here before
     * @param clock wall clock
     * @param nanoTime monotonic, nanoseconds
     * @param stats who is told what happens
     */
    public record Given(
            Supplier<Database> database,
            NodeOwnership ownership,
            Supplier<List<PinnedMint>> pinned,
            Function<Bytes, Optional<String>> url,
            Consumer<Map<Bytes, String>> remember,
            QuoteNotices notices,
            Vertx vertx,
            InstantSource clock,
            LongSupplier nanoTime,
            ServiceMetrics metrics,
            StatsSink stats) {}

    /** An outbox that does nothing before its start. */
    public Outbox(OutboxConfig config, Given given) {
        this.config = config;
        transactions = new OutboxTransactions(given.database());
        ownership = given.ownership();
        pinned = given.pinned();
        nanoTime = given.nanoTime();
        vertx = given.vertx();
        context = ((VertxInternal) vertx).createEventLoopContext();
        watch = new BacklogWatch(transactions, ownership, config, given.clock(), nanoTime);
        metrics = new OutboxMetrics(given.metrics(), watch::view);
        notices = given.notices();
        remember = given.remember();
        answers = new Answers(transactions, config, given.url(), notices, metrics, given.stats(), this::noted);
    }

    @Override
    public String name() {
        return "outbox";
    }

    @Override
    public Future<Void> start() {
        return transactions.run(sql -> new OrderTable(sql).urls()).map(known -> {
            remember.accept(known);
            timer = context.setPeriodic(TICK_MILLIS, tick -> tick());
            context.runOnContext(now -> tick());
            return null;
        });
    }

    /** Credits were committed: there may be something to bind. From any thread. */
    public void wake() {
        if (woken.compareAndSet(false, true)) {
            context.runOnContext(now -> {
                woken.set(false);
                creditsMayWait = true;
                bind();
            });
        }
    }

    /** Whether so many shares wait for a quote that no more may be taken. */
    public boolean isFull() {
        return watch.view().full();
    }

    /** For readiness: a mint that is away is no reason to send miners away; a full outbox is. */
    public Health health() {
        BacklogView view = watch.view();
        String words = "%d shares wait for a quote, the oldest for %d s; %d orders refused"
                .formatted(
                        view.backlog().shares(),
                        view.ageMillis() / 1_000,
                        view.backlog().refused());
        boolean alarm = view.late() || view.backlog().refused() > 0;
        return view.full() ? Health.down(words) : Health.up(alarm ? "alarm: " + words : words);
    }

    /** For {@code /api/v1/outbox} and {@code /api/v1/state}. */
    public JsonObject state() {
        return watch.view().json();
    }

    private void tick() {
        creditsMayWait = true;
        bind();
        answers.note();
        load();
        queues.values().forEach(this::ship);
        watch.tick();
    }

    @Override
    public void identified(MintLink link) {
        context.runOnContext(now -> {
            IdentifiedMint mint = link.mint();
            queue(mint.mint().key()).connected(link);
            transactions
                    .run(sql -> {
                        new OrderTable(sql).seen(mint.mint().key(), mint.url());
                        return true;
                    })
                    .onFailure(failure -> OutboxEvents.failed("note where a mint is", failure));
            creditsMayWait = true;
            load();
            bind();
        });
    }

    private MintQueue queue(Bytes mint) {
        return queues.computeIfAbsent(mint, first -> new MintQueue(config.window()));
    }

    @Override
    public void answered(MintLink link, MintAnswer answer) {
        context.runOnContext(now -> {
            MintQueue queue = queue(link.mint().mint().key());
            queue.answered(link, answer.request().requestId()).ifPresent(order -> answered(queue, order, answer));
            ship(queue);
        });
    }

    private void answered(MintQueue queue, Order order, MintAnswer answer) {
        switch (answer) {
            case MintAnswer.Quoted quoted -> {
                if (queue.isRefusing()) {
                    OutboxEvents.resumed(order.mint().toHex());
                }
                queue.worked();
                answers.add(order, quoted);
                answers.note();
            }
            case MintAnswer.Refused refused
            when refused.retryable() -> {
                if (!queue.isRefusing()) {
                    OutboxEvents.delayed(order.mint().toHex(), refused.code());
                }
                metrics.delayed();
                queue.delayed(order, nanoTime.getAsLong());
                settle();
            }
            case MintAnswer.Refused refused -> {
                answers.add(order, refused);
                answers.note();
            }
        }
    }

    private void noted(List<Order> orders) {
        orders.forEach(order -> queue(order.mint()).done(order.id()));
        bind();
        settle();
    }

    @Override
    public void ended(MintLink link, List<MintQuoteRequest> unanswered) {
        context.runOnContext(now -> {
            MintQueue queue = queue(link.mint().mint().key());
            queue.disconnected(link, unanswered);
            ship(queue);
            settle();
        });
    }

    @Override
    public void mintsChanged() {
        notices.mintsChanged();
        context.runOnContext(now -> {
            List<Bytes> keys = pinned.get().stream().map(PinnedMint::key).toList();
            // What the others still owe is on disk.
            queues.entrySet()
                    .removeIf(queue ->
                            !keys.contains(queue.getKey()) && !queue.getValue().isConnected());
            creditsMayWait = true;
            bind();
        });
    }

    private void ship(MintQueue queue) {
        if (!draining) {
            queue.ship(nanoTime.getAsLong()).forEach(shipment -> shipment.link().send(shipment.requests()));
        }
    }

    private void bind() {
        if (binding || draining || !creditsMayWait) {
            return;
        }
        List<MintChoice.Candidate> candidates = candidates();
        if (candidates.isEmpty()) {
            return;
        }
        binding = true;
        creditsMayWait = false;
        transactions.run(new Binding(ownership, config, candidates, turns)::run).onComplete(this::bound, failure -> {
            // It may be committed all the same: then the orders are read again.
            binding = false;
            OutboxEvents.failed("bind", failure);
            settle();
        });
    }

    private void bound(Binding.Result result) {
        binding = false;
        turns = result.turns();
        metrics.bound(result.credits(), result.orders().size());
        result.orders().forEach(order -> queue(order.mint()).add(order));
        queues.values().forEach(this::ship);
        creditsMayWait |= result.more();
        bind();
        settle();
    }

    private List<MintChoice.Candidate> candidates() {
        long now = nanoTime.getAsLong();
        List<MintChoice.Candidate> candidates = new ArrayList<>();
        for (PinnedMint mint : pinned.get()) {
            MintQueue queue = queues.get(mint.key());
            int room = queue == null ? 0 : queue.room(now);
            if (room > 0) {
                candidates.add(new MintChoice.Candidate(mint.key(), mint.units(), mint.weight(), room));
            }
        }
        return candidates;
    }

    /** Orders that were bound before and are not in memory: of a process before, of another node, due again. */
    private void load() {
        if (loading || draining) {
            return;
        }
        long now = nanoTime.getAsLong();
        Map<Bytes, Set<Long>> known = new HashMap<>();
        queues.forEach((mint, queue) -> {
            if (queue.room(now) > 0) {
                known.put(mint, queue.ids());
            }
        });
        if (known.isEmpty()) {
            return;
        }
        loading = true;
        transactions
                .run(sql -> {
                    List<Integer> nodes = ownership.hold(sql);
                    OrderTable table = new OrderTable(sql);
                    List<Order> due = new ArrayList<>();
                    known.forEach((mint, ids) -> due.addAll(table.due(nodes, mint, ids, config.foldAbove())));
                    return due;
                })
                .onComplete(
                        due -> {
                            loading = false;
                            due.forEach(order -> queue(order.mint()).add(order));
                            queues.values().forEach(this::ship);
                            if (!due.isEmpty()) {
                                load();
                            }
                        },
                        failure -> {
                            loading = false;
                            OutboxEvents.failed("read open orders", failure);
                        });
    }

    /** Sends nothing more; waits for answers, and notes them. */
    @Override
    public Future<Void> stop() {
        Future<Void> late = vertx.timer(Math.max(1, config.drain().toMillis()), TimeUnit.MILLISECONDS)
                .mapEmpty();
        context.runOnContext(now -> {
            draining = true;
            settle();
        });
        return Future.any(drained.future(), late).<Void>mapEmpty().onComplete(done -> {
            vertx.cancelTimer(timer);
            OutboxEvents.drained(drained.future().isComplete());
        });
    }

    private void settle() {
        if (draining && !binding && answers.isIdle() && queues.values().stream().noneMatch(MintQueue::awaitsAnswers)) {
            drained.tryComplete();
        }
    }
}
