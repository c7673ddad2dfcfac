package org.ehashpool.translator.api;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.ehashpool.kit.http.ApiFailure;
import org.ehashpool.kit.http.PageRequest;
import org.ehashpool.translator.downstream.Census;
import org.ehashpool.translator.downstream.MinerView;
import org.ehashpool.translator.downstream.Miners;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/global}, {@code miners} and {@code miners/{id}}. */
public final class MinersApi {
    private static final Map<String, Comparator<MinerView>> ORDERS = Map.of(
            "id", Comparator.comparingLong(MinerView::id),
            "user", Comparator.comparing(MinerView::user),
            "worker", Comparator.comparing(MinerView::worker),
            "agent", Comparator.comparing(MinerView::agent),
            "connected_at", Comparator.comparingLong(MinerView::connectedAt),
            "difficulty", Comparator.comparingDouble(MinerView::difficulty),
            "hash_rate", Comparator.comparingDouble(MinerView::hashRate),
            "accepted", Comparator.comparingLong(MinerView::accepted),
            "rejected", Comparator.comparingLong(MinerView::refusedInAll),
            "last_accepted_at",
                    Comparator.comparingLong(view -> view.lastShareAt().orElse(0)));

    private final Vertx vertx;
    private final Miners miners;

    /** About these. */
    public MinersApi(Vertx vertx, Miners miners) {
        this.vertx = vertx;
        this.miners = miners;
    }

    /** Adds the routes. */
    public void mount(Router router) {
        router.get("/api/v1/global").handler(request -> answer(request, Figures::global));
        router.get("/api/v1/miners").handler(request -> {
            PageRequest page = PageRequest.of(request.queryParams());
            @Nullable String user = request.queryParams().get("user");
            answer(request, census -> page.of("miners", ofUser(census.miners(), user), ORDERS, Figures::miner));
        });
        router.get("/api/v1/miners/:id").handler(request -> {
            long id = id(request);
            miners.view(id)
                    .onFailure(request::fail)
                    .onSuccess(view -> view.ifPresentOrElse(
                            miner -> {
                                var _ = request.json(Figures.miner(miner));
                            },
                            () -> request.fail(new ApiFailure(404, "not-found", "No miner " + id + "."))));
        });
    }

    private static List<MinerView> ofUser(List<MinerView> views, @Nullable String user) {
        return user == null
                ? views
                : views.stream().filter(view -> view.user().equals(user)).toList();
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

    /** Sorting ten thousand miners takes milliseconds: not on an event loop. */
    private void answer(RoutingContext request, Function<Census, JsonObject> body) {
        miners.census()
                .compose(census -> vertx.executeBlocking(() -> body.apply(census), false))
                .onSuccess(request::json)
                .onFailure(request::fail);
    }
}
