package org.ehashpool.templateprovider.chain;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.ehashpool.mining.coinbase.BlockHeight;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.mining.header.Block;
import org.ehashpool.mining.header.BlockHeader;
import org.ehashpool.mining.merkle.MerkleTree;
import org.ehashpool.mining.transaction.RawTransaction;
import org.ehashpool.mining.transaction.TransactionOutput;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.templateprovider.chain.consensus.Draft;
import org.ehashpool.templateprovider.chain.consensus.TransactionWriter;

/** Makes a block from nothing but a template's own fields, as foreign software would. */
final class TemplateSolver {
    private TemplateSolver() {}

    /** The solved block, in hexadecimal. */
    static String solve(JsonNode template) {
        DoubleSha256 hasher = new DoubleSha256();
        int height = template.path("height").intValue();
        RawTransaction.Input input = new RawTransaction.Input(
                U256.ZERO, 0xffff_ffffL, Bytes.concat(BlockHeight.push(height), Bytes.fromHex("026869")), 0xffff_fffeL);
        List<TransactionOutput> outputs = List.of(
                new TransactionOutput(template.path("coinbasevalue").longValue(), Draft.PAYOUT),
                new TransactionOutput(
                        0,
                        Bytes.fromHex(
                                template.path("default_witness_commitment").textValue())));
        Bytes coinbase = TransactionWriter.write(
                2, List.of(input), outputs, List.of(List.of(U256.ZERO.toLittleEndian())), height - 1L);
        List<U256> ids = new ArrayList<>(List.of(RawTransaction.parse(coinbase).id(hasher)));
        List<Bytes> others = new ArrayList<>();
        for (JsonNode transaction : template.path("transactions")) {
            ids.add(U256.fromHex(transaction.path("txid").textValue()));
            others.add(Bytes.fromHex(transaction.path("data").textValue()));
        }
        Target target = Target.of(U256.fromHex(template.path("target").textValue()));
        for (long nonce = 0; ; nonce++) {
            BlockHeader header = new BlockHeader(
                    template.path("version").longValue(),
                    U256.fromHex(template.path("previousblockhash").textValue()),
                    MerkleTree.root(ids, hasher),
                    template.path("curtime").longValue(),
                    Long.parseLong(template.path("bits").textValue(), 16),
                    nonce);
            if (target.isMetBy(header.hash(hasher))) {
                return Block.assemble(header, coinbase, others).toHex();
            }
        }
    }
}
