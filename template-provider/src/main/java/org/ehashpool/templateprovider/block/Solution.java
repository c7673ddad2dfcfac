package org.ehashpool.templateprovider.block;

import java.util.List;
import org.ehashpool.kit.bitcoin.BlockTemplate;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.mining.header.Block;
import org.ehashpool.mining.header.BlockHeader;
import org.ehashpool.mining.transaction.MalformedDataException;
import org.ehashpool.mining.transaction.RawTransaction;
import org.ehashpool.sv2.message.TemplateDistribution.SubmitSolution;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.templateprovider.template.ServedTemplate;
import org.ehashpool.templateprovider.template.Tip;

/** What a SubmitSolution is worth. Without I/O. */
public sealed interface Solution {

    /**
     * A block, as far as can be told from its header and coinbase transaction.
     *
     * @param template what it solves
     * @param hash the block's hash
     * @param header its header
     * @param coinbase its coinbase transaction, with witness
     */
    record Solved(ServedTemplate template, U256 hash, BlockHeader header, Bytes coinbase) implements Solution {
        /** The whole block, as submitblock wants it. */
        public Bytes block() {
            List<Bytes> others = template.draft().transactions().stream()
                    .map(BlockTemplate.Transaction::data)
                    .toList();
            return Block.assemble(header, coinbase, others);
        }
    }

    /**
     * No block.
     *
     * @param reason why
     */
    record Refused(Reason reason) implements Solution {}

    /** Why a solution is no block. */
    enum Reason {
        /** The template is not known, or not any more. */
        UNKNOWN_TEMPLATE("unknown-template"),
        /** The template was never named by a SetNewPrevHash. */
        TEMPLATE_NOT_NAMED("template-not-named"),
        /** The coinbase transaction is none. */
        MALFORMED_COINBASE("malformed-coinbase"),
        /** The hash is above the target. */
        HIGH_HASH("high-hash");

        private final String label;

        Reason(String label) {
            this.label = label;
        }

        /** For logs and metrics. */
        public String label() {
            return label;
        }
    }

    /** The end of a coinbase transaction with witness: one element of 32 zero bytes. */
    Bytes WITNESS = Bytes.concat(Bytes.of((byte) 1, (byte) 32), Bytes.of(new byte[32]));

    /** The bytes that say that witnesses follow. */
    Bytes MARKER_AND_FLAG = Bytes.of((byte) 0, (byte) 1);

    /** Looks at a solution of a template. */
    static Solution of(ServedTemplate template, SubmitSolution message, DoubleSha256 hasher) {
        if (template.tip().isEmpty()) {
            return new Refused(Reason.TEMPLATE_NOT_NAMED);
        }
        Tip tip = template.tip().get();
        RawTransaction coinbase;
        try {
            coinbase = RawTransaction.parse(message.coinbaseTx());
        } catch (MalformedDataException e) {
            return new Refused(Reason.MALFORMED_COINBASE);
        }
        if (!coinbase.isCoinbase()) {
            return new Refused(Reason.MALFORMED_COINBASE);
        }
        BlockHeader header = new BlockHeader(
                message.version(),
                tip.previousHash(),
                template.draft().path().root(coinbase.id(hasher), hasher),
                message.headerTimestamp(),
                tip.bits(),
                message.headerNonce());
        U256 hash = header.hash(hasher);
        if (hash.compareTo(tip.target()) > 0) {
            return new Refused(Reason.HIGH_HASH);
        }
        return new Solved(template, hash, header, withWitness(coinbase));
    }

    /**
     * "coinbase_tx MUST NOT be stripped of BIP141 fields". A client that strips them all the same has found a block that
     * is worth more than being right.
     */
    private static Bytes withWitness(RawTransaction coinbase) {
        if (coinbase.hasWitness()) {
            return coinbase.serialized();
        }
        Bytes stripped = coinbase.stripped();
        int end = stripped.length() - 4;
        return Bytes.concat(
                stripped.slice(0, 4), MARKER_AND_FLAG, stripped.slice(4, end - 4), WITNESS, stripped.slice(end, 4));
    }
}
