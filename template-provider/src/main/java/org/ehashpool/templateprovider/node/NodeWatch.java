package org.ehashpool.templateprovider.node;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ehashpool.kit.bitcoin.BitcoinNode;
import org.ehashpool.kit.bitcoin.BlockTemplate;
import org.ehashpool.kit.bitcoin.ChainInfo;
import org.ehashpool.kit.bitcoin.RpcException;
import org.ehashpool.kit.bitcoin.RpcFailure;
import org.ehashpool.kit.http.Health;
import org.ehashpool.kit.service.Component;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.templateprovider.event.TemplateProviderEvents;
import org.ehashpool.templateprovider.node.NodeEffect.Lane;
import org.jspecify.annotations.Nullable;

/** Asks the node what the follower wants to know, and tells the listener what came of it; all on one event loop. */
public final class NodeWatch implements Component {
    private static final long TICK_MILLIS = 50;

    private final Vertx vertx;
    private final InstantSource clock;
    private final Supplier<BitcoinNode> nodes;
    private final NodeFollower follower;
    private final NodeListener listener;
    private final NodeConfig config;
    private final Context context;
    private volatile @Nullable BitcoinNode opened;
    private volatile NodeCondition condition = NodeCondition.CONNECTING;
    private volatile @Nullable ChainInfo chain;
    private volatile OptionalInt peers = OptionalInt.empty();
    private volatile @Nullable Instant templateAt;
    private volatile boolean stopped;
    private long timer;

    /**
     * Follows nothing yet.
     *
     * @param context the event loop of follower and listener
     * @param nodes called at the start: by then an embedded node knows its address
     */
    public NodeWatch(
            Vertx vertx,
            Context context,
            InstantSource clock,
            Supplier<BitcoinNode> nodes,
            NodeConfig config,
            NodeListener listener) {
        this.vertx = vertx;
        this.context = context;
        this.clock = clock;
        this.nodes = nodes;
        this.config = config;
        this.listener = listener;
        follower = new NodeFollower(config.followerSettings());
    }

    @Override
    public String name() {
        return "node";
    }

    /** Succeeds at once: a node that is away is no reason not to start. */
    @Override
    public Future<Void> start() {
        opened = nodes.get();
        context.runOnContext(begin -> {
            act(follower.tick(clock.instant()));
            timer = vertx.setPeriodic(TICK_MILLIS, tick -> act(follower.tick(clock.instant())));
        });
        return Future.succeededFuture();
    }

    /** Somebody says that this block is the new tip; from any thread. */
    public void hint(U256 hash) {
        context.runOnContext(hinted -> act(follower.hint(hash, clock.instant())));
    }

    private void act(List<NodeEffect> effects) {
        if (stopped) {
            return;
        }
        for (NodeEffect effect : effects) {
            switch (effect) {
                case NodeEffect.AskTemplate question -> askTemplate(question);
                case NodeEffect.AskStatus question -> askStatus();
                case NodeEffect.AskHeader question -> askHeader(question.hash());
                case NodeEffect.NewTip announced -> listener.tip(announced.tip());
                case NodeEffect.Publish found -> {
                    templateAt = clock.instant();
                    listener.publish(found.template());
                }
                case NodeEffect.Withdraw withdrawn -> {
                    templateAt = null;
                    listener.withdraw(follower.condition());
                }
                case NodeEffect.Changed changed -> changed(changed.condition());
                case NodeEffect.Warn warning -> TemplateProviderEvents.nodeWarning(warning.words());
            }
        }
    }

    private void changed(NodeCondition now) {
        condition = now;
        if (now.isReady()) {
            TemplateProviderEvents.nodeReady(now.words());
        } else {
            TemplateProviderEvents.nodeTrouble(now.kind().label(), now.words());
        }
    }

    private BitcoinNode node() {
        return Objects.requireNonNull(opened, "started");
    }

    private void askTemplate(NodeEffect.AskTemplate question) {
        Future<BlockTemplate> answer =
                question.longPollId().map(node()::templateAfter).orElseGet(node()::template);
        Lane lane = question.lane();
        on(
                answer,
                template -> follower.template(lane, question.question(), template, clock.instant()),
                failure -> follower.templateFailed(lane, failure, clock.instant()));
    }

    private void askStatus() {
        Future<NodeStatus> answer = node().chainInfo()
                .compose(info -> node().connectionCount()
                        .map(OptionalInt::of)
                        .recover(NodeWatch::withoutCount)
                        .map(count -> new NodeStatus(info, count)));
        on(
                answer,
                status -> {
                    chain = status.chain();
                    peers = status.peers();
                    return follower.status(status, clock.instant());
                },
                failure -> follower.statusFailed(failure, clock.instant()));
    }

    /** A node may do without getconnectioncount. */
    private static Future<OptionalInt> withoutCount(Throwable cause) {
        return RpcException.failureOf(cause) instanceof RpcFailure.Refused(int code, String message)
                        && code == RpcFailure.Refused.METHOD_NOT_FOUND
                ? Future.succeededFuture(OptionalInt.empty())
                : Future.failedFuture(cause);
    }

    private void askHeader(U256 hash) {
        // Without the header the template tells all the same, a little later.
        on(node().header(hash), header -> follower.header(header, clock.instant()), failure -> List.of());
    }

    private <T> void on(
            Future<T> answer, Function<T, List<NodeEffect>> succeeded, Function<RpcFailure, List<NodeEffect>> failed) {
        answer.onComplete((AsyncResult<T> result) -> context.runOnContext(back -> act(
                result.succeeded()
                        ? succeeded.apply(result.result())
                        : failed.apply(RpcException.failureOf(result.cause())))));
    }

    /** How the node is. */
    public NodeCondition condition() {
        return condition;
    }

    /** For {@code /health/ready}: whether the node can be relied on. */
    public Health health() {
        NodeCondition now = condition;
        return new Health(now.isReady(), now.kind().label() + ": " + now.words());
    }

    /** For {@code /health/ready}: whether there is a template that the node stands by. */
    public Health templateHealth() {
        Instant at = templateAt;
        return at == null
                ? Health.down("no template")
                : Health.up("template of " + (clock.millis() - at.toEpochMilli()) / 1_000 + " s ago");
    }

    /** Whether there is a template, as a number. */
    public double templateAgeSeconds() {
        Instant at = templateAt;
        return at == null ? Double.NaN : (clock.millis() - at.toEpochMilli()) / 1_000.0;
    }

    /** For {@code /api/v1/state}. */
    public JsonObject state() {
        NodeCondition now = condition;
        ChainInfo info = chain;
        Instant at = templateAt;
        JsonObject state = new JsonObject()
                .put("condition", now.kind().label())
                .put("words", now.words())
                .put("network", config.network().name().toLowerCase(Locale.ROOT))
                .put("template_at", at == null ? null : at.toEpochMilli())
                .put("peers", peers.isPresent() ? peers.getAsInt() : null);
        if (info != null) {
            state.put("chain", info.chain())
                    .put("blocks", info.blocks())
                    .put("headers", info.headers())
                    .put("best_hash", info.bestHash().toHex())
                    .put("initial_download", info.initialDownload());
        }
        return state;
    }

    @Override
    public Future<Void> stop() {
        stopped = true;
        vertx.cancelTimer(timer);
        BitcoinNode node = opened;
        return node == null ? Future.succeededFuture() : node.close();
    }
}
