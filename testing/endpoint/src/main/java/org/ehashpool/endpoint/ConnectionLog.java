package org.ehashpool.endpoint;

import static org.ehashpool.endpoint.generated.Tables.CONNECTION;

import io.micrometer.core.instrument.Counter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.ehashpool.endpoint.generated.tables.records.ConnectionRecord;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.kit.service.Component;
import org.ehashpool.kit.sv2.ConnectionInfo;
import org.ehashpool.kit.sv2.Sv2Connection;
import org.jspecify.annotations.Nullable;

/**
 * Which connections there were, in Postgres. A connection never waits for it: what the database has no room for is
 * counted as lost.
 */
final class ConnectionLog implements Component {
    private static final int LATEST = 100;
    private static final Duration CLEANING_INTERVAL = Duration.ofHours(1);

    private final Supplier<Database> database;
    private final String bootId;
    private final Clock clock;
    private final Duration retention;
    private final Vertx vertx;
    private final Counter lost;
    private long cleaning;

    ConnectionLog(
            Supplier<Database> database,
            String bootId,
            Clock clock,
            Duration retention,
            Vertx vertx,
            ServiceMetrics metrics) {
        this.database = database;
        this.bootId = bootId;
        this.clock = clock;
        this.retention = retention;
        this.vertx = vertx;
        lost = metrics.counter("connection.log.lost", "Log entries of connections that could not be written");
    }

    @Override
    public String name() {
        return "connection_log";
    }

    @Override
    public Future<Void> start() {
        cleaning = vertx.setPeriodic(CLEANING_INTERVAL.toMillis(), tick -> clean().onFailure(e -> lost.increment()));
        return clean();
    }

    @Override
    public Future<Void> stop() {
        vertx.cancelTimer(cleaning);
        return Future.succeededFuture();
    }

    /** Writes the connection's beginning now and its end when it has ended. */
    void record(Sv2Connection connection) {
        ConnectionInfo info = connection.info();
        begin(info).onFailure(e -> lost.increment());
        connection
                .closed()
                .onSuccess(cause -> end(connection, cause.reason().label()).onFailure(e -> lost.increment()));
    }

    private Future<@Nullable Void> begin(ConnectionInfo info) {
        ConnectionRecord row = new ConnectionRecord();
        row.setBootId(bootId);
        row.setConnectionId(info.connectionId());
        row.setKind(info.kind().label());
        row.setPeer(
                info.peer().getAddress().getHostAddress() + ":" + info.peer().getPort());
        row.setVendor(info.client().vendor());
        row.setProtocol((short) info.protocol().number());
        row.setFlags(info.flags());
        row.setExtensions(info.extensions().toList().toArray(Integer[]::new));
        row.setConnectedAt(info.connectedAt());
        return database.get().transact(Isolation.READ_COMMITTED, sql -> {
            sql.insertInto(CONNECTION).set(row).onDuplicateKeyUpdate().set(row).execute();
            return null;
        });
    }

    /** Its beginning may not have been written, or not yet: then the end brings the whole row. */
    private Future<@Nullable Void> end(Sv2Connection connection, String reason) {
        return begin(connection.info())
                .compose(begun -> database.get().transact(Isolation.READ_COMMITTED, sql -> {
                    sql.update(CONNECTION)
                            .set(CONNECTION.DISCONNECTED_AT, clock.instant())
                            .set(CONNECTION.CLOSE_REASON, reason)
                            .set(
                                    CONNECTION.FRAMES_RECEIVED,
                                    connection.counters().framesReceived())
                            .set(CONNECTION.FRAMES_SENT, connection.counters().framesSent())
                            .where(CONNECTION.BOOT_ID.eq(bootId))
                            .and(CONNECTION.CONNECTION_ID.eq(connection.connectionId()))
                            .execute();
                    return null;
                }));
    }

    private Future<Void> clean() {
        return database.get()
                .transact(
                        Isolation.READ_COMMITTED,
                        sql -> sql.deleteFrom(CONNECTION)
                                .where(CONNECTION.CONNECTED_AT.lt(
                                        clock.instant().minus(retention)))
                                .execute())
                .mapEmpty();
    }

    /** The latest connections, the newest first. */
    Future<List<JsonObject>> latest() {
        return database.get()
                .read(
                        Isolation.READ_COMMITTED,
                        sql -> sql.selectFrom(CONNECTION)
                                .orderBy(CONNECTION.CONNECTED_AT.desc(), CONNECTION.CONNECTION_ID.desc())
                                .limit(LATEST)
                                .fetch(ConnectionLog::json));
    }

    private static JsonObject json(ConnectionRecord row) {
        return new JsonObject()
                .put("boot_id", row.getBootId())
                .put("connection_id", row.getConnectionId())
                .put("kind", row.getKind())
                .put("peer", row.getPeer())
                .put("vendor", row.getVendor())
                .put("protocol", row.getProtocol())
                .put("flags", row.getFlags())
                .put("extensions", List.of(row.getExtensions()))
                .put("connected_at", row.getConnectedAt().toEpochMilli())
                .put(
                        "disconnected_at",
                        row.getDisconnectedAt() == null
                                ? null
                                : row.getDisconnectedAt().toEpochMilli())
                .put("close_reason", row.getCloseReason())
                .put("frames_received", row.getFramesReceived())
                .put("frames_sent", row.getFramesSent());
    }
}
