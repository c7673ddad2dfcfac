package org.ehashpool.templateprovider.chain.consensus;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.ehashpool.mining.transaction.CompactSize;
import org.ehashpool.mining.transaction.RawTransaction;
import org.ehashpool.mining.transaction.TransactionOutput;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U32;

/** Serialises transactions (BIP 144). */
public final class TransactionWriter {
    private TransactionWriter() {}

    /**
     * A transaction's bytes.
     *
     * @param witnesses per input its stack; empty for a transaction without witnesses
     */
    public static Bytes write(
            @U32 long version,
            List<RawTransaction.Input> inputs,
            List<TransactionOutput> outputs,
            List<List<Bytes>> witnesses,
            @U32 long lockTime) {
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        writeInt(version, sink);
        if (!witnesses.isEmpty()) {
            sink.write(0);
            sink.write(1);
        }
        write(CompactSize.of(inputs.size()), sink);
        for (RawTransaction.Input input : inputs) {
            write(input.previousTransaction().toLittleEndian(), sink);
            writeInt(input.previousIndex(), sink);
            write(CompactSize.of(input.script().length()), sink);
            write(input.script(), sink);
            writeInt(input.sequence(), sink);
        }
        write(CompactSize.of(outputs.size()), sink);
        outputs.forEach(output -> write(output.serialized(), sink));
        for (List<Bytes> stack : witnesses) {
            write(CompactSize.of(stack.size()), sink);
            for (Bytes element : stack) {
                write(CompactSize.of(element.length()), sink);
                write(element, sink);
            }
        }
        writeInt(lockTime, sink);
        return Bytes.of(sink.toByteArray());
    }

    /** The same transaction with other witnesses. */
    public static Bytes withWitnesses(RawTransaction transaction, List<List<Bytes>> witnesses) {
        return write(
                TransactionRules.version(transaction),
                transaction.inputs(),
                transaction.outputs(),
                witnesses,
                transaction.lockTime());
    }

    private static void write(Bytes bytes, ByteArrayOutputStream sink) {
        sink.writeBytes(bytes.toByteArray());
    }

    private static void writeInt(@U32 long number, ByteArrayOutputStream sink) {
        for (int i = 0; i < Integer.BYTES; i++) {
            sink.write((int) (number >>> (8 * i)));
        }
    }
}
