package org.ehashpool.cli.interop.site;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.ehashpool.cli.interop.peer.ScenarioFailure;

/** Our mint with a database of its own. */
public final class Mint {
    static final String NAME = "mint";

    /** Thousandths that an input costs where foreign tests expect a fee. */
    public static final int FEE_PPK = 100;

    private final String url;
    private final Service service;

    private Mint(String url, Service service) {
        this.url = url;
        this.service = service;
    }

    /**
     * Starts one with the test profile, unit sat and invoices that pay themselves, on a free port.
     *
     * @param feePpk thousandths that an input costs
     */
    public static Mint start(Site site, int feePpk) throws ScenarioFailure, IOException, InterruptedException {
        return start(site, feePpk, Site.freePort());
    }

    /** Starts one with the test profile on a port. */
    public static Mint start(Site site, int feePpk, int port)
            throws ScenarioFailure, IOException, InterruptedException {
        String token = UUID.randomUUID().toString();
        Mint mint = start(site, "profile = \"test\"\n", port, "", token);
        HttpRequest rotation = HttpRequest.newBuilder(mint.http().resolve("/api/v1/keysets/rotate"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"unit\":\"sat\",\"input_fee_ppk\":" + feePpk + "}"))
                .build();
        HttpResponse<String> answer = site.http().send(rotation, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("the mint does not rotate its keyset: " + answer.body());
        }
        return mint;
    }

    /**
     * Starts one that makes quotes for a pool's shares, as operators run it.
     *
     * @param pool where the pool listens for mints, {@code stratum2+tcp://HOST:PORT/KEY}
     * @param token of its HTTP port
     */
    static Mint forPool(Site site, String pool, String token)
            throws ScenarioFailure, IOException, InterruptedException {
        return start(site, "", Site.freePort(), """

                [[pools]]
                url = "%s"
                """.formatted(pool), token);
    }

    private static Mint start(Site site, String profile, int port, String more, String token)
            throws ScenarioFailure, IOException, InterruptedException {
        Service service = site.service(NAME, profile + """

                [public]
                listen = "127.0.0.1:%d"
                requests_per_second = 10000
                request_burst = 100000
                """.formatted(port) + more, "token = \"" + token + "\"");
        service.awaitReady();
        return new Mint(URI.create("http://127.0.0.1:" + port).toString(), service);
    }

    /** Where wallets find it. */
    public String url() {
        return url;
    }

    /** Its HTTP port for operators. */
    URI http() {
        return service.url();
    }

    /** By which pools know it, hexadecimal. */
    String publicKey() throws IOException, InterruptedException {
        return service.get("/api/v1/state")
                .path("details")
                .path(NAME)
                .path("public_key")
                .asText();
    }
}
