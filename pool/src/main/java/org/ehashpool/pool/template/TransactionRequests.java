package org.ehashpool.pool.template;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.ehashpool.pool.template.IssuedTemplates.Issued;
import org.ehashpool.sv2.message.TemplateDistribution.RequestTransactionDataSuccess;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U64;

/** Asks providers for transactions, once for each template, and keeps the answers. Lives on one event loop. */
final class TransactionRequests {
    private static final int MAX_TEMPLATES = 32;
    private static final int MAX_WAITING = 256;
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final KeptTransactions kept;
    private final List<Waiting> waiting = new ArrayList<>();

    TransactionRequests(long maxBytes) {
        kept = new KeptTransactions(maxBytes, MAX_TEMPLATES);
    }

    private record Waiting(@U64 long id, long deadline, Promise<Optional<List<Bytes>>> promise) {}

    KeptTransactions kept() {
        return kept;
    }

    /** Asks unless that was done. */
    void ask(@U64 long originalId, @U64 long id, ProviderLink link) {
        if (kept.ask(id)) {
            link.ask(originalId, id);
        }
    }

    /**
     * What is kept, or what somebody answers.
     *
     * @param ways who knows the template
     * @param links the link of a way
     */
    Future<Optional<List<Bytes>>> find(
            @U64 long id, List<Issued> ways, Function<Issued, Optional<ProviderLink>> links, long now) {
        Optional<List<Bytes>> present = kept.find(id);
        if (present.isPresent()) {
            return Future.succeededFuture(present);
        }
        if (waiting.size() == MAX_WAITING) {
            return Future.succeededFuture(Optional.empty());
        }
        if (!kept.isAwaited(id)) {
            Optional<Issued> way = ways.stream().findFirst();
            Optional<ProviderLink> link = way.flatMap(links);
            if (link.isEmpty()) {
                return Future.succeededFuture(Optional.empty());
            }
            ask(way.get().originalId(), id, link.get());
        }
        Waiting added = new Waiting(id, now + PATIENCE.toNanos(), Promise.promise());
        waiting.add(added);
        return added.promise().future();
    }

    /** RequestTransactionData.Success; what nobody asked for is ignored. */
    void onSuccess(ProviderLink link, RequestTransactionDataSuccess message) {
        link.answered(message.templateId()).ifPresent(id -> {
            kept.arrived(id, message.transactionList());
            complete(id, Optional.of(message.transactionList()));
        });
    }

    /** RequestTransactionData.Error. */
    void onError(ProviderLink link, @U64 long originalId) {
        link.answered(originalId).ifPresent(this::absent);
    }

    /** The link's connection is gone. */
    void disconnected(ProviderLink link) {
        link.unanswered().forEach(this::absent);
    }

    private void absent(@U64 long id) {
        kept.absent(id);
        complete(id, Optional.empty());
    }

    /** Nobody waits for ever. */
    void tick(long now) {
        List<Waiting> late =
                waiting.stream().filter(one -> now - one.deadline() >= 0).toList();
        waiting.removeAll(late);
        late.forEach(one -> one.promise().complete(Optional.empty()));
    }

    private void complete(@U64 long id, Optional<List<Bytes>> transactions) {
        List<Waiting> answered = new ArrayList<>(1);
        Iterator<Waiting> all = waiting.iterator();
        while (all.hasNext()) {
            Waiting one = all.next();
            if (one.id() == id) {
                all.remove();
                answered.add(one);
            }
        }
        answered.forEach(one -> one.promise().complete(transactions));
    }
}
