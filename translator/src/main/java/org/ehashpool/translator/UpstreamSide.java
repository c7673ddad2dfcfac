package org.ehashpool.translator;

import io.vertx.core.Context;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.ehashpool.kit.service.Component;
import org.ehashpool.kit.service.ServiceContext;
import org.ehashpool.kit.sv2.port.Sv2Platform;
import org.ehashpool.translator.purse.WalletPurse;
import org.ehashpool.translator.upstream.Purse;
import org.ehashpool.translator.upstream.Upstreams;
import org.ehashpool.translator.work.WorkSource;

/**
 * The half of the translator that talks to pools.
 *
 * @param source where the other half gets its work
 * @param components in the order in which they start; before the port for miners, which stops before they do
 */
record UpstreamSide(WorkSource source, List<Component> components) {
    UpstreamSide {
        components = List.copyOf(components);
    }

    /** The pools of the configuration. */
    static UpstreamSide pools(TranslatorConfig config, ServiceContext context, Sv2Platform platform, Context loop) {
        List<Component> components = new ArrayList<>();
        Purse purse = Purse.ofKey(config.wallet().key());
        if (config.wallet().enabled()) {
            WalletPurse wallet = new WalletPurse(config.wallet(), context);
            // Open before the first share is sent: each names the wallet's key.
            components.addAll(wallet.components());
            purse = wallet;
        }
        Upstreams upstreams = new Upstreams(
                config.pools(),
                purse,
                loop,
                platform::environment,
                context.clock(),
                context.nanoTime(),
                context.metrics(),
                context.identity().version());
        context.health().register("upstream", upstreams::health);
        context.state().describe("upstream", upstreams::state);
        show(context, upstreams::state);
        components.add(upstreams);
        return new UpstreamSide(upstreams, components);
    }

    /** Answers {@code GET /api/v1/upstream} with this. */
    static void show(ServiceContext context, Supplier<JsonObject> state) {
        context.http().router().get("/api/v1/upstream").handler(request -> request.json(state.get()));
    }

    /** Makes it, routes and health checks included. */
    interface Factory {
        /**
         * Nothing is started yet.
         *
         * @param loop the translator's event loop: the source is called there, and calls miners there
         */
        UpstreamSide create(TranslatorConfig config, ServiceContext context, Sv2Platform platform, Context loop);
    }
}
