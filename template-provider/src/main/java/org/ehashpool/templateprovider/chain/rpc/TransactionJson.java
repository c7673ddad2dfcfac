package org.ehashpool.templateprovider.chain.rpc;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.acinq.bitcoin.Bitcoin;
import fr.acinq.bitcoin.Chain;
import java.util.List;
import org.ehashpool.mining.transaction.RawTransaction;
import org.ehashpool.mining.transaction.TransactionOutput;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.templateprovider.chain.consensus.Coin;
import org.ehashpool.templateprovider.chain.consensus.IdentifiedTransaction;
import org.ehashpool.templateprovider.chain.consensus.TransactionRules;
import org.jspecify.annotations.Nullable;

/** Transactions as Bitcoin Core describes them, but for scripts in words ("asm"). */
final class TransactionJson {
    private static final int WITNESS_SCALE = 4;

    private TransactionJson() {}

    static ObjectNode of(IdentifiedTransaction transaction) {
        RawTransaction raw = transaction.raw();
        ObjectNode object = Json.object()
                .put("txid", transaction.id().toHex())
                .put("hash", transaction.witnessId().toHex())
                .put("version", TransactionRules.version(raw))
                .put("size", raw.serialized().length())
                .put("vsize", (raw.weight() + WITNESS_SCALE - 1) / WITNESS_SCALE)
                .put("weight", raw.weight())
                .put("locktime", raw.lockTime());
        object.set("vin", inputs(raw));
        object.set("vout", outputs(raw));
        return object.put("hex", raw.serialized().toHex());
    }

    private static ArrayNode inputs(RawTransaction raw) {
        ArrayNode inputs = Json.array();
        for (int i = 0; i < raw.inputs().size(); i++) {
            RawTransaction.Input input = raw.inputs().get(i);
            ObjectNode object = inputs.addObject();
            if (raw.isCoinbase()) {
                object.put("coinbase", input.script().toHex());
            } else {
                object.put("txid", input.previousTransaction().toHex())
                        .put("vout", input.previousIndex())
                        .putObject("scriptSig")
                        .put("hex", input.script().toHex());
            }
            List<Bytes> witness = raw.hasWitness() ? raw.witnesses().get(i) : List.of();
            if (!witness.isEmpty()) {
                object.set(
                        "txinwitness",
                        Json.array(witness.stream().map(Bytes::toHex).toList()));
            }
            object.put("sequence", input.sequence());
        }
        return inputs;
    }

    private static ArrayNode outputs(RawTransaction raw) {
        ArrayNode outputs = Json.array();
        for (int i = 0; i < raw.outputs().size(); i++) {
            TransactionOutput output = raw.outputs().get(i);
            outputs.addObject()
                    .put("value", Json.bitcoin(output.value()))
                    .put("n", i)
                    .set("scriptPubKey", script(output.script()));
        }
        return outputs;
    }

    private static ObjectNode script(Bytes script) {
        ObjectNode object = Json.object().put("hex", script.toHex());
        if (Coin.isUnspendable(script)) {
            return object.put("type", "nulldata");
        }
        @Nullable
        String address = Bitcoin.addressFromPublicKeyScript(Chain.Regtest.INSTANCE.getChainHash(), script.toByteArray())
                .getRight();
        if (address == null) {
            return object.put("type", "nonstandard");
        }
        return object.put("address", address).put("type", type(script));
    }

    private static String type(Bytes script) {
        return switch (script.length()) {
            case 22 -> "witness_v0_keyhash";
            case 23 -> "scripthash";
            case 25 -> "pubkeyhash";
            case 34 -> script.get(0) == 0 ? "witness_v0_scripthash" : "witness_v1_taproot";
            default -> "nonstandard";
        };
    }
}
