package org.ehashpool.templateprovider.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ehashpool.mining.transaction.MalformedDataException;
import org.ehashpool.sv2.type.U32;
import org.ehashpool.templateprovider.chain.consensus.Acceptance;
import org.ehashpool.templateprovider.chain.consensus.BlockEntry;
import org.ehashpool.templateprovider.chain.consensus.ChainParameters;
import org.ehashpool.templateprovider.chain.consensus.IdentifiedTransaction;
import org.ehashpool.templateprovider.chain.mempool.MempoolEntry;
import org.ehashpool.templateprovider.chain.node.BlockTemplate;
import org.ehashpool.templateprovider.chain.node.ChainStatus;
import org.ehashpool.templateprovider.chain.node.EmbeddedChain;

/** What is asked by those who make blocks (BIP 22, BIP 23, BIP 9, BIP 145). */
final class MiningMethods {
    static final String TEMPLATE = "getblocktemplate";

    private static final String UNDECODABLE = "Block decode failed";
    private static final int BLOCK_VERSION = 0x2000_0000;
    private static final int MAX_BLOCK_SIZE = 4_000_000;
    private static final int RATE_SPAN = 120;

    private final EmbeddedChain chain;

    MiningMethods(EmbeddedChain chain) {
        this.chain = chain;
    }

    List<RpcMethod> methods() {
        return List.of(
                RpcMethod.of(TEMPLATE, this::template, "template_request"),
                RpcMethod.of("getmininginfo", call -> information()),
                RpcMethod.of("submitblock", this::submit, "hexdata", "dummy?"));
    }

    /** The long poll id that a call waits on; empty for one that is to be answered at once. */
    Optional<String> waitsOn(RpcParameters call) {
        JsonNode request = call.at(0);
        if (!request.isObject() || !"template".equals(request.path("mode").asText("template"))) {
            return Optional.empty();
        }
        return Optional.ofNullable(request.path("longpollid").textValue())
                .filter(id -> id.startsWith(chain.status().tip().toHex()));
    }

    private JsonNode template(RpcParameters call) throws RpcException {
        JsonNode request = call.at(0);
        if (!request.isObject() && call.has(0)) {
            throw new RpcException(RpcException.Code.TYPE, "JSON value is not an object as expected");
        }
        String mode = request.path("mode").isMissingNode()
                ? "template"
                : request.path("mode").asText("");
        return switch (mode) {
            case "template" -> {
                requireSegwit(request);
                yield describe(chain.template());
            }
            case "proposal" -> propose(request);
            default -> throw new RpcException(RpcException.Code.INVALID_PARAMETER, "Invalid mode");
        };
    }

    private static void requireSegwit(JsonNode request) throws RpcException {
        for (JsonNode rule : request.path("rules")) {
            if ("segwit".equals(rule.textValue())) {
                return;
            }
        }
        throw new RpcException(
                RpcException.Code.INVALID_PARAMETER,
                "getblocktemplate must be called with the segwit rule set (call with {\"rules\": [\"segwit\"]})");
    }

    private JsonNode propose(JsonNode request) throws RpcException {
        String data = request.path("data").textValue();
        if (data == null) {
            throw new RpcException(RpcException.Code.TYPE, "Missing data String key for proposal");
        }
        try {
            return chain.propose(RpcParameters.bytes(data, UNDECODABLE))
                    .<JsonNode>map(refused -> TextNode.valueOf(refused.text()))
                    .orElse(NullNode.getInstance());
        } catch (MalformedDataException malformed) {
            throw new RpcException(RpcException.Code.DESERIALIZATION, UNDECODABLE);
        }
    }

    private static ObjectNode describe(BlockTemplate template) {
        ObjectNode object = Json.object();
        object.set("capabilities", Json.array(List.of("proposal")));
        object.put("version", BLOCK_VERSION);
        object.set("rules", Json.array(List.of("csv", "!segwit", "taproot")));
        object.putObject("vbavailable");
        object.put("vbrequired", 0)
                .put("previousblockhash", template.previous().hash().toHex())
                .set("transactions", transactions(template.transactions()));
        object.putObject("coinbaseaux");
        object.put("coinbasevalue", template.value())
                .put("longpollid", template.status().longPollId())
                .put("target", BlockMethods.target(template.bits()))
                .put("mintime", template.minTime())
                .set("mutable", Json.array(List.of("time", "transactions", "prevblock")));
        return object.put("noncerange", "00000000ffffffff")
                .put("sigoplimit", ChainParameters.MAX_SIGNATURE_OPERATIONS)
                .put("sizelimit", MAX_BLOCK_SIZE)
                .put("weightlimit", ChainParameters.MAX_WEIGHT)
                .put("curtime", template.time())
                .put("bits", Json.hex(template.bits()))
                .put("height", template.height())
                .put("default_witness_commitment", template.witnessCommitment().toHex());
    }

    private static ArrayNode transactions(List<MempoolEntry> entries) {
        ArrayNode transactions = Json.array();
        Map<MempoolEntry, Integer> positions = new HashMap<>();
        for (MempoolEntry entry : entries) {
            // "depends": positions in this list, counted from 1 (BIP 22).
            positions.put(entry, positions.size() + 1);
            IdentifiedTransaction transaction = entry.transaction();
            ObjectNode object = transactions
                    .addObject()
                    .put("data", transaction.raw().serialized().toHex())
                    .put("txid", transaction.id().toHex())
                    .put("hash", transaction.witnessId().toHex());
            ArrayNode depends = object.putArray("depends");
            entry.parents().stream().map(positions::get).sorted().forEach(depends::add);
            object.put("fee", entry.fee())
                    .put("sigops", entry.signatureOperations())
                    .put("weight", entry.weight());
        }
        return transactions;
    }

    private JsonNode submit(RpcParameters call) throws RpcException, IOException {
        try {
            return switch (chain.submit(call.bytes(0, "hexdata", UNDECODABLE))) {
                case Acceptance.NewTip accepted -> NullNode.getInstance();
                case Acceptance.Branch branch -> TextNode.valueOf("inconclusive");
                case Acceptance.Refused refused -> TextNode.valueOf(refused.text());
            };
        } catch (MalformedDataException malformed) {
            throw new RpcException(RpcException.Code.DESERIALIZATION, UNDECODABLE);
        }
    }

    private JsonNode information() {
        BlockEntry tip = chain.state().tip();
        ChainStatus status = chain.status();
        @U32 long nextBits = chain.state().parameters().bitsAt(tip.height() + 1);
        ObjectNode object = Json.object()
                .put("blocks", tip.height())
                .put("bits", Json.hex(tip.header().bits()))
                .put("difficulty", BlockMethods.difficulty(tip.header().bits()))
                .put("target", BlockMethods.target(tip.header().bits()))
                .put("networkhashps", hashRate(tip))
                .put("pooledtx", status.mempoolTransactions())
                .put("chain", "regtest");
        object.putObject("next")
                .put("height", tip.height() + 1)
                .put("bits", Json.hex(nextBits))
                .put("difficulty", BlockMethods.difficulty(nextBits))
                .put("target", BlockMethods.target(nextBits));
        object.putArray("warnings");
        return object;
    }

    /** Work over time of the last blocks that are no allocation. */
    private double hashRate(BlockEntry tip) {
        int first = Math.max(tip.height() - RATE_SPAN, ChainParameters.ALLOCATION_HEIGHT + 1);
        if (first >= tip.height()) {
            return 0;
        }
        BlockEntry since = tip.ancestor(first);
        long seconds = Math.max(1, tip.header().time() - since.header().time());
        return tip.work().subtract(since.work()).doubleValue() / seconds;
    }
}
