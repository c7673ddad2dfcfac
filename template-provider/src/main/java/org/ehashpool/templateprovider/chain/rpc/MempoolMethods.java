package org.ehashpool.templateprovider.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.ehashpool.mining.transaction.MalformedDataException;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.templateprovider.chain.consensus.BlockEntry;
import org.ehashpool.templateprovider.chain.consensus.IdentifiedTransaction;
import org.ehashpool.templateprovider.chain.consensus.Rule;
import org.ehashpool.templateprovider.chain.mempool.Admission;
import org.ehashpool.templateprovider.chain.mempool.Mempool;
import org.ehashpool.templateprovider.chain.mempool.MempoolEntry;
import org.ehashpool.templateprovider.chain.mempool.Refusal;
import org.ehashpool.templateprovider.chain.node.EmbeddedChain;

/** What is asked of single transactions and of those that wait. */
final class MempoolMethods {
    private static final String UNKNOWN =
            "No such mempool transaction. Provide a block hash to enable blockchain" + " transaction queries.";

    private final EmbeddedChain chain;
    private final BlockMethods blocks;

    MempoolMethods(EmbeddedChain chain, BlockMethods blocks) {
        this.chain = chain;
        this.blocks = blocks;
    }

    List<RpcMethod> methods() {
        return List.of(
                RpcMethod.of("getmempoolinfo", call -> information()),
                RpcMethod.of("getrawmempool", this::all, "verbose?", "mempool_sequence?"),
                RpcMethod.of("getrawtransaction", this::transaction, "txid", "verbosity?", "blockhash?"),
                RpcMethod.of("sendrawtransaction", this::send, "hexstring", "maxfeerate?", "maxburnamount?"));
    }

    private JsonNode information() {
        Mempool mempool = chain.mempool();
        return Json.object()
                .put("loaded", true)
                .put("size", mempool.size())
                .put(
                        "bytes",
                        mempool.entries().stream()
                                .mapToLong(MempoolEntry::virtualSize)
                                .sum())
                .put("usage", mempool.bytes())
                .put("total_fee", Json.bitcoin(fees(mempool.entries())))
                .put("maxmempool", mempool.limits().bytes())
                .put("mempoolminfee", Json.bitcoin(Mempool.MIN_FEE_RATE))
                .put("minrelaytxfee", Json.bitcoin(Mempool.MIN_FEE_RATE))
                .put("incrementalrelayfee", Json.bitcoin(Mempool.MIN_FEE_RATE))
                .put("unbroadcastcount", 0)
                .put("fullrbf", false);
    }

    private JsonNode all(RpcParameters call) throws RpcException {
        boolean verbose = call.flag(0, "verbose", false);
        boolean sequence = call.flag(1, "mempool_sequence", false);
        if (verbose && sequence) {
            throw new RpcException(
                    RpcException.Code.INVALID_PARAMETER, "Verbose results cannot contain mempool sequence values.");
        }
        Collection<MempoolEntry> entries = chain.mempool().entries();
        if (verbose) {
            ObjectNode object = Json.object();
            entries.forEach(entry -> object.set(id(entry), describe(entry)));
            return object;
        }
        JsonNode ids = Json.array(entries.stream().map(MempoolMethods::id).toList());
        return sequence
                ? Json.object()
                        .put("mempool_sequence", chain.mempool().updates())
                        .set("txids", ids)
                : ids;
    }

    private static String id(MempoolEntry entry) {
        return entry.transaction().id().toHex();
    }

    private static ObjectNode describe(MempoolEntry entry) {
        Collection<MempoolEntry> ancestors = entry.ancestors();
        Collection<MempoolEntry> descendants = entry.descendants();
        ObjectNode object = Json.object()
                .put("vsize", entry.virtualSize())
                .put("weight", entry.weight())
                .put("time", entry.time())
                .put("height", entry.height())
                .put("descendantcount", descendants.size())
                .put("descendantsize", sizes(descendants))
                .put("ancestorcount", ancestors.size())
                .put("ancestorsize", sizes(ancestors))
                .put("wtxid", entry.transaction().witnessId().toHex());
        object.putObject("fees")
                .put("base", Json.bitcoin(entry.fee()))
                .put("modified", Json.bitcoin(entry.fee()))
                .put("ancestor", Json.bitcoin(fees(ancestors)))
                .put("descendant", Json.bitcoin(fees(descendants)));
        object.set(
                "depends",
                Json.array(entry.parents().stream().map(MempoolMethods::id).toList()));
        object.set(
                "spentby",
                Json.array(entry.children().stream().map(MempoolMethods::id).toList()));
        return object.put("bip125-replaceable", false).put("unbroadcast", false);
    }

    private static long sizes(Collection<MempoolEntry> entries) {
        return entries.stream().mapToLong(MempoolEntry::virtualSize).sum();
    }

    private static long fees(Collection<MempoolEntry> entries) {
        return entries.stream().mapToLong(MempoolEntry::fee).sum();
    }

    private JsonNode transaction(RpcParameters call) throws RpcException, IOException {
        U256 id = call.hash(0, "txid");
        int verbosity = call.verbosity(1, "verbosity", 0);
        if (!call.has(2)) {
            IdentifiedTransaction waiting = chain.mempool()
                    .find(id)
                    .map(MempoolEntry::transaction)
                    .orElseThrow(() -> new RpcException(RpcException.Code.NOT_FOUND, UNKNOWN));
            return verbosity <= 0 ? hex(waiting) : TransactionJson.of(waiting);
        }
        BlockEntry entry = chain.state()
                .find(call.hash(2, "blockhash"))
                .orElseThrow(() -> new RpcException(RpcException.Code.NOT_FOUND, "Block hash not found"));
        Optional<IdentifiedTransaction> found = chain.state().read(entry).transactions().stream()
                .filter(transaction -> transaction.id().equals(id))
                .findFirst();
        IdentifiedTransaction confirmed = found.orElseThrow(() ->
                new RpcException(RpcException.Code.NOT_FOUND, "No such transaction found in the provided block."));
        return verbosity <= 0 ? hex(confirmed) : within(confirmed, entry);
    }

    private JsonNode within(IdentifiedTransaction transaction, BlockEntry entry) {
        return TransactionJson.of(transaction)
                .put("in_active_chain", chain.state().isInChain(entry))
                .put("blockhash", entry.hash().toHex())
                .put("confirmations", Math.max(0, blocks.confirmations(entry)))
                .put("time", entry.header().time())
                .put("blocktime", entry.header().time());
    }

    private static JsonNode hex(IdentifiedTransaction transaction) {
        return TextNode.valueOf(transaction.raw().serialized().toHex());
    }

    private JsonNode send(RpcParameters call) throws RpcException {
        String failure = "TX decode failed. Make sure the tx has at least one input.";
        Bytes bytes = call.bytes(0, "hexstring", failure);
        IdentifiedTransaction transaction;
        try {
            transaction = IdentifiedTransaction.parse(bytes, chain.hasher());
        } catch (MalformedDataException malformed) {
            throw new RpcException(RpcException.Code.DESERIALIZATION, failure);
        }
        switch (chain.add(transaction)) {
            case Admission.Admitted admitted -> {}
            case Admission.Unwanted unwanted -> refuse(unwanted.reason());
            case Admission.Invalid invalid ->
                throw new RpcException(
                        invalid.rule() == Rule.INPUTS_MISSING
                                ? RpcException.Code.VERIFY
                                : RpcException.Code.VERIFY_REJECTED,
                        invalid.text());
        }
        return TextNode.valueOf(transaction.id().toHex());
    }

    private static void refuse(Refusal reason) throws RpcException {
        switch (reason) {
            // Core sends it to its peers again and is content.
            case ALREADY_IN_MEMPOOL -> {}
            case ALREADY_KNOWN ->
                throw new RpcException(
                        RpcException.Code.ALREADY_IN_UTXO_SET, "Transaction outputs already in utxo set");
            case COINBASE,
                    CONFLICT,
                    LONG_CHAIN,
                    FEE_TOO_LOW,
                    SIZE,
                    SIGNATURE_OPERATIONS,
                    NOT_FINAL,
                    NOT_FINAL_RELATIVE,
                    FULL -> throw new RpcException(RpcException.Code.VERIFY_REJECTED, reason.wire());
        }
    }
}
