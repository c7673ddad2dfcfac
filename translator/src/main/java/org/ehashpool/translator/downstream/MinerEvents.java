package org.ehashpool.translator.downstream;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.ehashpool.kit.sv2.LogBudget;
import org.ehashpool.sv2.type.Text;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** The log of the miners' side: one method per event. What peers cause is limited in lines per second. */
final class MinerEvents {
    private static final Logger LOG = LoggerFactory.getLogger("org.ehashpool.translator.sv1");
    private static final int LINES_PER_SECOND = 10;

    private final LongSupplier nanoTime;
    private final LogBudget ordinary;
    private final LogBudget hostile;

    MinerEvents(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.ordinary = new LogBudget(LINES_PER_SECOND, nanoTime.getAsLong());
        this.hostile = new LogBudget(LINES_PER_SECOND, nanoTime.getAsLong());
    }

    static void listening(String host, int port, boolean tls) {
        LOG.atInfo()
                .addKeyValue("endpoint", "sv1")
                .addKeyValue("host", host)
                .addKeyValue("port", port)
                .addKeyValue("tls", tls)
                .log("listening");
    }

    void connected(long id, InetSocketAddress peer, boolean tls, String user, String agent) {
        limited(Level.INFO, ordinary)
                .addKeyValue("connection", id)
                .addKeyValue("peer", text(peer))
                .addKeyValue("tls", tls)
                .addKeyValue("user", printable(user))
                .addKeyValue("agent", printable(agent))
                .log("miner_connected");
    }

    void disconnected(SocketWire wire, String user) {
        EndReason reason = wire.reason();
        // A hello of TLS comes before every plain connection of some miners.
        Level level = reason == EndReason.TLS_UNEXPECTED ? Level.DEBUG : reason.isHostile() ? Level.WARN : Level.INFO;
        limited(level, reason.isHostile() ? hostile : ordinary)
                .addKeyValue("connection", wire.id())
                .addKeyValue("peer", text(wire.peer()))
                .addKeyValue("user", printable(user))
                .addKeyValue("reason", reason.label())
                .addKeyValue("detail", wire.detail())
                .log("miner_disconnected");
    }

    void turnedAway(InetSocketAddress peer, EndReason reason) {
        limited(Level.WARN, hostile)
                .addKeyValue("peer", text(peer))
                .addKeyValue("reason", reason.label())
                .log("connection_turned_away");
    }

    void refusedByUpstream(long id, String user, String why) {
        limited(Level.WARN, ordinary)
                .addKeyValue("connection", id)
                .addKeyValue("user", printable(user))
                .addKeyValue("why", printable(why))
                .log("miner_refused_by_upstream");
    }

    static void bug(long id, Throwable cause) {
        LOG.atError().addKeyValue("connection", id).setCause(cause).log("internal_error");
    }

    static void drained(int connections, int unanswered, Duration took) {
        LOG.atLevel(unanswered == 0 ? Level.INFO : Level.WARN)
                .addKeyValue("connections", connections)
                .addKeyValue("unanswered_shares", unanswered)
                .addKeyValue("took_ms", took.toMillis())
                .log("miners_drained");
    }

    static void operatorMessage(long id, String action) {
        LOG.atInfo().addKeyValue("connection", id).addKeyValue("action", action).log("operator_acted_on_miner");
    }

    private LoggingEventBuilder limited(Level level, LogBudget budget) {
        if (!LOG.isEnabledForLevel(level)) {
            return LOG.atLevel(level);
        }
        long suppressed = budget.take(nanoTime.getAsLong());
        if (suppressed < 0) {
            return LOG.atDebug();
        }
        return suppressed == 0 ? LOG.atLevel(level) : LOG.atLevel(level).addKeyValue("suppressed", suppressed);
    }

    static String printable(String text) {
        return Text.of(text).printable();
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress() == null
                ? address.getHostString() + ":" + address.getPort()
                : address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
