package org.ehashpool.pool.outbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.ehashpool.kit.stats.StatsSink;
import org.ehashpool.pool.mintlink.MintAnswer;
import org.ehashpool.sv2.type.Bytes;

/**
 * Answers of mints that are not noted in the database yet, and how they are. What is lost here with the process is asked
 * again. Used on one event loop.
 */
final class Answers {

    private static final int AT_ONCE = 2_048;

    private final OutboxTransactions transactions;
    private final OutboxConfig config;
    private final Function<Bytes, Optional<String>> url;
    private final QuoteNotices notices;
    private final OutboxMetrics metrics;
    private final OutboxStats stats;
    private final ArrayDeque<Answered> waiting = new ArrayDeque<>();
    private final Noted noted;
    private boolean busy;

    /** An order and what its mint says for good. */
    private record Answered(Order order, MintAnswer answer) {}

    /** Who goes on when answers are noted. */
    interface Noted {
        /** These orders need no place in memory any more. */
        void done(List<Order> orders);
    }

    private record Batch(List<Answered> all, List<OrderTable.Quoted> quoted, List<Refusal> refused) {}

    private record Refusal(Order order, String code) {}

    /** What is in the database now: how many are quoted, and who is refused for the first time. */
    private record Marked(int quoted, List<Refusal> first) {
        static final Marked NONE = new Marked(0, List.of());
    }

    private record Cause(String mint, String code) {}

    Answers(
            OutboxTransactions transactions,
            OutboxConfig config,
            Function<Bytes, Optional<String>> url,
            QuoteNotices notices,
            OutboxMetrics metrics,
            StatsSink sink,
            Noted noted) {
        this.transactions = transactions;
        this.config = config;
        this.url = url;
        this.notices = notices;
        this.metrics = metrics;
        this.stats = new OutboxStats(sink, url);
        this.noted = noted;
    }

    void add(Order order, MintAnswer answer) {
        waiting.add(new Answered(order, answer));
    }

    boolean isIdle() {
        return !busy && waiting.isEmpty();
    }

    /** Notes what there is, one transaction at a time. */
    void note() {
        if (busy || waiting.isEmpty()) {
            return;
        }
        Batch batch = take();
        busy = true;
        transactions
                .run(sql -> {
                    OrderTable table = new OrderTable(sql);
                    List<Refusal> first = batch.refused().stream()
                            .filter(refusal -> table.refused(refusal.order(), refusal.code(), config.refusedRetry()))
                            .toList();
                    return Optional.of(new Marked(table.quoted(batch.quoted()), first));
                })
                .onComplete(
                        marked -> {
                            busy = false;
                            noted(batch, marked.orElse(Marked.NONE));
                            note();
                        },
                        failure -> {
                            busy = false;
                            OutboxEvents.failed("note answers", failure);
                            batch.all().reversed().forEach(waiting::addFirst);
                        });
    }

    private Batch take() {
        Batch batch = new Batch(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        while (batch.all().size() < AT_ONCE && !waiting.isEmpty()) {
            Answered one = waiting.remove();
            batch.all().add(one);
            switch (one.answer()) {
                case MintAnswer.Quoted quoted ->
                    batch.quoted().add(new OrderTable.Quoted(one.order(), quoted.quoteId()));
                case MintAnswer.Refused refused -> batch.refused().add(new Refusal(one.order(), refused.code()));
            }
        }
        return batch;
    }

    private void noted(Batch batch, Marked marked) {
        if (marked.quoted() < batch.quoted().size()) {
            OutboxEvents.unmarked(batch.quoted().size(), marked.quoted());
        }
        marked.first().forEach(refusal -> stats.failed(refusal.order(), refusal.code()));
        stats.tell();
        metrics.quoted(batch.quoted().size());
        metrics.refused(batch.refused().size());
        noted.done(batch.all().stream().map(Answered::order).toList());
        Notifier notifier = new Notifier(url);
        batch.quoted().forEach(quoted -> notifier.quoted(quoted.order(), quoted.quoteId()));
        Map<Cause, List<String>> alarms = new LinkedHashMap<>();
        for (Refusal refusal : batch.refused()) {
            notifier.refused(refusal.order(), refusal.code());
            alarms.computeIfAbsent(
                            new Cause(refusal.order().mint().toHex(), refusal.code()), first -> new ArrayList<>())
                    .add(refusal.order().request().shareHash().toHex());
        }
        if (!notifier.notices().isEmpty()) {
            notices.tell(notifier.notices());
        }
        alarms.forEach((cause, hashes) -> OutboxEvents.refused(cause.mint(), cause.code(), hashes.size(), hashes));
    }
}
