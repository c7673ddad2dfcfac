package org.ehashpool.pool.api;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.ehashpool.kit.http.ApiFailure;
import org.ehashpool.kit.http.PageRequest;
import org.ehashpool.mining.coinbase.BlockHeight;
import org.ehashpool.mining.job.ChainTip;
import org.ehashpool.mining.job.JobSnapshot;
import org.ehashpool.pool.connection.ChannelView;
import org.ehashpool.pool.connection.ConnectionView;
import org.ehashpool.pool.connection.MiningLoops;
import org.ehashpool.pool.connection.PoolView;
import org.ehashpool.pool.ledger.GroupCommit;
import org.ehashpool.pool.ledger.LedgerStatus;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/global}, {@code connections}, {@code connections/{id}} and {@code channels}. */
public final class MinersApi {
    private static final Map<String, Comparator<ConnectionView>> CONNECTION_ORDERS = Map.of(
            "id", Comparator.comparingLong(ConnectionView::id),
            "kind", Comparator.comparing(one -> one.info().kind()),
            "connected_at", Comparator.comparing(one -> one.info().connectedAt()),
            "last_activity_at", Comparator.comparingLong(ConnectionView::lastActivityAt),
            "channels", Comparator.comparingInt(one -> one.channels().size()),
            "hash_rate", Comparator.comparingDouble(one -> one.figures().hashRate()),
            "accepted", Comparator.comparingLong(one -> one.figures().accepted()),
            "rejected", Comparator.comparingLong(one -> one.figures().rejectedInAll()),
            "work", Comparator.comparing(one -> one.figures().work()));

    private static final Map<String, Comparator<ChannelView>> CHANNEL_ORDERS = Map.of(
            "user", Comparator.comparing(ChannelView::user),
            "difficulty", Comparator.comparingDouble(ChannelView::difficulty),
            "opened_at", Comparator.comparingLong(ChannelView::openedAt),
            "hash_rate", Comparator.comparingDouble(one -> one.figures().hashRate()),
            "accepted", Comparator.comparingLong(one -> one.figures().accepted()),
            "rejected", Comparator.comparingLong(one -> one.figures().rejectedInAll()),
            "work", Comparator.comparing(one -> one.figures().work()));

    private final Vertx vertx;
    private final MiningLoops miners;
    private final GroupCommit commit;
    private final Supplier<@Nullable String> templateProvider;

    /**
     * What the answers are about.
     *
     * @param templateProvider the one whose templates are mined on, null if there is none
     */
    public MinersApi(Vertx vertx, MiningLoops miners, GroupCommit commit, Supplier<@Nullable String> templateProvider) {
        this.vertx = vertx;
        this.miners = miners;
        this.commit = commit;
        this.templateProvider = templateProvider;
    }

    /** Adds the routes. */
    public void mount(Router router) {
        router.get("/api/v1/global").handler(request -> answer(request, this::global));
        router.get("/api/v1/connections").handler(request -> {
            PageRequest page = PageRequest.of(request.queryParams());
            answer(request, view -> connections(view, request.queryParams(), page));
        });
        router.get("/api/v1/connections/:id").handler(request -> {
            long id = id(request);
            answer(request, view -> connection(view, id));
        });
        router.get("/api/v1/channels").handler(request -> {
            PageRequest page = PageRequest.of(request.queryParams());
            answer(request, view -> channels(view, request.queryParams(), page));
        });
    }

    /**
     * The number in the path.
     *
     * @throws ApiFailure of status 404 if it is none
     */
    static long id(RoutingContext request) {
        @Nullable String text = request.pathParam("id");
        if (text == null || !text.matches("[0-9]{1,18}")) {
            throw new ApiFailure(404, "not-found", "An id is a number.");
        }
        return Long.parseLong(text);
    }

    /** Sorting ten thousand connections takes milliseconds: not on an event loop. */
    private void answer(RoutingContext request, Function<PoolView, JsonObject> body) {
        miners.view()
                .compose(view -> vertx.executeBlocking(() -> body.apply(view), false))
                .onSuccess(request::json)
                .onFailure(request::fail);
    }

    private JsonObject global(PoolView view) {
        LedgerStatus ledger = commit.status();
        Map<String, Long> kinds = view.connections().stream()
                .collect(Collectors.groupingBy(one -> one.info().kind().label(), TreeMap::new, Collectors.counting()));
        return new JsonObject()
                .put("hash_rate", view.figures().hashRate())
                .put("connections", view.connections().size())
                .put("connections_by_kind", Figures.counts(kinds))
                .put("channels", view.channelCount())
                .put("shares", Figures.shares(view.figures()))
                .put("blocks_found", view.figures().blocks())
                .put("template_provider", templateProvider.get())
                .put("tip", view.jobs().active().map(MinersApi::tip).orElse(null))
                .put(
                        "ledger",
                        new JsonObject()
                                .put("pending", ledger.pending())
                                .put("settled", ledger.credits())
                                .put("away", ledger.away())
                                .put("refusing", ledger.refusing()));
    }

    private static JsonObject tip(JobSnapshot.Active active) {
        ChainTip tip = active.tip();
        return new JsonObject()
                .put("previous_hash", tip.previousHash().toHex())
                .put("height", height(active))
                .put("bits", "%08x".formatted(tip.bits()))
                .put("network_difficulty", tip.networkTarget().difficulty())
                .put("job_id", active.job().id());
    }

    /** Of the block that is mined, by its coinbase script. */
    private static @Nullable Integer height(JobSnapshot.Active active) {
        var height = BlockHeight.read(active.job().fields().scriptStart());
        return height.isPresent() ? height.getAsInt() : null;
    }

    private static JsonObject connections(PoolView view, MultiMap parameters, PageRequest page) {
        @Nullable String kind = parameters.get("kind");
        @Nullable String user = parameters.get("user");
        @Nullable String peer = parameters.get("peer");
        @Nullable String vendor = parameters.get("vendor");
        List<ConnectionView> chosen = view.connections().stream()
                .filter(one -> kind == null || one.info().kind().label().equals(kind))
                .filter(one -> user == null || one.users().stream().anyMatch(name -> contains(name, user)))
                .filter(one -> peer == null || one.peer().startsWith(peer))
                .filter(one -> vendor == null || contains(one.info().client().vendor(), vendor))
                .toList();
        return page.of("connections", chosen, CONNECTION_ORDERS, Figures::connection);
    }

    private static JsonObject connection(PoolView view, long id) {
        return view.connections().stream()
                .filter(one -> one.id() == id)
                .findFirst()
                .map(Figures::wholeConnection)
                .orElseThrow(() -> new ApiFailure(404, "not-found", "No connection " + id + "."));
    }

    private static JsonObject channels(PoolView view, MultiMap parameters, PageRequest page) {
        @Nullable String user = parameters.get("user");
        @Nullable String type = parameters.get("type");
        List<ChannelView> chosen = view.connections().stream()
                .flatMap(one -> one.channels().stream())
                .filter(one -> user == null || contains(one.user(), user))
                .filter(one -> type == null || type.equals(one.standard() ? "standard" : "extended"))
                .toList();
        return page.of("channels", chosen, CHANNEL_ORDERS, Figures::channel);
    }

    private static boolean contains(String text, String part) {
        return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }
}
