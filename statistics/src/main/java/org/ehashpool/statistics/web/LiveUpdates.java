package org.ehashpool.statistics.web;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.ehashpool.kit.http.ApiFailure;

/**
 * Keeps pages current that are looked at: server-sent events, each with the parts of a page that changed. A page is
 * looked up once for all who look at it, and no more than {@link #AT_ONCE} pages are looked up at a time, so that many
 * different ones come more slowly rather than cost more. Nobody is buffered for: whoever does not read gets the newest
 * state when there is room again, or is dropped.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">HTML, Server-sent events</a>
 */
final class LiveUpdates {
    private static final int AT_ONCE = 2;
    private static final Duration PERIOD = Duration.ofSeconds(1);

    /** Something is said at least so often, so that silence means that the connection is broken. */
    private static final Duration BEAT = Duration.ofSeconds(5);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final Snapshots snapshots;
    private final LongSupplier nanoTime;
    private final int mostViewers;
    private final Map<Address, Topic> topics = new HashMap<>();
    private final Deque<Topic> due = new ArrayDeque<>();
    private int viewers;
    private int running;
    private long timer = -1;
    private boolean closed;

    LiveUpdates(Vertx vertx, Snapshots snapshots, LongSupplier nanoTime, int mostViewers) {
        this.vertx = vertx;
        this.snapshots = snapshots;
        this.nanoTime = nanoTime;
        this.mostViewers = mostViewers;
    }

    /** Who looks at a page. */
    private static final class Viewer {
        private final HttpServerResponse response;
        /** It has seen no state of the page yet, or missed one. */
        private boolean behind = true;
        /** Since when there is no room for it. */
        private long fullSince;

        Viewer(HttpServerResponse response, long now) {
            this.response = response;
            this.fullSince = now;
        }
    }

    /** A page that is looked at. */
    private static final class Topic {
        private final PageKind kind;
        private final Address address;
        private final List<Viewer> viewers = new ArrayList<>();
        private Map<String, String> parts = Map.of();
        private long saidAt;
        private boolean waiting;

        Topic(PageKind kind, Address address) {
            this.kind = kind;
            this.address = address;
        }
    }

    synchronized void start() {
        timer = vertx.setPeriodic(PERIOD.toMillis(), tick -> tick());
    }

    /** Ends all connections, so that a shutdown does not wait for people to close their browsers. */
    synchronized void close() {
        closed = true;
        vertx.cancelTimer(timer);
        topics.values().forEach(topic -> topic.viewers.forEach(viewer -> viewer.response.end()));
        topics.clear();
    }

    synchronized int viewers() {
        return viewers;
    }

    /** Pages that are looked at. */
    synchronized int topics() {
        return topics.size();
    }

    /**
     * Answers with events from now on.
     *
     * @throws ApiFailure of status 503 if there are too many viewers
     */
    synchronized void watch(PageKind kind, Address address, HttpServerResponse response) {
        if (closed || viewers >= mostViewers) {
            throw new ApiFailure(503, "too-many-viewers", "Too many look already. The page can be loaded again.");
        }
        viewers++;
        Viewer viewer = new Viewer(response, nanoTime.getAsLong());
        Topic topic = topics.computeIfAbsent(address, first -> new Topic(kind, address));
        topic.viewers.add(viewer);
        response.putHeader("Content-Type", "text/event-stream")
                // What is compressed is held back until there is more of it.
                .putHeader("Content-Encoding", "identity")
                .putHeader("X-Accel-Buffering", "no")
                .setChunked(true);
        response.exceptionHandler(broken -> left(topic, viewer));
        response.closeHandler(gone -> left(topic, viewer));
        response.write(": here follow the parts of the page that change\nretry: 3000\n\n");
        enqueue(topic);
        work();
    }

    private synchronized void left(Topic topic, Viewer viewer) {
        if (topic.viewers.remove(viewer)) {
            viewers--;
            if (topic.viewers.isEmpty()) {
                topics.remove(topic.address, topic);
            }
        }
    }

    private synchronized void tick() {
        topics.values().forEach(this::enqueue);
        work();
    }

    private void enqueue(Topic topic) {
        if (!topic.waiting) {
            topic.waiting = true;
            due.add(topic);
        }
    }

    private void work() {
        while (running < AT_ONCE && !due.isEmpty()) {
            Topic topic = due.remove();
            if (topic.viewers.isEmpty()) {
                topic.waiting = false;
                continue;
            }
            running++;
            snapshots.of(topic.kind, topic.address).onComplete(page -> {
                if (page.succeeded()) {
                    done(topic, page.result());
                } else {
                    failed(topic);
                }
            });
        }
    }

    private synchronized void done(Topic topic, Optional<PageKind.Snapshot> page) {
        finished(topic);
        if (page.isEmpty()) {
            List.copyOf(topic.viewers).forEach(viewer -> viewer.response.end());
            return;
        }
        Map<String, String> parts = page.get().parts();
        Map<String, String> changed = new HashMap<>(parts);
        changed.entrySet().removeIf(part -> part.getValue().equals(topic.parts.get(part.getKey())));
        topic.parts = parts;
        long now = nanoTime.getAsLong();
        boolean silent = changed.isEmpty() && now - topic.saidAt < BEAT.toNanos();
        if (!silent) {
            topic.saidAt = now;
        }
        long at = page.get().at().toEpochMilli();
        String whole = topic.viewers.stream().anyMatch(viewer -> viewer.behind) ? message(at, parts) : "";
        String news = silent ? "" : message(at, changed);
        for (Viewer viewer : List.copyOf(topic.viewers)) {
            String message = viewer.behind ? whole : news;
            if (!message.isEmpty()) {
                send(viewer, message, now);
            }
        }
    }

    private synchronized void failed(Topic topic) {
        finished(topic);
        long now = nanoTime.getAsLong();
        for (Viewer viewer : List.copyOf(topic.viewers)) {
            if (!viewer.behind) {
                send(viewer, "event: failed\ndata: {}\n\n", now);
            }
            viewer.behind = true;
        }
    }

    private void finished(Topic topic) {
        running--;
        topic.waiting = false;
        vertx.runOnContext(next -> continueWork());
    }

    private synchronized void continueWork() {
        work();
    }

    private static void send(Viewer viewer, String message, long now) {
        if (viewer.response.closed() || viewer.response.ended()) {
            return;
        }
        if (viewer.response.writeQueueFull()) {
            if (!viewer.behind) {
                viewer.behind = true;
                viewer.fullSince = now;
            } else if (now - viewer.fullSince > PATIENCE.toNanos()) {
                viewer.response.reset();
            }
            return;
        }
        viewer.behind = false;
        viewer.fullSince = now;
        viewer.response.write(message);
    }

    private static String message(long at, Map<String, String> parts) {
        JsonObject changed = new JsonObject();
        parts.forEach(changed::put);
        return "event: parts\ndata: "
                + new JsonObject().put("at", at).put("parts", changed).encode() + "\n\n";
    }
}
