package org.ehashpool.endpoint;

import io.micrometer.core.instrument.Counter;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Set;
import org.ehashpool.kit.keys.AuthorityKeyFile;
import org.ehashpool.kit.service.Component;
import org.ehashpool.kit.service.ServiceContext;
import org.ehashpool.kit.sv2.ConnectionIds;
import org.ehashpool.kit.sv2.Sv2Connection;
import org.ehashpool.kit.sv2.Sv2Environment;
import org.ehashpool.kit.sv2.Sv2Server;
import org.ehashpool.kit.sv2.Sv2ServerSettings;
import org.ehashpool.kit.sv2.admission.AdmissionSettings;
import org.ehashpool.kit.sv2.link.EncodedFrame;
import org.ehashpool.kit.sv2.link.HandshakeWorkers;
import org.ehashpool.kit.sv2.link.LinkSettings;
import org.ehashpool.kit.sv2.setup.ExtensionPolicy;
import org.ehashpool.kit.sv2.setup.SetupPolicy;
import org.ehashpool.noise.certificate.AuthorityKeyPair;
import org.ehashpool.noise.certificate.AuthorityPublicKey;
import org.ehashpool.noise.certificate.Sv2Url;
import org.ehashpool.noise.curve.CurveSelection;
import org.ehashpool.noise.curve.EllSwiftKeyPair;
import org.ehashpool.noise.handshake.ServerIdentity;
import org.ehashpool.sv2.codec.FrameHeader;
import org.ehashpool.sv2.codec.Limits;
import org.ehashpool.sv2.codec.UnknownExtension;
import org.ehashpool.sv2.message.Ehash;
import org.ehashpool.sv2.message.JobDeclaration;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.Protocol;
import org.ehashpool.sv2.message.WorkerTracking;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The SV2 port: whoever is set up gets back each frame of the echo extension as it came. */
final class EchoPort implements Component {
    private static final Logger LOG = LoggerFactory.getLogger("org.ehashpool.endpoint");

    /** In the experimental range of §3.4; without the channel bit. */
    private static final int ECHO_EXTENSION = 0x7001;

    private static final int ECHO_MESSAGE = 0x01;
    private static final int WAITING_HANDSHAKES = 1_024;
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final EndpointConfig config;
    private final Path keyFile;
    private final ServiceContext context;
    private final ConnectionLog log;
    private final Counter echoed;
    private final HandshakeWorkers workers;
    private volatile @Nullable Sv2Server server;
    private volatile @Nullable AuthorityPublicKey pinned;
    private volatile @Nullable Sv2Url address;

    EchoPort(EndpointConfig config, Path keyFile, ServiceContext context, ConnectionLog log) {
        this.config = config;
        this.keyFile = keyFile;
        this.context = context;
        this.log = log;
        echoed = context.metrics().counter("frames.echoed", "Frames of the echo extension that were sent back");
        workers = new HandshakeWorkers(Runtime.getRuntime().availableProcessors(), WAITING_HANDSHAKES);
    }

    @Override
    public String name() {
        return "sv2";
    }

    @Override
    public Future<Void> start() {
        return context.vertx().executeBlocking(this::prepare).compose(prepared -> listen());
    }

    /** The curve, the authority's key and the server: files are read and native code is loaded. */
    private AuthorityPublicKey prepare() throws IOException {
        CurveSelection selection = CurveSelection.select(context.random());
        LOG.atInfo().addKeyValue("curve", selection.reason()).log("curve selected");
        Sv2Environment environment = new Sv2Environment(
                context.vertx(),
                selection.curve(),
                context.random(),
                context.clock().withZone(ZoneOffset.UTC),
                workers,
                context.metrics().registry(),
                EndpointService.NAME,
                new ConnectionIds());
        AuthorityKeyPair authority = AuthorityKeyFile.loadOrCreate(keyFile, selection.curve(), context.random());
        ServerIdentity identity = ServerIdentity.issuing(
                selection.curve(),
                authority,
                EllSwiftKeyPair.generate(selection.curve(), context.random()),
                config.certificateValidity().toSeconds(),
                context.random());
        server = new Sv2Server(environment, "sv2", settings(), identity, policy(), this::connected);
        pinned = authority.publicKey();
        return authority.publicKey();
    }

    private Sv2ServerSettings settings() {
        Limits limits = Limits.DEFAULT;
        return Sv2ServerSettings.of(config.listen().host(), config.listen().port())
                .withAdmission(AdmissionSettings.DEFAULT.withConnections(
                        config.maxConnections(), config.maxConnectionsPerAddress()))
                .withLink(LinkSettings.DEFAULT.withPayloadLimits(limits.withUnknownExtension(
                        Math.toIntExact(config.maxEcho().bytes()))));
    }

    private SetupPolicy policy() {
        Protocol protocol = config.protocol();
        SetupPolicy policy = SetupPolicy.of(protocol.number());
        return switch (protocol) {
            case MINING ->
                policy.withSupportedFlags(Mining.REQUIRES_STANDARD_JOBS
                                | Mining.REQUIRES_WORK_SELECTION
                                | Mining.REQUIRES_VERSION_ROLLING)
                        .withExtensions(new ExtensionPolicy(
                                Set.of(WorkerTracking.EXTENSION, Ehash.EXTENSION), Set.of(), Set.of()));
            case JOB_DECLARATION -> policy.withSupportedFlags(JobDeclaration.DECLARE_TX_DATA);
            case TEMPLATE_DISTRIBUTION -> policy;
            case MINT_QUOTE -> policy.withExtensions(new ExtensionPolicy(Set.of(), Set.of(), Set.of(Ehash.EXTENSION)));
        };
    }

    private Future<Void> listen() {
        Sv2Server prepared = Objects.requireNonNull(server);
        AuthorityPublicKey authority = Objects.requireNonNull(pinned);
        return prepared.listen(authority).map(port -> {
            Sv2Url url = new Sv2Url(config.listen().host(), port, authority);
            address = url;
            LOG.atInfo().addKeyValue("url", url).log("address for clients");
            return null;
        });
    }

    private void connected(Sv2Connection connection) {
        log.record(connection);
        connection.unknownExtensionHandler(message -> echo(connection, message));
        connection.drainHandler(drained -> connection.resume());
        // Known messages of the protocol are accepted and not answered: this endpoint has no channels.
        connection.messageHandler(message -> {});
    }

    private void echo(Sv2Connection connection, UnknownExtension message) {
        FrameHeader header = message.header();
        if (header.extensionType() != ECHO_EXTENSION || header.messageType() != ECHO_MESSAGE) {
            return;
        }
        connection.sendEncoded(EncodedFrame.of(message));
        echoed.increment();
        if (!connection.isWritable()) {
            connection.pause();
        }
    }

    /** For {@code /api/v1/state}. */
    JsonObject state() {
        Sv2Url url = address;
        Sv2Server listening = server;
        return new JsonObject()
                .put("address", url == null ? null : url.toString())
                .put("connections", listening == null ? 0 : listening.connectionCount())
                .put("frames_echoed", (long) echoed.count());
    }

    @Override
    public Future<Void> stop() {
        Sv2Server listening = server;
        Future<Void> stopped = listening == null ? Future.succeededFuture() : listening.stop(GRACE);
        return stopped.onComplete(done -> workers.close());
    }
}
