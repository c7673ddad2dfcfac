package org.ehashpool.kit.sv2;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.ehashpool.kit.sv2.link.CloseCause;
import org.ehashpool.kit.sv2.link.CloseReason;
import org.ehashpool.kit.sv2.link.LinkCounters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** The log of one endpoint: one method per event. What peers cause is limited in lines per second. */
final class Sv2Events {

    private static final Logger LOG = LoggerFactory.getLogger("org.ehashpool.sv2");
    private static final int LINES_PER_SECOND = 10;

    private final String endpoint;
    private final LongSupplier nanoTime;
    private final LogBudget ordinary;
    private final LogBudget hostile;

    Sv2Events(String endpoint, LongSupplier nanoTime) {
        this.endpoint = endpoint;
        this.nanoTime = nanoTime;
        this.ordinary = new LogBudget(LINES_PER_SECOND, nanoTime.getAsLong());
        this.hostile = new LogBudget(LINES_PER_SECOND, nanoTime.getAsLong());
    }

    void listening(String host, int port, String protocol, String authority) {
        at(Level.INFO)
                .addKeyValue("host", host)
                .addKeyValue("port", port)
                .addKeyValue("protocol", protocol)
                .addKeyValue("authority", authority)
                .log("listening");
    }

    void stopped(int connections) {
        at(Level.INFO).addKeyValue("connections", connections).log("stopped listening");
    }

    void connected(ConnectionInfo info, Duration setup) {
        limited(Level.INFO, ordinary)
                .addKeyValue("connection", info.connectionId())
                .addKeyValue("kind", info.kind().label())
                .addKeyValue("peer", text(info.peer()))
                .addKeyValue("version", info.version())
                .addKeyValue("flags", info.flags())
                .addKeyValue("extensions", info.extensions())
                .addKeyValue("vendor", info.client().vendor())
                .addKeyValue("setup_ms", setup.toMillis())
                .log("connected");
    }

    void extensionsNegotiated(ConnectionInfo info) {
        at(Level.DEBUG)
                .addKeyValue("connection", info.connectionId())
                .addKeyValue("extensions", info.extensions())
                .log("extensions negotiated");
    }

    void disconnected(ConnectionInfo info, CloseCause cause, LinkCounters counters) {
        Level level = cause.reason().isPeerViolation() ? Level.WARN : Level.INFO;
        limited(level, cause.reason().isPeerViolation() ? hostile : ordinary)
                .addKeyValue("connection", info.connectionId())
                .addKeyValue("kind", info.kind().label())
                .addKeyValue("peer", text(info.peer()))
                .addKeyValue("reason", cause.reason().label())
                .addKeyValue("detail", cause.detail())
                .addKeyValue("frames_in", counters.framesReceived())
                .addKeyValue("frames_out", counters.framesSent())
                .log("disconnected");
    }

    void setupFailed(long connectionId, InetSocketAddress peer, CloseCause cause) {
        limited(Level.INFO, hostile)
                .addKeyValue("connection", connectionId)
                .addKeyValue("peer", text(peer))
                .addKeyValue("reason", cause.reason().label())
                .addKeyValue("detail", cause.detail())
                .log("connection not set up");
    }

    void turnedAway(InetSocketAddress peer, CloseReason reason) {
        limited(Level.WARN, hostile)
                .addKeyValue("peer", text(peer))
                .addKeyValue("reason", reason.label())
                .log("connection turned away");
    }

    void bug(long connectionId, Throwable cause) {
        at(Level.ERROR)
                .addKeyValue("connection", connectionId)
                .setCause(cause)
                .log("internal error, connection closed");
    }

    void upstream(UpstreamStatus status) {
        at(Level.INFO)
                .addKeyValue("state", status.state())
                .addKeyValue("peer", status.address())
                .addKeyValue("failure", status.lastFailure())
                .addKeyValue(
                        "next_attempt_ms",
                        status.nextAttemptIn().map(Duration::toMillis).orElse(0L))
                .log("upstream");
    }

    void redirection(String host, int port, boolean honoured) {
        at(Level.INFO)
                .addKeyValue("new_host", host)
                .addKeyValue("new_port", port)
                .addKeyValue("honoured", honoured)
                .log("upstream asks for a reconnect");
    }

    private LoggingEventBuilder at(Level level) {
        return LOG.atLevel(level).addKeyValue("endpoint", endpoint);
    }

    private LoggingEventBuilder limited(Level level, LogBudget budget) {
        long suppressed = budget.take(nanoTime.getAsLong());
        if (suppressed < 0) {
            return at(Level.DEBUG);
        }
        return suppressed == 0 ? at(level) : at(level).addKeyValue("suppressed", suppressed);
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress() == null
                ? address.getHostString() + ":" + address.getPort()
                : address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
