package org.ehashpool.endpoint;

import io.micrometer.core.instrument.Counter;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Set;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.ehashpool.kit.sv2.Sv2Connection;
import org.ehashpool.kit.sv2.link.EncodedFrame;
import org.ehashpool.kit.sv2.link.LinkSettings;
import org.ehashpool.kit.sv2.port.Sv2Platform;
import org.ehashpool.kit.sv2.port.Sv2Port;
import org.ehashpool.kit.sv2.setup.ExtensionPolicy;
import org.ehashpool.kit.sv2.setup.SetupPolicy;
import org.ehashpool.sv2.codec.FrameHeader;
import org.ehashpool.sv2.codec.Limits;
import org.ehashpool.sv2.codec.UnknownExtension;
import org.ehashpool.sv2.message.Ehash;
import org.ehashpool.sv2.message.JobDeclaration;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.Protocol;
import org.ehashpool.sv2.message.WorkerTracking;

/** What happens on the SV2 port: whoever is set up gets back each frame of the echo extension as it came. */
final class EchoPort {
    /** In the experimental range of §3.4; without the channel bit. */
    private static final int ECHO_EXTENSION = 0x7001;

    private static final int ECHO_MESSAGE = 0x01;

    private final ConnectionLog log;
    private final Counter echoed;
    private final Sv2Port port;

    EchoPort(EndpointConfig config, Path keyFile, Sv2Platform platform, ServiceMetrics metrics, ConnectionLog log) {
        this.log = log;
        echoed = metrics.counter("frames.echoed", "Frames of the echo extension that were sent back");
        LinkSettings link = LinkSettings.DEFAULT.withPayloadLimits(Limits.DEFAULT.withUnknownExtension(
                Math.toIntExact(config.maxEcho().bytes())));
        port = new Sv2Port("sv2", config.sv2(), keyFile, link, platform, policy(config.protocol()), this::connected);
    }

    private static SetupPolicy policy(Protocol protocol) {
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

    /** Listens and drains. */
    Sv2Port port() {
        return port;
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
        return port.state().put("frames_echoed", (long) echoed.count());
    }
}
