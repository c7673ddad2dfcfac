package org.ehashpool.statistics.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.ehashpool.kit.http.ApiFailure;
import org.ehashpool.kit.http.OpenApi;
import org.ehashpool.statistics.figures.BalanceHistory;
import org.ehashpool.statistics.figures.BalanceView;
import org.ehashpool.statistics.figures.BlockView;
import org.ehashpool.statistics.figures.DownstreamView;
import org.ehashpool.statistics.figures.Figures;
import org.ehashpool.statistics.figures.ListRequest;
import org.ehashpool.statistics.figures.MinerView;
import org.ehashpool.statistics.figures.MintView;
import org.ehashpool.statistics.figures.Quotes;
import org.ehashpool.statistics.figures.Series;
import org.ehashpool.statistics.figures.ServiceView;
import org.ehashpool.statistics.figures.UpstreamView;

/** The figures as JSON and as CSV; {@code openapi.json} describes them. */
final class StatisticsApi {
    /** Rows of an export. */
    private static final int MOST_ROWS = 10_000;

    private static final String JSON = "application/json";
    private static final Set<String> NONE = Set.of();
    private static final Set<String> OF_SERIES = Set.of("range", "subject");

    private final FigureReader reader;

    StatisticsApi(FigureReader reader) {
        this.reader = reader;
    }

    void mount(Router router) {
        OpenApi.mount(router, StatisticsApi.class);
        json(router, "overview", NONE, (figures, address) -> Optional.of(FigureJson.of(figures.overview())));
        json(
                router,
                "services",
                NONE,
                (figures, address) -> Optional.of(FigureJson.of("services", figures.services())));
        json(
                router,
                "downstreams",
                Address.OF_LISTS,
                (figures, address) ->
                        Optional.of(FigureJson.of("downstreams", figures.downstreams(PoolPages.downstreams(address)))));
        json(
                router,
                "downstreams/:id",
                Address.OF_CHARTS,
                (figures, address) ->
                        figures.downstream(address.id(), address.range()).map(FigureJson::of));
        json(
                router,
                "miners",
                Address.OF_LISTS,
                (figures, address) -> Optional.of(FigureJson.of("miners", figures.miners(PoolPages.miners(address)))));
        json(
                router,
                "miners/:id",
                Address.OF_CHARTS,
                (figures, address) ->
                        figures.miner(address.id(), address.range()).map(FigureJson::of));
        json(
                router,
                "blocks",
                Address.OF_LISTS,
                (figures, address) -> Optional.of(FigureJson.of(
                        "blocks",
                        figures.blocks(address.page().offset(), address.page().limit()))));
        json(
                router,
                "quotes",
                Address.OF_CHARTS,
                (figures, address) -> Optional.of(FigureJson.of(figures.quotes(address.range()))));
        json(router, "mints", NONE, (figures, address) -> Optional.of(FigureJson.of("mints", figures.mints())));
        json(router, "hashrate", OF_SERIES, (figures, address) -> Optional.of(FigureJson.of(series(figures, address))));
        json(
                router,
                "balances",
                NONE,
                (figures, address) -> Optional.of(FigureJson.of("balances", figures.balances())));
        json(
                router,
                "balances/history",
                Address.OF_CHARTS,
                (figures, address) -> Optional.of(FigureJson.of(figures.balanceHistory(address.range()))));
        json(
                router,
                "upstreams",
                NONE,
                (figures, address) -> Optional.of(FigureJson.of("upstreams", figures.upstreams())));
        json(
                router,
                "miner-ports",
                NONE,
                (figures, address) -> Optional.of(FigureJson.of("miner_ports", figures.ports())));
        exports(router);
    }

    private void exports(Router router) {
        csv(router, "services", NONE, (figures, address) -> FigureJson.csv(ServiceView.class, figures.services()));
        csv(
                router,
                "downstreams",
                Address.OF_LISTS,
                (figures, address) -> FigureJson.csv(
                        DownstreamView.class,
                        figures.downstreams(all(PoolPages.downstreams(address))).rows()));
        csv(
                router,
                "miners",
                Address.OF_LISTS,
                (figures, address) -> FigureJson.csv(
                        MinerView.class,
                        figures.miners(all(PoolPages.miners(address))).rows()));
        csv(
                router,
                "blocks",
                NONE,
                (figures, address) -> FigureJson.csv(
                        BlockView.class, figures.blocks(0, MOST_ROWS).rows()));
        csv(
                router,
                "quotes",
                Address.OF_CHARTS,
                (figures, address) -> FigureJson.csv(
                        Quotes.Step.class, figures.quotes(address.range()).steps()));
        csv(router, "mints", NONE, (figures, address) -> FigureJson.csv(MintView.class, figures.mints()));
        csv(router, "balances", NONE, (figures, address) -> FigureJson.csv(BalanceView.class, figures.balances()));
        csv(
                router,
                "balances/history",
                Address.OF_CHARTS,
                (figures, address) -> FigureJson.csv(
                        BalanceHistory.Point.class,
                        figures.balanceHistory(address.range()).points()));
        csv(router, "upstreams", NONE, (figures, address) -> FigureJson.csv(UpstreamView.class, figures.upstreams()));
        csv(
                router,
                "hashrate",
                OF_SERIES,
                (figures, address) -> FigureJson.csv(
                        Series.Point.class, series(figures, address).points()));
    }

    private static ListRequest all(ListRequest request) {
        return new ListRequest(request.search(), request.kind(), request.sort(), request.descending(), 0, MOST_ROWS);
    }

    private static Series series(Figures figures, Address address) {
        String subject = address.parameter("subject");
        if (!subject.matches("[0-9]{0,18}")) {
            throw new ApiFailure(400, "invalid-parameter", "subject is a downstream's or a miner's id, or 0");
        }
        return figures.series(subject.isEmpty() ? 0 : Long.parseLong(subject), address.range());
    }

    private void json(
            Router router,
            String path,
            Set<String> parameters,
            BiFunction<Figures, Address, Optional<JsonNode>> answer) {
        router.get("/api/v1/" + path).method(HttpMethod.HEAD).handler(context -> {
            Address address = address(context, parameters);
            reader.read(figures -> answer.apply(figures, address).map(FigureJson::bytes))
                    .onSuccess(found -> found.ifPresentOrElse(
                            bytes -> context.response()
                                    .putHeader("Content-Type", JSON)
                                    .end(Buffer.buffer(bytes)),
                            () -> context.fail(new ApiFailure(404, "not-found", "There is nothing of that name."))))
                    .onFailure(context::fail);
        });
    }

    private void csv(Router router, String path, Set<String> parameters, BiFunction<Figures, Address, String> answer) {
        router.get("/api/v1/" + path + ".csv").method(HttpMethod.HEAD).handler(context -> {
            Address address = address(context, parameters);
            reader.read(figures -> answer.apply(figures, address))
                    .onSuccess(text -> context.response()
                            .putHeader("Content-Type", "text/csv; charset=utf-8; header=present")
                            .putHeader(
                                    "Content-Disposition",
                                    "attachment; filename=\"" + path.replace('/', '-') + ".csv\"")
                            .end(text))
                    .onFailure(context::fail);
        });
    }

    private static Address address(RoutingContext context, Set<String> parameters) {
        return Address.of(context.normalizedPath(), context.queryParams(), parameters);
    }
}
