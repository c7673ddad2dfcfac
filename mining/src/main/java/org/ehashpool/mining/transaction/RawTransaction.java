package org.ehashpool.mining.transaction;

import java.util.ArrayList;
import java.util.List;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.sv2.type.U32;

/**
 * A transaction with or without witnesses, its bytes kept as they came.
 *
 * @param serialized all its bytes
 * @param stripped its bytes without marker, flag and witnesses (BIP 144); the same where it has none
 * @param inputs what it spends
 * @param outputs what it pays
 * @param witnesses per input its stack; empty where the transaction has no witnesses
 * @param lockTime its nLockTime
 */
public record RawTransaction(
        Bytes serialized,
        Bytes stripped,
        List<Input> inputs,
        List<TransactionOutput> outputs,
        List<List<Bytes>> witnesses,
        @U32 long lockTime) {
    private static final int SMALLEST_INPUT = 41;

    /**
     * An input.
     *
     * @param previousTransaction id of the transaction it spends from, zero for a coinbase
     * @param previousIndex which of its outputs, 0xffffffff for a coinbase
     * @param script its scriptSig
     * @param sequence its nSequence
     */
    public record Input(
            U256 previousTransaction,
            @U32 long previousIndex,
            Bytes script,
            @U32 long sequence) {}

    /**
     * Reads one that takes up all the bytes.
     *
     * @throws MalformedDataException if it is none
     */
    public static RawTransaction parse(Bytes source) {
        ConsensusReader reader = new ConsensusReader(source);
        RawTransaction transaction = read(reader, source);
        reader.requireEnd();
        return transaction;
    }

    /**
     * Reads the next one of several.
     *
     * @param source what the reader reads from
     * @throws MalformedDataException if there is none
     */
    public static RawTransaction read(ConsensusReader reader, Bytes source) {
        int start = reader.position();
        reader.readUnsignedInt();
        boolean segregated = reader.peek(0) == 0;
        if (segregated) {
            reader.readUnsignedByte();
            if (reader.readUnsignedByte() != 1) {
                throw new MalformedDataException("neither inputs nor a witness flag at " + (start + 4));
            }
        }
        int body = reader.position();
        List<Input> inputs = readInputs(reader);
        if (inputs.isEmpty()) {
            throw new MalformedDataException("no inputs at " + body);
        }
        List<TransactionOutput> outputs = TransactionOutput.read(reader, reader.readCount(TransactionOutput.SMALLEST));
        int bodyEnd = reader.position();
        List<List<Bytes>> witnesses = segregated ? readWitnesses(reader, inputs.size()) : List.of();
        long lockTime = reader.readUnsignedInt();
        int end = reader.position();
        Bytes serialized = source.slice(start, end - start);
        Bytes stripped = segregated
                ? Bytes.concat(source.slice(start, 4), source.slice(body, bodyEnd - body), source.slice(end - 4, 4))
                : serialized;
        return new RawTransaction(serialized, stripped, inputs, outputs, witnesses, lockTime);
    }

    private static List<Input> readInputs(ConsensusReader reader) {
        int count = reader.readCount(SMALLEST_INPUT);
        List<Input> inputs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            inputs.add(new Input(
                    reader.readHash(), reader.readUnsignedInt(), reader.readVariableBytes(), reader.readUnsignedInt()));
        }
        return List.copyOf(inputs);
    }

    private static List<List<Bytes>> readWitnesses(ConsensusReader reader, int inputs) {
        List<List<Bytes>> witnesses = new ArrayList<>(inputs);
        boolean any = false;
        for (int i = 0; i < inputs; i++) {
            int count = reader.readCount(1);
            List<Bytes> stack = new ArrayList<>(count);
            for (int j = 0; j < count; j++) {
                stack.add(reader.readVariableBytes());
            }
            any |= count > 0;
            witnesses.add(List.copyOf(stack));
        }
        if (!any) {
            throw new MalformedDataException("superfluous witness record");
        }
        return List.copyOf(witnesses);
    }

    /** Whether it has marker, flag and witnesses. */
    public boolean hasWitness() {
        return !witnesses.isEmpty();
    }

    /** Whether it creates coins: one input that spends nothing. */
    public boolean isCoinbase() {
        return inputs.size() == 1
                && inputs.getFirst().previousTransaction().equals(U256.ZERO)
                && inputs.getFirst().previousIndex() == 0xffff_ffffL;
    }

    /** Its id: the double SHA-256 without witnesses. */
    public U256 id(DoubleSha256 hasher) {
        return hasher.hash(stripped);
    }

    /** Its witness id (BIP 141): the double SHA-256 of all its bytes. */
    public U256 witnessId(DoubleSha256 hasher) {
        return hasher.hash(serialized);
    }

    /** Its weight (BIP 141): three times the stripped size plus the size. */
    public int weight() {
        return 3 * stripped.length() + serialized.length();
    }
}
