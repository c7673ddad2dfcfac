package org.ehashpool.mint.api.socket;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.mint.events.MintEvents;
import org.ehashpool.mint.journal.MintListener;
import org.ehashpool.mint.store.StoredMelt;
import org.ehashpool.mint.store.StoredQuote;

/** Who wants to know of what. Thread-safe: the sockets of all event loops are here. */
final class Watches implements MintListener {

    private final PresentStates states;
    private final Map<Topic, Set<WalletSocket>> watchers = new ConcurrentHashMap<>();

    Watches(PresentStates states) {
        this.states = states;
    }

    void add(Topic topic, WalletSocket socket) {
        watchers.compute(topic, (same, known) -> {
            // Copied, for it is read without a lock; few watch the same thing.
            Set<WalletSocket> more = known == null ? new HashSet<>() : new HashSet<>(known);
            more.add(socket);
            return more;
        });
    }

    void remove(Topic topic, WalletSocket socket) {
        watchers.computeIfPresent(topic, (same, known) -> {
            Set<WalletSocket> fewer = new HashSet<>(known);
            fewer.remove(socket);
            return fewer.isEmpty() ? null : fewer;
        });
    }

    /** Everything that somebody watches, as of now. */
    List<Topic> topics() {
        return new ArrayList<>(watchers.keySet());
    }

    int size() {
        return watchers.size();
    }

    @Override
    public void quoteChanged(StoredQuote quote) {
        if (watchers.containsKey(Topic.ofQuote(quote.method(), quote.id().toString()))) {
            tell(Change.of(quote));
        }
    }

    @Override
    public void proofsSpent(List<PublicKey> ys) {
        if (watchers.isEmpty()) {
            return;
        }
        List<Topic> watched =
                ys.stream().map(Topic::ofProof).filter(watchers::containsKey).toList();
        if (!watched.isEmpty()) {
            // For their witnesses. What fails here is found when it is looked for next.
            states.of(watched).onSuccess(changes -> changes.forEach(this::tell)).onFailure(MintEvents::refreshFailed);
        }
    }

    /** It was under way for no time at all, but wallets wait for each of the states. */
    @Override
    public void melted(StoredMelt quote) {
        if (watchers.containsKey(Topic.ofMelt(quote.id().toString()))) {
            tell(Change.pending(quote));
            tell(Change.of(quote));
        }
    }

    /** The pool's and the operator's matter. */
    @Override
    public void orderConflict(String shareHash) {}

    void tell(Change change) {
        Set<WalletSocket> interested = watchers.get(change.topic());
        if (interested != null) {
            interested.forEach(socket -> socket.offer(change));
        }
    }
}
