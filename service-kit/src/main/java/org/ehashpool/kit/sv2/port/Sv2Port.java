package org.ehashpool.kit.sv2.port;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.ehashpool.kit.keys.AuthorityKeyFile;
import org.ehashpool.kit.service.Component;
import org.ehashpool.kit.sv2.Sv2Connection;
import org.ehashpool.kit.sv2.Sv2Environment;
import org.ehashpool.kit.sv2.Sv2Server;
import org.ehashpool.kit.sv2.link.LinkSettings;
import org.ehashpool.kit.sv2.setup.SetupPolicy;
import org.ehashpool.noise.certificate.AuthorityKeyPair;
import org.ehashpool.noise.certificate.AuthorityPublicKey;
import org.ehashpool.noise.certificate.Sv2Url;
import org.ehashpool.noise.curve.EllSwiftKeyPair;
import org.ehashpool.noise.handshake.ServerIdentity;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One listening port of a service: loads or makes its key, listens, hands out connections, drains them. */
public final class Sv2Port implements Component {
    private static final Logger LOG = LoggerFactory.getLogger("org.ehashpool.kit.sv2");

    private final String name;
    private final Sv2PortConfig config;
    private final Path keyFile;
    private final LinkSettings link;
    private final Sv2Platform platform;
    private final SetupPolicy policy;
    private final Handler<Sv2Connection> connected;
    private volatile @Nullable Sv2Server server;
    private volatile @Nullable Sv2Url url;

    /**
     * A port that does not listen yet.
     *
     * @param name in logs and metrics, unique in the process
     * @param defaultKeyFile where the authority's key is kept, unless the configuration says otherwise
     * @param link what an established connection may cost
     * @param policy what is accepted in SetupConnection and RequestExtensions
     * @param connected called with each connection that is set up, on its event loop; sets the handlers
     */
    public Sv2Port(
            String name,
            Sv2PortConfig config,
            Path defaultKeyFile,
            LinkSettings link,
            Sv2Platform platform,
            SetupPolicy policy,
            Handler<Sv2Connection> connected) {
        this.name = name;
        this.config = config;
        this.keyFile = config.authorityKeyFile().orElse(defaultKeyFile);
        this.link = link;
        this.platform = platform;
        this.policy = policy;
        this.connected = connected;
    }

    @Override
    public String name() {
        return name;
    }

    /** Fails if the key file is not usable, or the address cannot be listened on. */
    @Override
    public Future<Void> start() {
        return platform.environment()
                .vertx()
                .executeBlocking(this::prepare)
                .compose(prepared -> prepared.server()
                        .listen(prepared.authority())
                        .map(port -> {
                            Sv2Url address = new Sv2Url(config.listen().host(), port, prepared.authority());
                            url = address;
                            LOG.atInfo()
                                    .addKeyValue("endpoint", name)
                                    .addKeyValue("url", address)
                                    .log("address for clients");
                            return null;
                        }));
    }

    private record Prepared(Sv2Server server, AuthorityPublicKey authority) {}

    /** Files are read here. */
    private Prepared prepare() throws IOException {
        Sv2Environment environment = platform.environment();
        AuthorityKeyPair authority = AuthorityKeyFile.loadOrCreate(keyFile, environment.curve(), environment.random());
        ServerIdentity identity = ServerIdentity.issuing(
                environment.curve(),
                authority,
                EllSwiftKeyPair.generate(environment.curve(), environment.random()),
                config.certificateValidity().toSeconds(),
                environment.random());
        Sv2Server made = new Sv2Server(environment, name, config.settings(link), identity, policy, connected);
        server = made;
        return new Prepared(made, authority.publicKey());
    }

    /** What clients type; empty before it listens. */
    public Optional<Sv2Url> url() {
        return Optional.ofNullable(url);
    }

    /** The connections that are set up; a snapshot. */
    public Collection<Sv2Connection> connections() {
        Sv2Server listening = server;
        return listening == null ? List.of() : listening.connections();
    }

    /** Connections that are open, those whose setup is not done included. */
    public int connectionCount() {
        Sv2Server listening = server;
        return listening == null ? 0 : listening.connectionCount();
    }

    /** For {@code /api/v1/state}: {@code address}, null before it listens, and {@code connections}. */
    public JsonObject state() {
        return new JsonObject()
                .put("address", url().map(Sv2Url::toString).orElse(null))
                .put("connections", connectionCount());
    }

    /** Stops listening and ends every connection when what was sent on it has left. */
    @Override
    public Future<Void> stop() {
        Sv2Server listening = server;
        return listening == null ? Future.succeededFuture() : listening.stop(config.drain());
    }
}
