package org.ehashpool.pool;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.ehashpool.kit.http.Health;
import org.ehashpool.kit.http.OpenApi;
import org.ehashpool.kit.service.Component;
import org.ehashpool.kit.service.ServiceContext;
import org.ehashpool.kit.sv2.port.Sv2Platform;
import org.ehashpool.mining.job.JobNumbers;
import org.ehashpool.pool.api.MinersApi;
import org.ehashpool.pool.api.OperatorApi;
import org.ehashpool.pool.ban.BanList;
import org.ehashpool.pool.block.BlockSink;
import org.ehashpool.pool.connection.MiningLoops;
import org.ehashpool.pool.connection.MiningMetrics;
import org.ehashpool.pool.connection.MiningPort;
import org.ehashpool.pool.connection.MiningRules;
import org.ehashpool.pool.connection.Surroundings;
import org.ehashpool.pool.ledger.CommitMetrics;
import org.ehashpool.pool.ledger.GroupCommit;
import org.ehashpool.pool.ledger.LedgerStatus;
import org.ehashpool.pool.ledger.ShareLedger;
import org.ehashpool.pool.template.JobFeed;
import org.ehashpool.sv2.message.Ehash.EhashMints;
import org.jspecify.annotations.Nullable;

/** The half of the pool that miners see: the port, their connections, the recording of shares, what is shown of them. */
final class MinerSide {
    private final GroupCommit commit;
    private final BanList bans;
    private final MiningLoops miners;
    private final MiningPort port;
    private volatile MiningRules rules;

    /**
     * What this half is given by the others, and what they share.
     *
     * @param server the server's part of the extranonce; asked when the miners' side starts
     * @param accepting whether shares may be accepted
     * @param mints what miners are told of mints
     */
    record Given(
            Sv2Platform platform,
            JobFeed feed,
            BlockSink blocks,
            JobNumbers numbers,
            ShareLedger ledger,
            IntSupplier server,
            BooleanSupplier accepting,
            Supplier<Optional<EhashMints>> mints,
            Path dataDirectory,
            Supplier<@Nullable String> templateProvider) {}

    MinerSide(PoolConfig config, ServiceContext context, Given given) {
        Vertx vertx = context.vertx();
        rules = config.rules();
        commit = new GroupCommit(
                given.ledger(),
                config.shares().commit(),
                (time, task) -> after(vertx, time, task),
                context.nanoTime(),
                new CommitMetrics(context.metrics()));
        bans = new BanList(given.dataDirectory().resolve("pool-bans.json"), vertx, context.clock());
        Surroundings surroundings = new Surroundings(
                context.identity().bootId(),
                () -> rules,
                given.accepting(),
                given.mints(),
                given.blocks(),
                bans,
                new MiningMetrics(context.metrics()),
                context.stats(),
                context.clock(),
                context.nanoTime());
        miners = new MiningLoops(
                vertx,
                config.extranonce().layout(),
                given.server(),
                given.numbers(),
                commit,
                given.feed(),
                surroundings);
        port = new MiningPort(
                config.sv2(),
                config.drain(),
                given.dataDirectory().resolve("pool-authority.key"),
                config.versionRolling(),
                given.platform(),
                miners,
                commit,
                vertx);
        context.metrics()
                .gauge(
                        "shares.pending",
                        "Shares that wait to be recorded",
                        () -> commit.status().pending());
        context.health().register("share_ledger", this::health);
        context.state().describe("mining", port::state);
        mount(context, given.templateProvider());
    }

    private static void after(Vertx vertx, Duration time, Runnable task) {
        vertx.timer(Math.max(1, time.toNanos()), TimeUnit.NANOSECONDS).onSuccess(passed -> task.run());
    }

    private void mount(ServiceContext context, Supplier<@Nullable String> templateProvider) {
        Router router = context.http().router();
        new MinersApi(context.vertx(), miners, commit, templateProvider).mount(router);
        new OperatorApi(miners, bans).mount(router, context.http().bearerGuard());
        OpenApi.mount(router, OperatorApi.class);
    }

    private Health health() {
        LedgerStatus status = commit.status();
        String pending = status.pending() + " shares wait to be recorded";
        return status.away()
                ? Health.down("the share ledger does not answer; " + pending)
                : status.refusing() ? Health.down(pending + ", no more are taken") : Health.up(pending);
    }

    /** In the order in which they start; after the feed. */
    List<Component> components() {
        return List.of(bans, miners, port);
    }

    /** Takes effect on what comes afterwards. */
    void reload(PoolConfig config) {
        rules = config.rules();
    }

    /** All miners. */
    MiningLoops miners() {
        return miners;
    }

    MiningPort port() {
        return port;
    }
}
