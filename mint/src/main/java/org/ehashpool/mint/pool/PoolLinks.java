package org.ehashpool.mint.pool;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.kit.service.Component;
import org.ehashpool.kit.service.ServiceContext;
import org.ehashpool.kit.sv2.port.Sv2Platform;
import org.ehashpool.kit.sv2.upstream.ReconnectSettings;
import org.ehashpool.mint.core.Mint;
import org.ehashpool.mint.events.MintEvents;
import org.ehashpool.noise.certificate.Sv2Url;
import org.ehashpool.sv2.type.Text;

/** The links to all pools: on one event loop, with one desk. Starts after the mint and stops before it. */
public final class PoolLinks implements Component {

    private final List<Sv2Url> pools;
    private final OrderingConfig config;
    private final String mintUrl;
    private final Sv2Platform platform;
    private final Supplier<Mint> mint;
    private final Supplier<SecretKey> identity;
    private final ServiceContext service;
    private final ReconnectSettings reconnect;
    private final PoolMetrics metrics;
    private volatile List<PoolLink> links = List.of();
    private volatile Future<Void> drained = Future.succeededFuture();
    private volatile Supplier<Future<Void>> drain = Future::succeededFuture;

    /**
     * Links that are not begun yet.
     *
     * @param mintUrl where wallets find the mint
     * @param mint the open one
     * @param identity its secret key
     */
    public PoolLinks(
            List<Sv2Url> pools,
            OrderingConfig config,
            String mintUrl,
            Sv2Platform platform,
            Supplier<Mint> mint,
            Supplier<SecretKey> identity,
            ReconnectSettings reconnect,
            ServiceContext service) {
        this.pools = List.copyOf(pools);
        this.config = config;
        this.mintUrl = mintUrl;
        this.platform = platform;
        this.mint = mint;
        this.identity = identity;
        this.reconnect = reconnect;
        this.service = service;
        metrics = new PoolMetrics(
                service.metrics(),
                () -> Math.toIntExact(
                        links.stream().filter(PoolLink::isConnected).count()),
                () -> links.stream().mapToInt(PoolLink::unanswered).sum());
    }

    @Override
    public String name() {
        return "pools";
    }

    @Override
    public Future<Void> start() {
        Context context = ((VertxInternal) service.vertx()).createEventLoopContext();
        QuoteDesk desk = new QuoteDesk(context, orders -> mint.get().createPaidQuotes(orders));
        drain = () -> onLoop(context, desk);
        List<PoolLink> made = new ArrayList<>();
        for (Sv2Url pool : pools) {
            made.add(new PoolLink(
                    platform.environment(),
                    context,
                    "pool-" + (made.size() + 1),
                    pool,
                    service.identity().version(),
                    reconnect,
                    this::introduction,
                    desk,
                    metrics));
        }
        links = List.copyOf(made);
        links.forEach(PoolLink::start);
        return Future.succeededFuture();
    }

    private static Future<Void> onLoop(Context context, QuoteDesk desk) {
        return Future.<Void>future(on -> context.runOnContext(now -> on.complete()))
                .compose(now -> desk.close());
    }

    private Introduction introduction() {
        List<Text> units = mint.get().keysets().active().stream()
                .map(keyset -> keyset.row().unit())
                .distinct()
                .sorted()
                .map(Text::of)
                .toList();
        return new Introduction(identity.get(), Text.of(mintUrl), units, config.window());
    }

    /** For {@code /api/v1/state}. */
    public JsonArray state() {
        JsonArray state = new JsonArray();
        links.stream().map(PoolLink::state).forEach(state::add);
        return state;
    }

    /** The same with what pools are told. */
    public JsonObject description() {
        return new JsonObject().put("mint_url", mintUrl).put("pools", state());
    }

    /** Answers what is under way, refuses what comes, and then ends the connections. */
    @Override
    public Future<Void> stop() {
        Future<Void> late = service.vertx()
                .timer(Math.max(1, config.drain().toMillis()), TimeUnit.MILLISECONDS)
                .mapEmpty();
        drained = drain.get();
        return Future.any(drained, late)
                .<Void>mapEmpty()
                .onComplete(done -> MintEvents.ordersDrained(drained.isComplete()))
                .eventually(() -> Future.join(links.stream().map(PoolLink::stop).toList()));
    }
}
