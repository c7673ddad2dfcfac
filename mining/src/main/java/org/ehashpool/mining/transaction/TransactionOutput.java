package org.ehashpool.mining.transaction;

import java.util.ArrayList;
import java.util.List;
import org.ehashpool.sv2.type.Bytes;

/**
 * An output of a transaction.
 *
 * @param value in satoshis, 0 to {@link #MAX_MONEY}
 * @param script its locking script
 */
public record TransactionOutput(long value, Bytes script) {
    /** 21 million bitcoin in satoshis: no valid amount is larger. */
    public static final long MAX_MONEY = 2_100_000_000_000_000L;

    /** The bytes of an output with an empty script. */
    static final int SMALLEST = 9;

    /**
     * An output.
     *
     * @throws IllegalArgumentException if the value is outside 0 to {@link #MAX_MONEY}
     */
    public TransactionOutput {
        requireAmount(value);
    }

    /**
     * Checks an amount.
     *
     * @param value in satoshis
     * @throws IllegalArgumentException if it is outside 0 to {@link #MAX_MONEY}
     */
    public static void requireAmount(long value) {
        if (value < 0 || value > MAX_MONEY) {
            throw new IllegalArgumentException(
                    "outside 0 to " + MAX_MONEY + " satoshis: " + Long.toUnsignedString(value));
        }
    }

    /** The number of bytes when serialised. */
    public int size() {
        return 8 + CompactSize.length(script.length()) + script.length();
    }

    /**
     * Writes it as consensus demands.
     *
     * @return the index after the last byte written
     */
    public int write(byte[] target, int offset) {
        for (int i = 0; i < 8; i++) {
            target[offset + i] = (byte) (value >>> (8 * i));
        }
        return script.copyTo(target, CompactSize.write(script.length(), target, offset + 8));
    }

    /** As consensus demands. */
    public Bytes serialized() {
        byte[] bytes = new byte[size()];
        write(bytes, 0);
        return Bytes.of(bytes);
    }

    /**
     * So many outputs that follow one another without a count in front, as in NewTemplate.
     *
     * @throws MalformedDataException if the bytes are something else
     */
    public static List<TransactionOutput> readAll(Bytes source, long count) {
        if (count < 0 || count > source.length() / SMALLEST) {
            throw new MalformedDataException(count + " outputs in " + source.length() + " bytes");
        }
        ConsensusReader reader = new ConsensusReader(source);
        List<TransactionOutput> outputs = read(reader, (int) count);
        reader.requireEnd();
        return outputs;
    }

    /**
     * Outputs behind their compact-size count, as in SetCustomMiningJob.
     *
     * @throws MalformedDataException if the bytes are something else
     */
    public static List<TransactionOutput> readCounted(Bytes source) {
        ConsensusReader reader = new ConsensusReader(source);
        List<TransactionOutput> outputs = read(reader, reader.readCount(SMALLEST));
        reader.requireEnd();
        return outputs;
    }

    static List<TransactionOutput> read(ConsensusReader reader, int count) {
        List<TransactionOutput> outputs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long value = reader.readLong();
            if (value < 0 || value > MAX_MONEY) {
                throw new MalformedDataException("output of " + Long.toUnsignedString(value) + " satoshis");
            }
            outputs.add(new TransactionOutput(value, reader.readVariableBytes()));
        }
        return List.copyOf(outputs);
    }
}
