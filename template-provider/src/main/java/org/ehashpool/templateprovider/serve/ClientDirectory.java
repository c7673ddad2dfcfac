package org.ehashpool.templateprovider.serve;

import io.vertx.core.json.JsonArray;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ehashpool.kit.sv2.Sv2Connection;
import org.ehashpool.templateprovider.block.BlockSubmitter;

/** The clients that are connected. */
public final class ClientDirectory {
    private static final int SHOWN = 1_000;

    private final TemplateDesk desk;
    private final Shelf shelf;
    private final BlockSubmitter blocks;
    private final InstantSource clock;
    private final ServingMeters meters;
    private final Map<Long, ClientSession> sessions = new ConcurrentHashMap<>();

    public ClientDirectory(
            TemplateDesk desk, Shelf shelf, BlockSubmitter blocks, InstantSource clock, ServingMeters meters) {
        this.desk = desk;
        this.shelf = shelf;
        this.blocks = blocks;
        this.clock = clock;
        this.meters = meters;
    }

    /** Takes a connection that is set up, on its event loop. */
    public void connected(Sv2Connection connection) {
        ClientSession session = new ClientSession(connection, desk, shelf, blocks, clock, meters);
        sessions.put(connection.connectionId(), session);
        connection.closed().onComplete(closed -> sessions.remove(connection.connectionId()));
        session.open();
    }

    /** How many there are. */
    public int size() {
        return sessions.size();
    }

    /** For {@code /api/v1/clients}; the first thousand. */
    public JsonArray describe() {
        JsonArray clients = new JsonArray();
        sessions.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                .limit(SHOWN)
                .forEach(entry -> clients.add(entry.getValue().describe()));
        return clients;
    }
}
