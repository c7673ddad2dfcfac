package org.ehashpool.mint.api.socket;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.mint.core.Mint;
import org.ehashpool.mint.outcome.Outcome;
import org.ehashpool.mint.restore.ProofState;

/** Asks the mint for things as they are now. */
final class PresentStates {

    private final Supplier<Mint> mint;

    PresentStates(Supplier<Mint> mint) {
        this.mint = mint;
    }

    /** The states of those of the things that there are; of a proof there is always one. */
    Future<List<Change>> of(List<Topic> topics) {
        List<PublicKey> ys = new ArrayList<>();
        List<UUID> melts = new ArrayList<>();
        Map<String, List<UUID>> quotes = new HashMap<>();
        for (Topic topic : topics) {
            if (topic.isProof()) {
                ys.add(PublicKey.parse(topic.id()));
            } else if (topic.isMelt()) {
                melts.add(UUID.fromString(topic.id()));
            } else {
                quotes.computeIfAbsent(topic.method(), method -> new ArrayList<>())
                        .add(UUID.fromString(topic.id()));
            }
        }
        Future<List<Change>> all = ys.isEmpty() ? Future.succeededFuture(new ArrayList<>()) : states(ys);
        for (Map.Entry<String, List<UUID>> ofMethod : quotes.entrySet()) {
            all = all.compose(changes -> mint.get()
                    .quotes(ofMethod.getKey(), ofMethod.getValue())
                    .map(found -> {
                        found.values().forEach(quote -> changes.add(Change.of(quote)));
                        return changes;
                    }));
        }
        if (!melts.isEmpty()) {
            all = all.compose(changes -> mint.get()
                    .payments()
                    .orElseThrow()
                    .meltQuotes(melts)
                    .map(found -> {
                        found.values().forEach(quote -> changes.add(Change.of(quote)));
                        return changes;
                    }));
        }
        return all;
    }

    private Future<List<Change>> states(List<PublicKey> ys) {
        return mint.get().states(ys).map(outcome -> switch (outcome) {
            case Outcome.Done<List<ProofState>> done -> {
                List<Change> changes = new ArrayList<>();
                done.value().forEach(state -> changes.add(Change.of(state)));
                yield changes;
            }
            case Outcome.Refused<List<ProofState>> refused ->
                throw new IllegalStateException(refused.refusal().detail());
        });
    }
}
