package org.ehashpool.pool.template;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ehashpool.kit.sv2.Sv2Connection;
import org.ehashpool.kit.sv2.Sv2Environment;
import org.ehashpool.kit.sv2.Sv2Server;
import org.ehashpool.kit.sv2.Sv2ServerSettings;
import org.ehashpool.kit.sv2.setup.SetupPolicy;
import org.ehashpool.noise.certificate.AuthorityKeyPair;
import org.ehashpool.noise.certificate.Sv2Url;
import org.ehashpool.noise.curve.EllSwiftKeyPair;
import org.ehashpool.noise.handshake.ServerIdentity;
import org.ehashpool.sv2.message.Message;
import org.ehashpool.sv2.message.Protocol;
import org.ehashpool.sv2.message.TemplateDistribution;
import org.ehashpool.sv2.message.TemplateDistribution.CoinbaseOutputConstraints;
import org.jspecify.annotations.Nullable;

/** A template provider on loopback that says what it is told to. */
public final class ScriptedProvider implements AutoCloseable {
    private final Sv2Environment environment;
    private final String name;
    private final AuthorityKeyPair authority;
    private final BlockingQueue<Sv2Connection> connections = new LinkedBlockingQueue<>();
    private final BlockingQueue<TemplateDistribution.FromClient> received = new LinkedBlockingQueue<>();
    private Sv2Server server;
    private int port;
    private @Nullable Sv2Connection connection;

    public ScriptedProvider(Sv2Environment environment, String name) {
        this.environment = environment;
        this.name = name;
        this.authority = AuthorityKeyPair.generate(environment.curve(), environment.random());
        listen();
    }

    private void listen() {
        ServerIdentity identity = ServerIdentity.issuing(
                environment.curve(),
                authority,
                EllSwiftKeyPair.generate(environment.curve(), environment.random()),
                3_600,
                environment.random());
        server = new Sv2Server(
                environment,
                name,
                Sv2ServerSettings.of("127.0.0.1", port),
                identity,
                SetupPolicy.of(Protocol.TEMPLATE_DISTRIBUTION.number()),
                made -> {
                    connections.add(made);
                    made.messageHandler(decoded -> {
                        Message message = decoded.message();
                        if (message instanceof TemplateDistribution.FromClient known) {
                            received.add(known);
                        }
                    });
                });
        port = await(server.listen(authority.publicKey()));
    }

    public String url() {
        return new Sv2Url("127.0.0.1", port, authority.publicKey()).toString();
    }

    public String address() {
        return "127.0.0.1:" + port;
    }

    /** Waits for a connection and its constraints, which must be the first message. */
    public CoinbaseOutputConstraints accept() throws InterruptedException {
        connection = connections.poll(20, TimeUnit.SECONDS);
        if (connection == null) {
            throw new AssertionError("nobody connected to " + name);
        }
        return next(CoinbaseOutputConstraints.class);
    }

    public void send(TemplateDistribution.FromServer... messages) {
        List.of(messages).forEach(Objects.requireNonNull(connection)::send);
    }

    /** The next message, which must be of this kind. */
    public <T extends TemplateDistribution.FromClient> T next(Class<T> kind) throws InterruptedException {
        TemplateDistribution.FromClient message = received.poll(20, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("no message for " + name);
        }
        return kind.cast(message);
    }

    public void vanish() {
        await(server.stop(Duration.ofMillis(100)));
        connections.clear();
        received.clear();
    }

    public void comeBack() {
        listen();
    }

    @Override
    public void close() {
        await(server.stop(Duration.ofMillis(100)));
    }

    public static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
