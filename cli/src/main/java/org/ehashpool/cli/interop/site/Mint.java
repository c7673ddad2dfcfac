package org.ehashpool.cli.interop.site;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.ehashpool.cli.interop.peer.ScenarioFailure;

/** Our mint with its test profile: unit sat, invoices that pay themselves, a database of its own. */
public final class Mint {
    /** Thousandths that an input costs where foreign tests expect a fee. */
    public static final int FEE_PPK = 100;

    private final String url;

    private Mint(String url) {
        this.url = url;
    }

    /**
     * Starts one on a free port.
     *
     * @param feePpk thousandths that an input costs
     */
    public static Mint start(Site site, int feePpk) throws ScenarioFailure, IOException, InterruptedException {
        return start(site, feePpk, Site.freePort());
    }

    /** Starts one on a port. */
    public static Mint start(Site site, int feePpk, int port)
            throws ScenarioFailure, IOException, InterruptedException {
        String token = UUID.randomUUID().toString();
        Service service = site.service("mint", """
                profile = "test"

                [public]
                listen = "127.0.0.1:%d"
                requests_per_second = 10000
                request_burst = 100000
                """.formatted(port), "token = \"" + token + "\"");
        service.awaitReady();
        HttpRequest rotation = HttpRequest.newBuilder(service.url().resolve("/api/v1/keysets/rotate"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"unit\":\"sat\",\"input_fee_ppk\":" + feePpk + "}"))
                .build();
        HttpResponse<String> answer = site.http().send(rotation, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("the mint does not rotate its keyset: " + answer.body());
        }
        return new Mint(URI.create("http://127.0.0.1:" + port).toString());
    }

    /** Where wallets find it. */
    public String url() {
        return url;
    }
}
