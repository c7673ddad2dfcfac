package org.ehashpool.templateprovider.chain.consensus;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.ehashpool.mining.coinbase.BlockHeight;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.mining.header.Block;
import org.ehashpool.mining.header.BlockHeader;
import org.ehashpool.mining.transaction.RawTransaction;
import org.ehashpool.mining.transaction.TransactionOutput;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;

/**
 * The blocks 1 to {@link ChainParameters#ALLOCATION_HEIGHT}, the same on every such chain: each pays its subsidy to {@link
 * AnyoneCanSpend} and is ten minutes after the one before. They obey all rules, proof of work included; at regtest's
 * target that takes two hashes.
 */
public final class AllocationBlocks {
    private static final Bytes TAG = Bytes.of("allocation".getBytes(StandardCharsets.US_ASCII));
    private static final long SPACING_SECONDS = 600;
    private static final long VERSION = 0x2000_0000L;
    private static final Target TARGET =
            Target.ofCompactBits(ChainParameters.REGTEST_BITS).orElseThrow();

    private AllocationBlocks() {}

    /** The block after this one. */
    public static Bytes after(BlockEntry previous, DoubleSha256 hasher) {
        int height = previous.height() + 1;
        Bytes script = Bytes.concat(BlockHeight.push(height), Bytes.of((byte) TAG.length()), TAG);
        RawTransaction.Input input = new RawTransaction.Input(U256.ZERO, 0xffff_ffffL, script, 0xffff_fffeL);
        TransactionOutput output = new TransactionOutput(ChainParameters.subsidyAt(height), AnyoneCanSpend.SCRIPT);
        // Lock time and sequence as BIP 54 wants them.
        Bytes coinbase = TransactionWriter.write(2, List.of(input), List.of(output), List.of(), height - 1L);
        U256 root = hasher.hash(coinbase);
        long time = previous.header().time() + SPACING_SECONDS;
        for (long nonce = 0; ; nonce++) {
            BlockHeader header =
                    new BlockHeader(VERSION, previous.hash(), root, time, ChainParameters.REGTEST_BITS, nonce);
            if (TARGET.isMetBy(header.hash(hasher))) {
                return Block.assemble(header, coinbase, List.of());
            }
        }
    }
}
