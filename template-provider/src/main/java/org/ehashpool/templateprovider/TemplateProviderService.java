package org.ehashpool.templateprovider;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ehashpool.kit.service.Component;
import org.ehashpool.kit.service.DataDirectory;
import org.ehashpool.kit.service.Service;
import org.ehashpool.kit.service.ServiceContext;
import org.ehashpool.kit.sv2.link.LinkSettings;
import org.ehashpool.kit.sv2.port.Sv2Platform;
import org.ehashpool.kit.sv2.port.Sv2Port;
import org.ehashpool.kit.sv2.setup.SetupPolicy;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.sv2.message.Protocol;
import org.ehashpool.templateprovider.block.BlockSubmitter;
import org.ehashpool.templateprovider.chain.EmbeddedNode;
import org.ehashpool.templateprovider.node.HashblockListener;
import org.ehashpool.templateprovider.node.NodeConfig;
import org.ehashpool.templateprovider.node.NodeWatch;
import org.ehashpool.templateprovider.serve.ClientDirectory;
import org.ehashpool.templateprovider.serve.ServingMeters;
import org.ehashpool.templateprovider.serve.Shelf;
import org.ehashpool.templateprovider.serve.TemplateDesk;
import org.ehashpool.templateprovider.template.Halving;

/** The template provider, top-down: a node, the one who follows it, blocks on their way to it, and the port for clients. */
final class TemplateProviderService implements Service<TemplateProviderConfig> {
    static final String NAME = "template-provider";

    /** Transactions of a whole block go out at once; a distant client takes its time. */
    static final LinkSettings LINK = LinkSettings.DEFAULT
            .withWriteLimits(256 << 10, 1 << 20, 48 << 20, Duration.ofSeconds(60))
            .withFrameLimits(16, Optional.of(1_000));

    private final List<Component> components = new ArrayList<>();

    TemplateProviderService(TemplateProviderConfig config, ServiceContext context) {
        Path directory = DataDirectory.base().resolve(NAME);
        Vertx vertx = context.vertx();
        NodeConfig nodeConfig = config.node();
        ServingConfig serving = config.serving();
        NodeConnection node = nodeConfig.url().isPresent()
                ? NodeConnection.of(nodeConfig)
                : NodeConnection.of(embed(config, directory, context));

        Shelf shelf =
                new Shelf(serving.maxTemplates(), serving.maxTemplateMemory().bytes());
        BlockSubmitter blocks = new BlockSubmitter(
                vertx,
                context.clock(),
                () -> node.open(vertx, nodeConfig),
                new BlockSubmitter.Settings(
                        serving.blocks().orElse(directory.resolve("blocks")),
                        serving.blockRetry(),
                        nodeConfig.retryDelay()),
                outcome -> context.metrics().counter("blocks", "Blocks by what became of them", "outcome", outcome));
        Context loop = ((VertxInternal) vertx).createEventLoopContext();
        TemplateDesk desk = new TemplateDesk(
                vertx,
                loop,
                context.clock(),
                context.nanoTime(),
                new TemplateIds(context.clock().instant()),
                shelf,
                new TemplateDesk.Settings(
                        Halving.of(nodeConfig.network()),
                        serving.maxOutputSizes(),
                        serving.patience(),
                        serving.ahead()));
        NodeWatch watch =
                new NodeWatch(vertx, loop, context.clock(), () -> node.open(vertx, nodeConfig), nodeConfig, desk);
        ClientDirectory clients =
                new ClientDirectory(desk, shelf, blocks, context.clock(), new ServingMeters(context.metrics()));
        Sv2Platform platform = new Sv2Platform(NAME, context);
        Sv2Port port = new Sv2Port(
                "tdp",
                config.sv2(),
                directory.resolve("authority.key"),
                LINK,
                platform,
                SetupPolicy.of(Protocol.TEMPLATE_DISTRIBUTION.number()),
                clients::connected);

        components.add(blocks);
        components.add(watch);
        nodeConfig.zmq().ifPresent(address -> components.add(new HashblockListener(address, watch::hint)));
        components.add(platform);
        components.add(port);

        describe(context, watch, shelf, clients, port);
        new TemplateProviderApi(shelf, clients, blocks).routes(context.http().router());
    }

    /** The chain that stands in for a node; the first to start and the last to stop. */
    private EmbeddedNode embed(TemplateProviderConfig config, Path directory, ServiceContext context) {
        EmbeddedNode chain = new EmbeddedNode(
                config.embeddedChain(),
                directory.resolve("chain"),
                context.vertx(),
                context.clock(),
                context.nanoTime(),
                context.random(),
                context.metrics());
        components.add(chain);
        context.state().describe("embedded_chain", chain::state);
        return chain;
    }

    private static void describe(
            ServiceContext context, NodeWatch watch, Shelf shelf, ClientDirectory clients, Sv2Port port) {
        context.health().register("node", watch::health);
        context.health().register("template", watch::templateHealth);
        context.state().describe("node", watch::state);
        context.state().describe("sv2", port::state);
        context.state()
                .describe(
                        "templates",
                        () -> new JsonObject()
                                .put("kept", shelf.all().size())
                                .put("transaction_bytes", shelf.size())
                                .put(
                                        "height",
                                        shelf.tip().map(tip -> tip.height()).orElse(null))
                                .put(
                                        "network_difficulty",
                                        shelf.tip()
                                                .flatMap(tip -> Target.ofCompactBits(tip.bits()))
                                                .map(Target::difficulty)
                                                .orElse(null))
                                .put(
                                        "prev_hash",
                                        shelf.tip()
                                                .map(tip -> tip.previousHash().toHex())
                                                .orElse(null)));
        context.metrics().gauge("clients", "Connected clients", clients::size);
        context.metrics()
                .gauge(
                        "node.ready",
                        "1 while the node can be relied on",
                        () -> watch.condition().isReady() ? 1 : 0);
        context.metrics().gauge("template.age.seconds", "Since the last template", watch::templateAgeSeconds);
        context.metrics().gauge("template.memory.bytes", "Transactions kept", shelf::size);
    }

    @Override
    public List<Component> components() {
        return List.copyOf(components);
    }
}
