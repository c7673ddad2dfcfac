package org.ehashpool.endpoint;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.DatabaseComponent;
import org.ehashpool.kit.postgres.DatabaseSchema;
import org.ehashpool.kit.postgres.PostgresConfig;
import org.ehashpool.kit.service.Component;
import org.ehashpool.kit.service.Service;
import org.ehashpool.kit.service.ServiceContext;
import org.ehashpool.kit.sv2.port.Sv2Platform;

/** The endpoint, top-down: a database, the log of connections in it, and the port that fills it. */
final class EndpointService implements Service<EndpointConfig> {
    static final String NAME = "endpoint";

    private static final DatabaseSchema SCHEMA = new DatabaseSchema(NAME, "org/ehashpool/endpoint/migrations");

    private final List<Component> components;

    EndpointService(EndpointConfig config, ServiceContext context) {
        Path userHome = Path.of(System.getProperty("user.home"));
        PostgresConfig postgres = config.database().resolve(NAME, System.getenv(), userHome);
        DatabaseComponent database = new DatabaseComponent(
                () -> Database.open(postgres, SCHEMA, context.metrics().registry(), context.random()),
                context.health());
        ConnectionLog log = new ConnectionLog(
                database::database,
                context.identity().bootId(),
                context.clock().withZone(ZoneOffset.UTC),
                config.retention(),
                context.vertx(),
                context.metrics());
        Sv2Platform platform = new Sv2Platform(NAME, context);
        Path keyFile = postgres.embedded().directory().resolveSibling(NAME + "-authority.key");
        EchoPort echo = new EchoPort(config, keyFile, platform, context.metrics(), log);
        components = List.of(database, log, platform, echo.port());

        context.state().describe("sv2", echo::state);
        context.http()
                .router()
                .get("/api/v1/connections")
                .handler(request -> log.latest()
                        .onSuccess(rows -> request.json(new JsonObject().put("connections", new JsonArray(rows))))
                        .onFailure(request::fail));
    }

    @Override
    public List<Component> components() {
        return components;
    }
}
