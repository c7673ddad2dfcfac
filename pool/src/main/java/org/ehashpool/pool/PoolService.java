package org.ehashpool.pool;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ehashpool.kit.service.Component;
import org.ehashpool.kit.service.DataDirectory;
import org.ehashpool.kit.service.Service;
import org.ehashpool.kit.service.ServiceContext;
import org.ehashpool.kit.sv2.port.Sv2Platform;
import org.ehashpool.mining.job.JobNumbers;
import org.ehashpool.pool.block.BlocksApi;
import org.ehashpool.pool.block.FoundBlocks;
import org.ehashpool.pool.connection.MiningLoops;
import org.ehashpool.pool.template.TemplateProviders;
import org.ehashpool.pool.template.TemplatesApi;

/** The pool, top-down: the ledger, template providers, the blocks that go back to them, and the miners in between. */
final class PoolService implements Service<PoolConfig> {
    static final String NAME = "pool";

    private final LedgerSide ledger;
    private final QuoteSide quotes;
    private final TemplateProviders templates;
    private final MinerSide miners;
    private final List<Component> components;

    PoolService(PoolConfig config, ServiceContext context) {
        Path dataDirectory =
                config.dataDirectory().orElseGet(() -> DataDirectory.base().resolve(NAME));
        ledger = new LedgerSide(config, context, (node, payable) -> credited());
        Sv2Platform platform = new Sv2Platform(NAME, context);
        quotes = new QuoteSide(config, context, platform, ledger, this::miners, dataDirectory);
        JobNumbers numbers = new JobNumbers();
        templates = new TemplateProviders(
                config.templateProviders(),
                config.jobs(),
                numbers,
                platform::environment,
                context.clock(),
                context.nanoTime(),
                context.metrics(),
                context.identity().version());
        FoundBlocks blocks = new FoundBlocks(
                config.blocks(),
                dataDirectory.resolve("blocks"),
                templates,
                context.vertx(),
                context.clock(),
                context.metrics(),
                context.stats());
        miners = new MinerSide(
                config,
                context,
                new MinerSide.Given(
                        platform,
                        templates,
                        blocks,
                        numbers,
                        ledger.ledger(),
                        ledger::server,
                        () -> ledger.accepting() && !quotes.isFull(),
                        quotes::announcement,
                        dataDirectory,
                        () -> templates.state().getString("active")));

        List<Component> inOrder = new ArrayList<>(ledger.components());
        inOrder.add(platform);
        inOrder.addAll(quotes.components());
        inOrder.addAll(List.of(blocks, templates));
        inOrder.addAll(miners.components());
        components = List.copyOf(inOrder);

        context.health().register("templates", templates::health);
        context.state().describe("templates", templates::state);
        Router router = context.http().router();
        new TemplatesApi(templates).mount(router);
        new BlocksApi(blocks).mount(router);
    }

    private void credited() {
        quotes.credited();
    }

    private MiningLoops miners() {
        return miners.miners();
    }

    @Override
    public List<Component> components() {
        return components;
    }

    @Override
    public Future<Void> reload(PoolConfig config) {
        templates.payouts(config.jobs().payouts());
        ledger.reload(config);
        quotes.reload(config);
        miners.reload(config);
        return Future.succeededFuture();
    }
}
