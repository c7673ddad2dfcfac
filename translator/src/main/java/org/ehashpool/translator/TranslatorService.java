package org.ehashpool.translator;

import io.vertx.core.Context;
import io.vertx.core.internal.VertxInternal;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.List;
import org.ehashpool.kit.http.OpenApi;
import org.ehashpool.kit.service.Component;
import org.ehashpool.kit.service.Service;
import org.ehashpool.kit.service.ServiceContext;
import org.ehashpool.kit.sv2.port.Sv2Platform;
import org.ehashpool.translator.api.MinersApi;
import org.ehashpool.translator.api.OperatorApi;
import org.ehashpool.translator.downstream.Sv1Port;
import org.ehashpool.translator.sv1.MinerNames;

/** The translator, top-down: the pools' work, and the miners that get it. Both halves meet on one event loop. */
final class TranslatorService implements Service<TranslatorConfig> {
    static final String NAME = "translator";

    private final Sv1Port port;
    private final List<Component> components;

    TranslatorService(TranslatorConfig config, ServiceContext context, UpstreamSide.Factory upstreams) {
        Context loop = ((VertxInternal) context.vertx()).createEventLoopContext();
        Sv2Platform platform = new Sv2Platform(NAME, context);
        UpstreamSide upstream = upstreams.create(config, context, platform, loop);
        MinerNames names = new MinerNames(key -> platform.environment().curve().isXOnlyPublicKey(key));
        port = new Sv1Port(config.sv1(), context, loop, upstream.source(), names);

        List<Component> inOrder = new ArrayList<>(List.of(platform));
        inOrder.addAll(upstream.components());
        inOrder.add(port);
        components = List.copyOf(inOrder);

        context.state().describe("sv1", port::state);
        Router router = context.http().router();
        new MinersApi(context.vertx(), port.miners()).mount(router);
        new OperatorApi(port.miners()).mount(router, context.http().bearerGuard());
        OpenApi.mount(router, OperatorApi.class);
    }

    @Override
    public List<Component> components() {
        return components;
    }

    /** Where miners connect. */
    Sv1Port port() {
        return port;
    }
}
