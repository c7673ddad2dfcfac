package org.ehashpool.translator.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.translator.downstream.Census;
import org.ehashpool.translator.downstream.MinerView;

/** What is shown, as JSON: times in epoch milliseconds, rates in hashes per second. */
final class Figures {
    private Figures() {}

    static JsonObject miner(MinerView view) {
        JsonArray names = new JsonArray();
        view.names().forEach(name -> names.add(printable(name)));
        return new JsonObject()
                .put("id", view.id())
                .put("user", printable(view.user()))
                .put("worker", printable(view.worker()))
                .put("names", names)
                .put("locking_key", view.lockingKey())
                .put("peer", view.peer())
                .put("tls", view.tls())
                .put("agent", printable(view.agent()))
                .put("connected_at", view.connectedAt())
                .put("mining", view.mining())
                .put("difficulty", view.difficulty())
                .put("version_mask", view.versionMask() == 0 ? null : "%08x".formatted(view.versionMask()))
                .put("hash_rate", view.hashRate())
                .put(
                        "shares",
                        shares(view.accepted(), view.refused(), view.stale(), view.unconfirmed())
                                .put("unanswered", view.unanswered())
                                .put(
                                        "last_accepted_at",
                                        view.lastShareAt().isPresent()
                                                ? view.lastShareAt().getAsLong()
                                                : null));
    }

    /** The miners that are there, and the shares of all that ever were. */
    static JsonObject global(Census census) {
        double hashRate = 0;
        int mining = 0;
        int tls = 0;
        for (MinerView view : census.miners()) {
            hashRate += view.hashRate();
            mining += view.mining() ? 1 : 0;
            tls += view.tls() ? 1 : 0;
        }
        return new JsonObject()
                .put("miners", census.miners().size())
                .put("mining", mining)
                .put("tls", tls)
                .put("hash_rate", hashRate)
                .put("shares", shares(census.accepted(), census.refused(), census.stale(), census.unconfirmed()));
    }

    private static JsonObject shares(long accepted, Map<String, Long> refused, long stale, long unconfirmed) {
        JsonObject reasons = new JsonObject();
        new TreeMap<>(refused).forEach((reason, count) -> reasons.put(printable(reason), count));
        return new JsonObject()
                .put("accepted", accepted)
                .put(
                        "rejected",
                        refused.values().stream().mapToLong(Long::longValue).sum())
                .put("rejected_by_reason", reasons)
                .put("stale", stale)
                .put("unconfirmed", unconfirmed);
    }

    private static String printable(String text) {
        return Text.of(text).printable();
    }
}
