package org.ehashpool.templateprovider.chain.consensus;

import java.util.ArrayList;
import java.util.List;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.mining.transaction.RawTransaction;
import org.ehashpool.mining.transaction.TransactionOutput;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;

/** A transaction in the making that spends coins of anyone's. */
public final class Spend {
    private final List<RawTransaction.Input> inputs = new ArrayList<>();
    private final List<TransactionOutput> outputs = new ArrayList<>();
    private final List<List<Bytes>> witnesses = new ArrayList<>();
    private long version = 2;
    private long lockTime;

    public static U256 id(Bytes transaction) {
        return RawTransaction.parse(transaction).id(new DoubleSha256());
    }

    /** The coinbase output of an allocation block. */
    public static Outpoint allocation(ChainState state, int height) throws Exception {
        return new Outpoint(
                state.read(state.at(height).orElseThrow())
                        .transactions()
                        .getFirst()
                        .id(),
                0);
    }

    public static Spend of(Outpoint outpoint) {
        return new Spend().and(outpoint);
    }

    public Spend and(Outpoint outpoint) {
        return and(outpoint, 0xffff_fffdL, AnyoneCanSpend.WITNESS);
    }

    public Spend and(Outpoint outpoint, long sequence, List<Bytes> witness) {
        inputs.add(new RawTransaction.Input(outpoint.transaction(), outpoint.index(), Bytes.EMPTY, sequence));
        witnesses.add(witness);
        return this;
    }

    public Spend sequence(long sequence) {
        RawTransaction.Input last = inputs.removeLast();
        inputs.add(new RawTransaction.Input(last.previousTransaction(), last.previousIndex(), last.script(), sequence));
        return this;
    }

    public Spend witness(List<Bytes> witness) {
        witnesses.removeLast();
        witnesses.add(witness);
        return this;
    }

    public Spend to(long value) {
        return to(value, AnyoneCanSpend.SCRIPT);
    }

    public Spend to(long value, Bytes script) {
        outputs.add(new TransactionOutput(value, script));
        return this;
    }

    public Spend lockTime(long value) {
        lockTime = value;
        return this;
    }

    public Spend version(long value) {
        version = value;
        return this;
    }

    public Bytes build() {
        return TransactionWriter.write(version, inputs, outputs, witnesses, lockTime);
    }

    public Bytes stripped() {
        return TransactionWriter.write(version, inputs, outputs, List.of(), lockTime);
    }
}
