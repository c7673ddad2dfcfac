package org.ehashpool.templateprovider.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.header.BlockHeader;
import org.ehashpool.mining.transaction.CompactSize;
import org.ehashpool.mining.transaction.TransactionOutput;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.sv2.type.U32;
import org.ehashpool.templateprovider.chain.consensus.BlockEntry;
import org.ehashpool.templateprovider.chain.consensus.BlockUndo;
import org.ehashpool.templateprovider.chain.consensus.ChainState;
import org.ehashpool.templateprovider.chain.consensus.Coin;
import org.ehashpool.templateprovider.chain.consensus.IdentifiedBlock;
import org.ehashpool.templateprovider.chain.consensus.IdentifiedTransaction;
import org.ehashpool.templateprovider.chain.node.EmbeddedChain;
import org.jspecify.annotations.Nullable;

/** What is asked of blocks. */
final class BlockMethods {
    private static final int TRANSACTIONS = 2;
    private final ChainState state;

    BlockMethods(EmbeddedChain chain) {
        state = chain.state();
    }

    List<RpcMethod> methods() {
        return List.of(
                RpcMethod.of(
                        "getbestblockhash",
                        call -> TextNode.valueOf(state.tip().hash().toHex())),
                RpcMethod.of("getblock", this::block, "blockhash", "verbosity?"),
                RpcMethod.of("getblockchaininfo", call -> information()),
                RpcMethod.of(
                        "getblockcount", call -> IntNode.valueOf(state.tip().height())),
                RpcMethod.of("getblockhash", this::hashAt, "height"),
                RpcMethod.of("getblockheader", this::header, "blockhash", "verbose?"),
                RpcMethod.of(
                        "getdifficulty",
                        call -> DoubleNode.valueOf(
                                difficulty(state.tip().header().bits()))));
    }

    static double difficulty(@U32 long bits) {
        return Target.ofCompactBits(bits).map(Target::difficulty).orElse(0.0);
    }

    static String target(@U32 long bits) {
        return Target.ofCompactBits(bits).map(Target::toString).orElse("");
    }

    private JsonNode information() {
        BlockEntry tip = state.tip();
        ObjectNode information = Json.object()
                .put("chain", "regtest")
                .put("blocks", tip.height())
                .put("headers", tip.height())
                .put("bestblockhash", tip.hash().toHex())
                .put("bits", Json.hex(tip.header().bits()))
                .put("target", target(tip.header().bits()))
                .put("difficulty", difficulty(tip.header().bits()))
                .put("time", tip.header().time())
                .put("mediantime", tip.medianTimePast())
                .put("verificationprogress", 1)
                .put("initialblockdownload", false)
                .put("chainwork", work(tip))
                .put("pruned", false);
        information.putArray("warnings");
        return information;
    }

    private static String work(BlockEntry entry) {
        return U256.of(entry.work()).toHex();
    }

    BlockEntry find(U256 hash) throws RpcException {
        return state.find(hash).orElseThrow(() -> new RpcException(RpcException.Code.NOT_FOUND, "Block not found"));
    }

    private JsonNode hashAt(RpcParameters call) throws RpcException {
        BlockEntry entry = state.at(call.integer(0, "height"))
                .orElseThrow(() -> new RpcException(RpcException.Code.INVALID_PARAMETER, "Block height out of range"));
        return TextNode.valueOf(entry.hash().toHex());
    }

    private JsonNode header(RpcParameters call) throws RpcException {
        BlockEntry entry = find(call.hash(0, "hash"));
        return call.flag(1, "verbose", true)
                ? headerOf(entry)
                : TextNode.valueOf(entry.header().serialized().toHex());
    }

    private ObjectNode headerOf(BlockEntry entry) {
        BlockHeader header = entry.header();
        ObjectNode object = Json.object()
                .put("hash", entry.hash().toHex())
                .put("confirmations", confirmations(entry))
                .put("height", entry.height())
                .put("version", (int) header.version())
                .put("versionHex", Json.hex(header.version()))
                .put("merkleroot", header.merkleRoot().toHex())
                .put("time", header.time())
                .put("mediantime", entry.medianTimePast())
                .put("nonce", header.nonce())
                .put("bits", Json.hex(header.bits()))
                .put("target", target(header.bits()))
                .put("difficulty", difficulty(header.bits()))
                .put("chainwork", work(entry))
                .put("nTx", entry.transactionCount());
        @Nullable BlockEntry previous = entry.previous();
        if (previous != null) {
            object.put("previousblockhash", previous.hash().toHex());
        }
        if (state.isInChain(entry)) {
            state.at(entry.height() + 1)
                    .ifPresent(next -> object.put("nextblockhash", next.hash().toHex()));
        }
        return object;
    }

    /** −1 for a block on a branch. */
    int confirmations(BlockEntry entry) {
        return state.isInChain(entry) ? state.tip().height() - entry.height() + 1 : -1;
    }

    private JsonNode block(RpcParameters call) throws RpcException, IOException {
        BlockEntry entry = find(call.hash(0, "blockhash"));
        int verbosity = call.verbosity(1, "verbosity", 1);
        IdentifiedBlock block = state.read(entry);
        if (verbosity <= 0) {
            return TextNode.valueOf(block.serialized().toHex());
        }
        int stripped = BlockHeader.LENGTH
                + CompactSize.length(block.transactions().size())
                + block.transactions().stream()
                        .mapToInt(transaction -> transaction.raw().stripped().length())
                        .sum();
        ObjectNode object = headerOf(entry)
                .put("strippedsize", stripped)
                .put("size", block.serialized().length())
                .put("weight", block.weight());
        object.set("tx", transactions(block, verbosity));
        return object;
    }

    private ArrayNode transactions(IdentifiedBlock block, int verbosity) {
        ArrayNode transactions = Json.array();
        Optional<BlockUndo> undo = state.undo(block.hash());
        for (int i = 0; i < block.transactions().size(); i++) {
            IdentifiedTransaction transaction = block.transactions().get(i);
            if (verbosity < TRANSACTIONS) {
                transactions.add(transaction.id().toHex());
                continue;
            }
            ObjectNode object = TransactionJson.of(transaction);
            if (i > 0 && undo.isPresent()) {
                object.put(
                        "fee", Json.bitcoin(fee(transaction, undo.get().spent().get(i - 1))));
            }
            transactions.add(object);
        }
        return transactions;
    }

    private static long fee(IdentifiedTransaction transaction, List<Coin> spent) {
        return spent.stream().mapToLong(Coin::value).sum()
                - transaction.raw().outputs().stream()
                        .mapToLong(TransactionOutput::value)
                        .sum();
    }
}
