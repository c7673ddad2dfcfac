package org.ehashpool.pool.outbox;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ehashpool.pool.mintlink.MintLink;
import org.ehashpool.sv2.message.MintQuote.MintQuoteRequest;
import org.jspecify.annotations.Nullable;

/**
 * The orders of one mint that are in memory, and the connections they go out on. Decides and does nothing; not
 * thread-safe.
 *
 * <p>A mint that refuses an order for now is left alone for a while, longer each time; then it is asked for one order, and
 * for more when it has quoted that.
 */
final class MintQueue {

    private static final Duration FIRST_REST = Duration.ofMillis(500);
    private static final Duration LONGEST_REST = Duration.ofSeconds(30);
    private static final int DOUBLINGS = 6;

    private final int windowLimit;
    private final Map<Long, Order> held = new LinkedHashMap<>();
    private final ArrayDeque<Order> waiting = new ArrayDeque<>();
    private final Map<MintLink, Integer> links = new LinkedHashMap<>();
    private int refusals;
    private long restUntil;

    /** Requests that go out together on one connection. */
    record Shipment(MintLink link, List<MintQuoteRequest> requests) {}

    /** @param windowLimit requests that may be unanswered on one connection, if the mint takes as many */
    MintQueue(int windowLimit) {
        this.windowLimit = windowLimit;
    }

    void connected(MintLink link) {
        links.putIfAbsent(link, 0);
    }

    /** The link has ended; what it left unanswered goes out again, before all else. */
    void disconnected(MintLink link, List<MintQuoteRequest> unanswered) {
        links.remove(link);
        for (MintQuoteRequest request : unanswered.reversed()) {
            Order order = held.get(request.requestId());
            if (order != null) {
                waiting.addFirst(order);
            }
        }
    }

    boolean isConnected() {
        return !links.isEmpty();
    }

    Set<Long> ids() {
        return Set.copyOf(held.keySet());
    }

    /** Orders in memory: waiting, asked for, or answered and not marked yet. */
    int size() {
        return held.size();
    }

    /** Adds an order, unless it is here. */
    void add(Order order) {
        if (held.putIfAbsent(order.id(), order) == null) {
            waiting.add(order);
        }
    }

    /** How many more orders are to be in memory: twice what may be under way, so that the mint never waits. */
    int room(long now) {
        if (links.isEmpty() || isResting(now)) {
            return 0;
        }
        int windows = links.keySet().stream().mapToInt(this::window).sum();
        return Math.max(0, 2 * windows - held.size());
    }

    private int window(MintLink link) {
        return Math.min(windowLimit, link.mint().window());
    }

    private boolean isResting(long now) {
        return refusals > 0 && now - restUntil < 0;
    }

    /** What is to be sent now. */
    List<Shipment> ship(long now) {
        if (waiting.isEmpty() || links.isEmpty() || isResting(now)) {
            return List.of();
        }
        int underWay = links.values().stream().mapToInt(Integer::intValue).sum();
        int most = refusals > 0 ? Math.max(0, 1 - underWay) : Integer.MAX_VALUE;
        Map<MintLink, List<MintQuoteRequest>> shipments = new LinkedHashMap<>();
        for (int sent = 0; sent < most && !waiting.isEmpty(); sent++) {
            MintLink link = emptiest();
            if (link == null) {
                break;
            }
            links.merge(link, 1, Integer::sum);
            shipments
                    .computeIfAbsent(link, first -> new ArrayList<>())
                    .add(waiting.remove().request());
        }
        return shipments.entrySet().stream()
                .map(shipment -> new Shipment(shipment.getKey(), shipment.getValue()))
                .toList();
    }

    private @Nullable MintLink emptiest() {
        MintLink emptiest = null;
        int most = 0;
        for (Map.Entry<MintLink, Integer> link : links.entrySet()) {
            int free = window(link.getKey()) - link.getValue();
            if (free > most) {
                most = free;
                emptiest = link.getKey();
            }
        }
        return emptiest;
    }

    /** Some answer came; the order it answers, if it is here. */
    Optional<Order> answered(MintLink link, long id) {
        links.computeIfPresent(link, (present, count) -> Math.max(0, count - 1));
        return Optional.ofNullable(held.get(id));
    }

    /** The mint makes quotes. */
    void worked() {
        refusals = 0;
    }

    /** The mint wants the order again later: after the others. */
    void delayed(Order order, long now) {
        if (!isResting(now)) {
            refusals++;
            Duration rest = FIRST_REST.multipliedBy(1L << Math.min(refusals - 1, DOUBLINGS));
            restUntil = now + (rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest).toNanos();
        }
        waiting.add(order);
    }

    /** Whether the mint is left alone, or asked for one order at a time. */
    boolean isRefusing() {
        return refusals > 0;
    }

    boolean awaitsAnswers() {
        return links.values().stream().anyMatch(count -> count > 0);
    }

    /** The order needs no place in memory any more. */
    void done(long id) {
        held.remove(id);
    }
}
