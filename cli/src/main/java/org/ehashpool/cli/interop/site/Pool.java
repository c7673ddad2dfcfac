package org.ehashpool.cli.interop.site;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import org.ehashpool.cli.interop.peer.ScenarioFailure;

/** Our pool, seen as miners and its operator see it. */
public final class Pool {
    static final String NAME = "pool";
    static final String TAG = "ehash/interop";
    static final String PAID_TO = "bcrt1qqypqxpq9qcrsszg2pvxq6rs0zqg3yyc5phstwt";

    private final Site site;
    private final Service service;
    private final URI url;

    private Pool(Site site, Service service, URI url) {
        this.site = site;
        this.service = service;
        this.url = url;
    }

    /** Starts one that mines on the templates of that provider; shares come often, so that scenarios are short. */
    public static Pool start(Site site, String templateProvider)
            throws ScenarioFailure, IOException, InterruptedException {
        return start(site, Chain.REGTEST, "addr(" + PAID_TO + ")", 60, templateProvider);
    }

    /** Starts one on a signet, with so many shares a minute of each channel. */
    public static Pool startOnSignet(Site site, int sharesPerMinute, String templateProvider)
            throws ScenarioFailure, IOException, InterruptedException {
        return start(site, Chain.SIGNET, "raw(51)", sharesPerMinute, templateProvider);
    }

    private static Pool start(Site site, Chain chain, String paidTo, int sharesPerMinute, String templateProvider)
            throws ScenarioFailure, IOException, InterruptedException {
        return start(site, configuration(chain, paidTo, sharesPerMinute, templateProvider, Site.freePort()), "");
    }

    /**
     * Starts one that pays shares by one mint.
     *
     * @param mintPort where it listens for the mint
     * @param mintKey the mint's public key, hexadecimal
     * @param token of its HTTP port
     */
    static Pool paying(Site site, String templateProvider, int mintPort, String mintKey, String token)
            throws ScenarioFailure, IOException, InterruptedException {
        String configuration = configuration(Chain.REGTEST, "addr(" + PAID_TO + ")", 60, templateProvider, mintPort)
                + """

                [[mints]]
                public_key = "%s"
                """.formatted(mintKey);
        return start(site, configuration, "token = \"" + token + "\"");
    }

    private static Pool start(Site site, String configuration, String http)
            throws ScenarioFailure, IOException, InterruptedException {
        Service service = site.service(NAME, configuration, http);
        service.awaitReady();
        return new Pool(site, service, URI.create(service.awaitAddress()));
    }

    private static String configuration(
            Chain chain, String paidTo, int sharesPerMinute, String templateProvider, int mintPort) throws IOException {
        return """
                network = "%s"

                [sv2]
                listen = "127.0.0.1:%d"

                [mint_port]
                listen = "127.0.0.1:%d"

                [payout]
                outputs = [{ to = "%s" }]
                tag = "%s"

                [shares]
                per_minute = %d
                minimum_difficulty = 0.00001

                [template_providers]
                urls = ["%s"]
                """.formatted(chain.title(), Site.freePort(), mintPort, paidTo, TAG, sharesPerMinute, templateProvider);
    }

    /** Of its SV2 port. */
    String host() {
        return url.getHost();
    }

    /** Of its SV2 port. */
    int port() {
        return url.getPort();
    }

    /** The authority's public key. */
    String key() {
        return url.getPath().substring(1);
    }

    /** Its HTTP port. */
    URI http() {
        return service.url();
    }

    /** How many of the shares that it has credited have no quote so far. */
    long waitingForQuotes() throws IOException, InterruptedException {
        return service.get("/api/v1/outbox").path("shares_waiting").asLong();
    }

    /** As {@code stratum2+tcp://HOST:PORT/KEY}. */
    public String url() {
        return url.toString();
    }

    /** Whether the block's coinbase script has this pool's mark. */
    public static boolean madeIt(BitcoinNode.Mined block) {
        return block.coinbaseScript().contains(HexFormat.of().formatHex(TAG.getBytes(StandardCharsets.US_ASCII)));
    }

    /** What its channels of one type have sent. */
    public record Shares(int channels, long accepted, long rejected, Set<String> reasons) {
        /** As counted at one moment. */
        public Shares {
            reasons = Set.copyOf(reasons);
        }
    }

    /**
     * Counts them now.
     *
     * @param type {@code standard} or {@code extended}
     */
    public Shares shares(String type) throws IOException, InterruptedException {
        int channels = 0;
        long accepted = 0;
        long rejected = 0;
        Set<String> reasons = new TreeSet<>();
        for (JsonNode channel : service.get("/api/v1/channels?type=" + type).path("channels")) {
            JsonNode shares = channel.path("shares");
            channels++;
            accepted += shares.path("accepted").asLong();
            rejected += shares.path("rejected").asLong();
            shares.path("rejected_by_reason").fieldNames().forEachRemaining(reasons::add);
        }
        return new Shares(channels, accepted, rejected, reasons);
    }

    /** What all its channels have sent, those that were closed too. */
    public Shares allShares() throws IOException, InterruptedException {
        JsonNode global = service.get("/api/v1/global");
        JsonNode shares = global.path("shares");
        Set<String> reasons = new TreeSet<>();
        shares.path("rejected_by_reason").fieldNames().forEachRemaining(reasons::add);
        return new Shares(
                global.path("channels").asInt(),
                shares.path("accepted").asLong(),
                shares.path("rejected").asLong(),
                reasons);
    }

    /** Waits until so many shares on channels of a type are accepted. */
    public void awaitAccepted(String type, long wanted, Duration limit) throws ScenarioFailure, InterruptedException {
        site.await(
                wanted + " accepted shares on " + type + " channels",
                limit,
                () -> shares(type).accepted() >= wanted);
    }

    /** Waits until a miner has negotiated a protocol extension. */
    public void awaitExtension(int extension, Duration limit) throws ScenarioFailure, InterruptedException {
        site.await("a miner with extension " + extension, limit, () -> {
            for (JsonNode connection : service.get("/api/v1/connections").path("connections")) {
                for (JsonNode negotiated : connection.path("extensions")) {
                    if (negotiated.asInt() == extension) {
                        return true;
                    }
                }
            }
            return false;
        });
    }

    /** The hashes of the blocks that it found and that its template provider has taken for the best chain's. */
    public Set<String> acceptedBlocks() throws IOException, InterruptedException {
        Set<String> hashes = new TreeSet<>();
        for (JsonNode block : service.get("/api/v1/blocks?limit=500").path("blocks")) {
            String state = block.path("state").asText();
            if (state.equals("accepted") || state.equals("confirmed")) {
                hashes.add(block.path("hash").asText());
            }
        }
        return Set.copyOf(hashes);
    }
}
