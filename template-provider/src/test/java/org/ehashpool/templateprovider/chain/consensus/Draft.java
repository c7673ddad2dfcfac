package org.ehashpool.templateprovider.chain.consensus;

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

/** A block in the making, valid unless a test spoils it. */
public final class Draft {
    public static final Bytes PAYOUT = Bytes.fromHex("0014" + "42".repeat(20));

    private final DoubleSha256 hasher = new DoubleSha256();
    public U256 previous;
    public long version = 0x2000_0000L;
    public long time;
    public long bits;
    public Bytes coinbaseScript;
    public long coinbaseLockTime;
    public long reward;
    public List<List<Bytes>> coinbaseWitnesses = List.of(List.of(U256.ZERO.toLittleEndian()));
    public boolean committed = true;
    public U256 reserved = U256.ZERO;
    public final List<Bytes> transactions = new ArrayList<>();
    public final List<TransactionOutput> extraOutputs = new ArrayList<>();

    private Draft(BlockEntry parent, ChainParameters parameters) {
        int height = parent.height() + 1;
        previous = parent.hash();
        time = Math.max(parent.header().time(), parent.medianTimePast()) + 1;
        bits = parameters.bitsAt(height);
        coinbaseScript = Bytes.concat(BlockHeight.push(height), Bytes.of((byte) 2, (byte) 'o', (byte) 'k'));
        coinbaseLockTime = height - 1L;
        reward = ChainParameters.subsidyAt(height);
    }

    public static Draft on(ChainState state) {
        return after(state.tip(), state.parameters());
    }

    public static Draft after(BlockEntry parent, ChainParameters parameters) {
        return new Draft(parent, parameters);
    }

    public Draft with(Bytes... added) {
        transactions.addAll(List.of(added));
        return this;
    }

    /** Tells it apart from other blocks after the same one. */
    public Draft tagged(int number) {
        coinbaseScript = Bytes.concat(coinbaseScript, Bytes.of((byte) 2, (byte) number, (byte) (number >>> 8)));
        return this;
    }

    public Bytes coinbase() {
        List<TransactionOutput> outputs = new ArrayList<>(List.of(new TransactionOutput(reward, PAYOUT)));
        outputs.addAll(extraOutputs);
        if (committed) {
            List<U256> ids = transactions.stream()
                    .map(bytes -> RawTransaction.parse(bytes).witnessId(hasher))
                    .toList();
            outputs.add(new TransactionOutput(
                    0,
                    Bytes.concat(
                            Block.WITNESS_COMMITMENT_HEADER,
                            Block.witnessCommitment(ids, reserved, hasher).toLittleEndian())));
        }
        RawTransaction.Input input = new RawTransaction.Input(U256.ZERO, 0xffff_ffffL, coinbaseScript, 0xffff_fffeL);
        return TransactionWriter.write(
                2, List.of(input), outputs, committed ? coinbaseWitnesses : List.of(), coinbaseLockTime);
    }

    public Bytes mined() {
        return mined(coinbase());
    }

    public Bytes mined(Bytes first) {
        List<U256> ids = new ArrayList<>(List.of(RawTransaction.parse(first).id(hasher)));
        transactions.forEach(bytes -> ids.add(RawTransaction.parse(bytes).id(hasher)));
        return mined(first, MerkleTree.root(ids, hasher));
    }

    public Bytes mined(Bytes first, U256 root) {
        Target target = Target.ofCompactBits(bits).orElse(Target.EASIEST);
        for (long nonce = 0; ; nonce++) {
            BlockHeader header = new BlockHeader(version, previous, root, time, bits, nonce);
            if (target.isMetBy(header.hash(hasher))) {
                return Block.assemble(header, first, transactions);
            }
        }
    }

    /** The same block with a hash above its target. */
    public static Bytes spoilWork(Bytes block) {
        DoubleSha256 hasher = new DoubleSha256();
        byte[] bytes = block.toByteArray();
        Bytes spoilt = block;
        Block parsed = Block.parse(block);
        Target target = Target.ofCompactBits(parsed.header().bits()).orElseThrow();
        for (int nonce = 0; target.isMetBy(Block.parse(spoilt).header().hash(hasher)); nonce++) {
            bytes[76] = (byte) nonce;
            bytes[77] = (byte) (nonce >>> 8);
            spoilt = Bytes.of(bytes);
        }
        return spoilt;
    }
}
