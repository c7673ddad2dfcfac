package org.ehashpool.kit.http;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/** What {@code /api/v1/state} says: who the service is, and what each of its components has to tell. */
public final class StateReport {
    private final Supplier<JsonObject> identity;
    private final Map<String, Supplier<JsonObject>> details = new ConcurrentSkipListMap<>();

    /**
     * A report without details.
     *
     * @param identity service, instance, boot_id, version, uptime_ms and state; called for every report
     */
    public StateReport(Supplier<JsonObject> identity) {
        this.identity = identity;
    }

    /**
     * Adds a component's details, or replaces those of that name.
     *
     * @param detail called on an event loop, for every report: answers at once, with amounts as decimal strings and
     *     without secrets
     */
    public void describe(String name, Supplier<JsonObject> detail) {
        details.put(name, detail);
    }

    /** Who the service is, without details; on any thread. */
    public JsonObject identity() {
        return identity.get();
    }

    /** The whole report, as it is now; on an event loop. */
    public JsonObject report() {
        JsonObject collected = new JsonObject();
        details.forEach((name, detail) -> collected.put(name, detail.get()));
        return identity.get().put("details", collected);
    }
}
