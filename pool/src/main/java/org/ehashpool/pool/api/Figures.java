package org.ehashpool.pool.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.ehashpool.kit.sv2.ConnectionInfo;
import org.ehashpool.pool.account.Tally;
import org.ehashpool.pool.connection.ChannelView;
import org.ehashpool.pool.connection.ConnectionView;
import org.ehashpool.sv2.type.Bytes;
import org.jspecify.annotations.Nullable;

/** What is shown, as JSON: times in epoch milliseconds, work as a decimal string, rates in hashes per second. */
final class Figures {
    private Figures() {}

    static JsonObject shares(Tally.Figures figures) {
        JsonObject reasons = new JsonObject();
        figures.rejected().forEach(reasons::put);
        return new JsonObject()
                .put("accepted", figures.accepted())
                .put("rejected", figures.rejectedInAll())
                .put("rejected_by_reason", reasons)
                .put("work", figures.work().toString())
                .put("last_accepted_at", time(figures.lastAcceptedAt()));
    }

    static JsonObject connection(ConnectionView view) {
        ConnectionInfo info = view.info();
        return new JsonObject()
                .put("id", view.id())
                .put("kind", info.kind().label())
                .put("peer", view.peer())
                .put("vendor", info.client().vendor())
                .put("hardware_version", info.client().hardwareVersion())
                .put("firmware", info.client().firmware())
                .put("device_id", info.client().deviceId())
                .put("users", new JsonArray(view.users()))
                .put("flags", info.flags())
                .put("extensions", new JsonArray(List.copyOf(info.extensions().toList())))
                .put("connected_at", info.connectedAt().toEpochMilli())
                .put("last_activity_at", view.lastActivityAt())
                .put("channels", view.channels().size())
                .put("hash_rate", view.figures().hashRate())
                .put("shares", shares(view.figures()))
                .put("blocks_found", view.figures().blocks())
                .put("bytes_received", view.bytesReceived())
                .put("bytes_sent", view.bytesSent());
    }

    /** With every channel in full. */
    static JsonObject wholeConnection(ConnectionView view) {
        JsonArray channels = new JsonArray();
        view.channels().stream().map(Figures::channel).forEach(channels::add);
        return connection(view).put("channels", channels);
    }

    static JsonObject channel(ChannelView view) {
        return new JsonObject()
                .put("connection_id", view.connectionId())
                .put("id", view.id())
                .put("type", view.standard() ? "standard" : "extended")
                .put("user", view.user())
                .put("solo", view.solo())
                .put("locking_key", view.lockingKey().map(Bytes::toHex).orElse(null))
                .put("group_id", view.groupId())
                .put("difficulty", view.difficulty())
                .put("target", view.target())
                .put("nominal_hash_rate", view.nominalHashRate())
                .put("presumed_hash_rate", view.presumedHashRate())
                .put("hash_rate", view.figures().hashRate())
                .put("opened_at", view.openedAt())
                .put("shares", shares(view.figures()))
                .put("blocks_found", view.figures().blocks());
    }

    static JsonObject counts(Map<String, Long> counts) {
        JsonObject json = new JsonObject();
        counts.forEach(json::put);
        return json;
    }

    private static @Nullable Long time(long millis) {
        return millis == 0 ? null : millis;
    }
}
