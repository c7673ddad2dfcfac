package org.ehashpool.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ehashpool.mining.coinbase.BlockHeight;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.mining.header.Block;
import org.ehashpool.mining.header.BlockHeader;
import org.ehashpool.mining.merkle.MerkleTree;
import org.ehashpool.mining.transaction.RawTransaction;
import org.ehashpool.mining.transaction.TransactionOutput;
import org.ehashpool.noise.certificate.Sv2Url;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.templateprovider.TemplateProviderMain;
import org.ehashpool.templateprovider.chain.consensus.AnyoneCanSpend;
import org.ehashpool.templateprovider.chain.consensus.TransactionWriter;

/**
 * The template provider in this process, on its embedded chain, where nothing happens by itself: blocks and transactions
 * come when the test says so, each transaction makes one new template.
 */
final class LocalTemplateProvider implements AutoCloseable {
    /** What a client is sent at first: a full template to work on, and an empty one for the block after. */
    static final int FIRST_TEMPLATES = 2;

    /** A block in 65,536 hashes: none by accident, one on demand within a moment. */
    private static final String BITS = "1f00ffff";

    private static final long FEE = 10_000;
    private static final long COINBASE_INDEX = 0xffff_ffffL;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final DoubleSha256 hasher = new DoubleSha256();
    private final LocalService service;
    private final Path cookie;
    private final URI rpc;
    private int spentCoinbases;

    private LocalTemplateProvider(LocalService service, Path cookie) {
        this.service = service;
        this.cookie = cookie;
        rpc = URI.create(
                "http://" + service.details("embedded_chain").path("rpc").asText());
    }

    /**
     * Starts it.
     *
     * @param home for its files
     */
    static LocalTemplateProvider start(Path home) {
        Path directory = home.resolve("template-provider");
        Path chain = directory.resolve("chain");
        Map<String, String> environment = new HashMap<>();
        Map.of(
                        "SV2__LISTEN", "127.0.0.1:0",
                        "SV2__AUTHORITY_KEY_FILE",
                                directory.resolve("authority.key").toString(),
                        "HTTP__LISTEN", "127.0.0.1:0",
                        "SERVING__BLOCKS", directory.resolve("blocks").toString(),
                        "RUNTIME__EVENT_LOOPS", "2")
                .forEach((key, value) -> environment.put("TEMPLATE_PROVIDER__" + key, value));
        Map.of(
                        "NODE__TEMPLATE_INTERVAL", "1s",
                        "NODE__FEE_DELTA", "1",
                        "EMBEDDED_CHAIN__DIRECTORY", chain.toString(),
                        "EMBEDDED_CHAIN__BITS", BITS,
                        "EMBEDDED_CHAIN__RPC_LISTEN", "127.0.0.1:0",
                        "EMBEDDED_CHAIN__LONG_POLL_INTERVAL", "0ms",
                        "EMBEDDED_CHAIN__TRANSACTIONS_PER_SECOND", "0.0")
                .forEach((key, value) -> environment.put("TEMPLATE_PROVIDER__" + key, value));
        return new LocalTemplateProvider(
                LocalService.start(TemplateProviderMain.service(), environment), chain.resolve(".cookie"));
    }

    /** Its metrics as text. */
    String metrics() {
        return service.text("/metrics");
    }

    /** Where clients connect. */
    Sv2Url url() {
        return service.url("sv2");
    }

    /** The number of blocks of the node's chain. */
    int height() {
        return call("getblockcount").intValue();
    }

    /** A transaction comes into the mempool; before long there is a template with it. */
    void addTransaction() {
        spentCoinbases++;
        String hash = call("getblockhash", spentCoinbases).textValue();
        RawTransaction coinbase = Block.parse(
                        Bytes.fromHex(call("getblock", hash, 0).textValue()))
                .transactions()
                .getFirst();
        RawTransaction.Input input = new RawTransaction.Input(coinbase.id(hasher), 0, Bytes.EMPTY, COINBASE_INDEX);
        TransactionOutput output =
                new TransactionOutput(coinbase.outputs().getFirst().value() - FEE, AnyoneCanSpend.SCRIPT);
        call(
                "sendrawtransaction",
                TransactionWriter.write(2, List.of(input), List.of(output), List.of(AnyoneCanSpend.WITNESS), 0)
                        .toHex());
    }

    /** The node finds a block itself. Returns its hash. */
    U256 mineBlock() {
        JsonNode template = call("getblocktemplate", Map.of("rules", List.of("segwit")));
        Bytes coinbase = coinbase(template);
        List<U256> ids = new ArrayList<>(List.of(RawTransaction.parse(coinbase).id(hasher)));
        List<Bytes> others = new ArrayList<>();
        for (JsonNode transaction : template.path("transactions")) {
            ids.add(U256.fromHex(transaction.path("txid").textValue()));
            others.add(Bytes.fromHex(transaction.path("data").textValue()));
        }
        U256 root = MerkleTree.root(ids, hasher);
        Target target = Target.of(U256.fromHex(template.path("target").textValue()));
        for (long nonce = 0; ; nonce++) {
            BlockHeader header = new BlockHeader(
                    template.path("version").longValue(),
                    U256.fromHex(template.path("previousblockhash").textValue()),
                    root,
                    template.path("curtime").longValue(),
                    Long.parseLong(template.path("bits").textValue(), 16),
                    nonce);
            U256 hash = header.hash(hasher);
            if (target.isMetBy(hash)) {
                JsonNode refusal = call(
                        "submitblock", Block.assemble(header, coinbase, others).toHex());
                if (!refusal.isNull()) {
                    throw new AssertionError("the node refuses the block: " + refusal);
                }
                return hash;
            }
        }
    }

    private static Bytes coinbase(JsonNode template) {
        int height = template.path("height").intValue();
        RawTransaction.Input input = new RawTransaction.Input(
                U256.ZERO,
                COINBASE_INDEX,
                Bytes.concat(BlockHeight.push(height), Bytes.fromHex("026869")),
                0xffff_fffeL);
        List<TransactionOutput> outputs = List.of(
                new TransactionOutput(template.path("coinbasevalue").longValue(), AnyoneCanSpend.SCRIPT),
                new TransactionOutput(
                        0,
                        Bytes.fromHex(
                                template.path("default_witness_commitment").textValue())));
        return TransactionWriter.write(
                2, List.of(input), outputs, List.of(List.of(U256.ZERO.toLittleEndian())), height - 1L);
    }

    private JsonNode call(String method, Object... parameters) {
        try {
            String login = Base64.getEncoder().encodeToString(Files.readAllBytes(cookie));
            String body = JSON.writeValueAsString(Map.of("id", 1, "method", method, "params", parameters));
            JsonNode answer = JSON.readTree(client.send(
                            HttpRequest.newBuilder(rpc)
                                    .header("Authorization", "Basic " + login)
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body());
            if (answer.hasNonNull("error")) {
                throw new AssertionError(method + ": " + answer.path("error"));
            }
            return answer.path("result");
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        service.close();
    }
}
