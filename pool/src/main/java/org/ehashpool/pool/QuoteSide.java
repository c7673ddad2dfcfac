package org.ehashpool.pool;

import io.vertx.ext.web.Router;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.ehashpool.kit.service.Component;
import org.ehashpool.kit.service.ServiceContext;
import org.ehashpool.kit.sv2.port.Sv2Platform;
import org.ehashpool.pool.connection.EhashNotice;
import org.ehashpool.pool.connection.MiningLoops;
import org.ehashpool.pool.mintlink.MintConfig;
import org.ehashpool.pool.mintlink.MintPort;
import org.ehashpool.pool.mintlink.PinnedMint;
import org.ehashpool.pool.node.NodeTable;
import org.ehashpool.pool.outbox.NodeOwnership;
import org.ehashpool.pool.outbox.Outbox;
import org.ehashpool.pool.outbox.OutboxApi;
import org.ehashpool.pool.outbox.QuoteNotices;
import org.ehashpool.sv2.message.Ehash.EhashMints;
import org.ehashpool.sv2.type.Bytes;
import org.jooq.DSLContext;

/** The part of the pool that turns credits into quotes: the outbox, and the port where mints connect. */
final class QuoteSide {
    private final Outbox outbox;
    private final MintPort port;

    /** @param miners who are told of quotes; asked when the pool has started */
    QuoteSide(
            PoolConfig config,
            ServiceContext context,
            Sv2Platform platform,
            LedgerSide ledger,
            Supplier<MiningLoops> miners,
            Path dataDirectory) {
        outbox = new Outbox(
                config.outbox(),
                new Outbox.Given(
                        ledger::database,
                        ownership(ledger),
                        this::pinned,
                        this::url,
                        this::remember,
                        notices(miners),
                        context.vertx(),
                        context.clock(),
                        context.nanoTime(),
                        context.metrics(),
                        context.stats()));
        port = new MintPort(
                config.mintPort(),
                dataDirectory.resolve("pool-authority.key"),
                platform,
                MintConfig.pinned(config.mints()),
                outbox,
                context.stats(),
                context.nanoTime());
        context.metrics().gauge("mints.connected", "Mints that are connected", port::connectedMints);
        context.health().register("outbox", outbox::health);
        context.state().describe("mint_port", port::state);
        context.state().describe("outbox", outbox::state);
        Router router = context.http().router();
        new OutboxApi(context.vertx(), outbox, port, ledger::database)
                .mount(router, context.http().bearerGuard());
    }

    private static NodeOwnership ownership(LedgerSide ledger) {
        return new NodeOwnership() {
            @Override
            public long boot() {
                return ledger.lease().boot();
            }

            @Override
            public List<Integer> hold(DSLContext sql) {
                NodeTable.requireHeld(sql, ledger.lease());
                return NodeTable.nodesOf(sql, ledger.lease());
            }
        };
    }

    private static QuoteNotices notices(Supplier<MiningLoops> miners) {
        return new QuoteNotices() {
            @Override
            public void tell(List<EhashNotice> notices) {
                miners.get().notices(notices);
            }

            @Override
            public void mintsChanged() {
                miners.get().mintsChanged();
            }
        };
    }

    private List<PinnedMint> pinned() {
        return port.mints();
    }

    private Optional<String> url(Bytes mint) {
        return port.url(mint);
    }

    private void remember(Map<Bytes, String> urls) {
        port.remember(urls);
    }

    /** In the order in which they start; after the ledger, before the miners. */
    List<Component> components() {
        return List.of(port, outbox);
    }

    /** Credits were committed. */
    void credited() {
        outbox.wake();
    }

    /** Whether no more shares may be accepted. */
    boolean isFull() {
        return outbox.isFull();
    }

    /** What miners are told of mints; empty if the pool knows none. */
    Optional<EhashMints> announcement() {
        EhashMints mints = port.announcement();
        return port.mints().isEmpty() ? Optional.empty() : Optional.of(mints);
    }

    /** Takes effect on connections at once. */
    void reload(PoolConfig config) {
        port.pin(MintConfig.pinned(config.mints()));
    }
}
