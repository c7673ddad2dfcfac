package org.ehashpool.cli.interop.site;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ehashpool.cli.interop.peer.ScenarioFailure;

/** Bitcoin Core's {@code bitcoin-node}, alone, without a wallet, open for RPC and for IPC. */
public final class BitcoinNode {
    /** The peer's name. */
    public static final String PEER = "bitcoin-node";

    /** After so many blocks a coinbase may be spent. */
    private static final int MATURITY = 100;

    private static final long FIRST_SUBSIDY = 5_000_000_000L;
    private static final int HALVING = 150;
    private static final Duration START = Duration.ofSeconds(60);
    private static final BigDecimal SATOSHIS = BigDecimal.valueOf(100_000_000);

    /** More than a block of either chain needs, in all likelihood. */
    private static final int MOST_HASHES = 1_000_000_000;

    private final Chain chain;
    private final Path directory;
    private final URI url;
    private final JsonRpc rpc;

    private BitcoinNode(Chain chain, Path directory, URI url, JsonRpc rpc) {
        this.chain = chain;
        this.directory = directory;
        this.url = url;
        this.rpc = rpc;
    }

    /** Starts one on regtest. */
    public static BitcoinNode start(Site site) throws ScenarioFailure, IOException, InterruptedException {
        return start(site, Chain.REGTEST);
    }

    /** Starts one and mines a first block, without which it takes itself for one that still downloads the chain. */
    public static BitcoinNode start(Site site, Chain chain) throws ScenarioFailure, IOException, InterruptedException {
        Path directory = site.directory(PEER);
        int port = Site.freePort();
        site.start(
                PEER,
                List.of(
                        site.executable(PEER),
                        chain.option(),
                        "-datadir=" + directory,
                        "-server",
                        "-rpcbind=127.0.0.1",
                        "-rpcallowip=127.0.0.1",
                        "-rpcport=" + port,
                        "-listen=0",
                        "-dnsseed=0",
                        "-fixedseeds=0",
                        "-acceptnonstdtxn=1",
                        // OP_TRUE: nothing is to be signed.
                        "-signetchallenge=51",
                        "-ipcbind=unix"),
                Map.of(),
                Map.of());
        URI url = URI.create("http://127.0.0.1:" + port);
        BitcoinNode node =
                new BitcoinNode(chain, directory, url, new JsonRpc(url, cookie(directory, chain), site.http()));
        site.await("the node to answer", START, () -> node.height() == 0);
        node.generate(1);
        return node;
    }

    /** A block, as far as scenarios look at it. */
    public record Mined(String hash, int height, String coinbaseScript, long coinbaseValue, List<String> transactions) {
        /** Without the coinbase. */
        public Mined {
            transactions = List.copyOf(transactions);
        }
    }

    /** Where its RPC is. */
    URI url() {
        return url;
    }

    /** What its RPC wants to see. */
    Path cookie() {
        return cookie(directory, chain);
    }

    private static Path cookie(Path directory, Chain chain) {
        return directory.resolve(chain.title()).resolve(".cookie");
    }

    /** The chain that it keeps. */
    public Chain chain() {
        return chain;
    }

    /** What its IPC listens on. */
    Path socket() {
        return directory.resolve(chain.title()).resolve("node.sock");
    }

    /** Of its best block. */
    public int height() throws IOException, InterruptedException {
        return rpc.call("getblockcount").asInt(-1);
    }

    private void generate(int blocks) throws IOException, InterruptedException {
        var _ = rpc.call("generatetodescriptor", blocks, "raw(51)", MOST_HASHES);
    }

    /** A block of its best chain. */
    public Mined block(int height) throws IOException, InterruptedException {
        JsonNode block = rpc.call("getblock", rpc.call("getblockhash", height).asText(), 2);
        JsonNode coinbase = block.path("tx").path(0);
        BigDecimal value = BigDecimal.ZERO;
        for (JsonNode output : coinbase.path("vout")) {
            value = value.add(new BigDecimal(output.path("value").asText()));
        }
        List<String> transactions = new ArrayList<>();
        for (JsonNode transaction : block.path("tx")) {
            transactions.add(transaction.path("txid").asText());
        }
        return new Mined(
                block.path("hash").asText(),
                height,
                coinbase.path("vin").path(0).path("coinbase").asText(),
                value.multiply(SATOSHIS).longValueExact(),
                transactions.subList(1, transactions.size()));
    }

    /**
     * Fills its mempool: transactions that spend old coinbases, each with another that spends the first one's output.
     *
     * @return their ids, twice as many as {@code coins}
     */
    public List<String> spend(int coins, long fee) throws IOException, InterruptedException {
        int first = height() + 1;
        generate(coins + MATURITY);
        List<String> sent = new ArrayList<>();
        for (int height = first; height < first + coins; height++) {
            JsonNode coinbase = rpc.call(
                            "getblock", rpc.call("getblockhash", height).asText(), 2)
                    .path("tx")
                    .path(0);
            long value = new BigDecimal(
                            coinbase.path("vout").path(0).path("value").asText())
                    .multiply(SATOSHIS)
                    .longValueExact();
            long half = (value - fee) / 2;
            String parent =
                    send(AnyoneCanSpend.transaction(coinbase.path("txid").asText(), 0, half, value - fee - half));
            String child = send(AnyoneCanSpend.transaction(parent, 0, half - fee - 1_000, 1_000));
            sent.add(parent);
            sent.add(child);
        }
        return List.copyOf(sent);
    }

    private String send(String transaction) throws IOException, InterruptedException {
        return rpc.call("sendrawtransaction", transaction).asText();
    }

    /** What regtest's block of that height may create, in satoshis. */
    public static long subsidy(int height) {
        return FIRST_SUBSIDY >> (height / HALVING);
    }
}
