package org.ehashpool.cli.interop.site;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.ehashpool.cli.interop.peer.ScenarioFailure;

/** Our translator, seen as its operator sees it. */
public final class Translator {
    private final Service service;
    private final int port;

    private Translator(Service service, int port) {
        this.service = service;
        this.port = port;
    }

    /**
     * Starts one for miners of a CPU each.
     *
     * @param pool of ours or a foreign one, {@code stratum2+tcp://HOST:PORT/KEY}
     * @param aggregated whether all its miners share one channel
     */
    public static Translator start(Site site, String pool, boolean aggregated)
            throws ScenarioFailure, IOException, InterruptedException {
        int port = Site.freePort();
        Service service =
                site.service("translator", """
                [sv1]
                listen = "127.0.0.1:%d"

                [[upstreams]]
                url = "%s"
                identity = "interop"

                [channels]
                mode = "%s"

                [vardiff]
                presumed_hash_rate = 5000000
                """.formatted(port, pool, aggregated ? "aggregated" : "per-miner"));
        service.awaitReady();
        return new Translator(service, port);
    }

    /** Where it serves miners, on the loopback interface. */
    public int port() {
        return port;
    }

    /** What its miners have brought, and what they were answered. */
    public record Shares(long accepted, long rejected, long unconfirmed) {}

    /** Counts them now. */
    public Shares shares() throws IOException, InterruptedException {
        JsonNode shares = service.get("/api/v1/global").path("shares");
        return new Shares(
                shares.path("accepted").asLong(),
                shares.path("rejected").asLong(),
                shares.path("unconfirmed").asLong());
    }
}
