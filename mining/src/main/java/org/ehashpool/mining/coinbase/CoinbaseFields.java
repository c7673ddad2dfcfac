package org.ehashpool.mining.coinbase;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ehashpool.mining.header.Block;
import org.ehashpool.mining.transaction.CompactSize;
import org.ehashpool.mining.transaction.MalformedDataException;
import org.ehashpool.mining.transaction.TransactionOutput;
import org.ehashpool.sv2.message.Mining.SetCustomMiningJob;
import org.ehashpool.sv2.message.TemplateDistribution.NewTemplate;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U32;

/**
 * What a coinbase transaction consists of, but for its extranonce.
 *
 * @param version nVersion
 * @param scriptStart the script before the extranonce
 * @param sequence nSequence
 * @param outputs all outputs
 * @param lockTime nLockTime
 */
public record CoinbaseFields(
        @U32 long version,
        Bytes scriptStart,
        @U32 long sequence,
        List<TransactionOutput> outputs,
        @U32 long lockTime) {
    /** The most bytes of a coinbase script that consensus allows. */
    public static final int MAX_SCRIPT = 100;

    /** The longest {@code coinbase_prefix} of a template: "Up to 8 bytes". */
    public static final int MAX_TEMPLATE_PREFIX = 8;

    private static final int MAX_DIRECT_PUSH = 75;
    private static final int MAX_MESSAGE_BYTES = 0xffff;
    /** Room for what a message has beside these outputs: nSequence, count, nLockTime, and a solo miner's output. */
    private static final int REST_OF_SUFFIX = 256;

    /** With the list as it is now. */
    public CoinbaseFields {
        outputs = List.copyOf(outputs);
    }

    /** Why no coinbase transaction can be made. */
    public enum Refusal {
        /** The template's part of the script is longer than 8 bytes. */
        PREFIX_TOO_LONG,
        /** The script with tag and extranonce would be longer than 100 bytes. */
        SCRIPT_TOO_LONG,
        /** The template's outputs are not what their count says, or no outputs at all. */
        INVALID_OUTPUTS,
        /** The reward is more than all bitcoin. */
        INVALID_VALUE,
        /** The transaction does not fit a message. */
        TOO_LARGE
    }

    /** The outcome of building. */
    public sealed interface Result {}

    /**
     * It worked.
     *
     * @param fields what it gave
     */
    public record Built(CoinbaseFields fields) implements Result {}

    /**
     * It did not.
     *
     * @param reason why
     */
    public record Refused(Refusal reason) implements Result {}

    /**
     * The coinbase transaction of a template: script = the template's prefix, a push of the tag, a push of the job's
     * number, and the opcode that pushes the extranonce; outputs = ours, then the template's, which "appear as is at the
     * end". nVersion, nSequence and nLockTime are the template's, so that BIP 54 holds where the template obeys it.
     *
     * <p>The job's number makes every job's headers its own: without it, two jobs of equal content but different targets
     * would let a miner choose, for each hash, the one that pays more.
     *
     * @param payouts who is paid {@code coinbase_tx_value_remaining}
     * @param tag the pool's mark, for instance its name; may be empty
     * @param jobNumber the job's number
     * @param extranonceSize the most bytes of extranonce that will be inserted
     */
    public static Result ofTemplate(
            NewTemplate template, PayoutOutputs payouts, Bytes tag, @U32 long jobNumber, int extranonceSize) {
        if (template.coinbasePrefix().length() > MAX_TEMPLATE_PREFIX) {
            return new Refused(Refusal.PREFIX_TOO_LONG);
        }
        int scriptLength = template.coinbasePrefix().length() + pushLength(tag.length()) + 5 + 1 + extranonceSize;
        if (tag.length() > MAX_DIRECT_PUSH || scriptLength > MAX_SCRIPT) {
            return new Refused(Refusal.SCRIPT_TOO_LONG);
        }
        long value = template.coinbaseTxValueRemaining();
        if (value < 0 || value > TransactionOutput.MAX_MONEY) {
            return new Refused(Refusal.INVALID_VALUE);
        }
        List<TransactionOutput> outputs = new ArrayList<>(payouts.split(value));
        try {
            outputs.addAll(TransactionOutput.readAll(template.coinbaseTxOutputs(), template.coinbaseTxOutputsCount()));
        } catch (MalformedDataException e) {
            return new Refused(Refusal.INVALID_OUTPUTS);
        }
        Bytes number = Bytes.of((byte) 4, (byte) jobNumber, (byte) (jobNumber >>> 8), (byte) (jobNumber >>> 16), (byte)
                (jobNumber >>> 24));
        CoinbaseFields fields = new CoinbaseFields(
                template.coinbaseTxVersion(),
                Bytes.concat(template.coinbasePrefix(), push(tag), number),
                template.coinbaseTxInputSequence(),
                outputs,
                template.coinbaseTxLocktime());
        return fields.outputsSize() > MAX_MESSAGE_BYTES - REST_OF_SUFFIX
                ? new Refused(Refusal.TOO_LARGE)
                : new Built(fields);
    }

    /**
     * The coinbase transaction of a custom job: its script is the message's prefix with nothing between it and the
     * extranonce. The prefix may be longer than the 8 bytes that the specification mentions, because declarators put
     * their tag there.
     */
    public static Result ofCustomJob(SetCustomMiningJob job, int extranonceSize) {
        if (job.coinbasePrefix().length() + extranonceSize > MAX_SCRIPT) {
            return new Refused(Refusal.SCRIPT_TOO_LONG);
        }
        List<TransactionOutput> outputs;
        try {
            outputs = TransactionOutput.readCounted(job.coinbaseTxOutputs());
        } catch (MalformedDataException e) {
            return new Refused(Refusal.INVALID_OUTPUTS);
        }
        if (outputs.isEmpty()) {
            return new Refused(Refusal.INVALID_OUTPUTS);
        }
        long total = 0;
        for (TransactionOutput output : outputs) {
            total += output.value();
            if (total > TransactionOutput.MAX_MONEY) {
                return new Refused(Refusal.INVALID_VALUE);
            }
        }
        CoinbaseFields fields = new CoinbaseFields(
                job.coinbaseTxVersion(),
                job.coinbasePrefix(),
                job.coinbaseTxInputNSequence(),
                outputs,
                job.coinbaseTxLocktime());
        return fields.outputsSize() > MAX_MESSAGE_BYTES - REST_OF_SUFFIX
                ? new Refused(Refusal.TOO_LARGE)
                : new Built(fields);
    }

    /** These fields with another number in place of a template job's own: see {@link #ofTemplate}. */
    public CoinbaseFields withJobNumber(@U32 long jobNumber) {
        byte[] script = scriptStart.toByteArray();
        for (int i = 0; i < 4; i++) {
            script[script.length - 4 + i] = (byte) (jobNumber >>> (8 * i));
        }
        return new CoinbaseFields(version, Bytes.of(script), sequence, outputs, lockTime);
    }

    /** These fields with other outputs in place of the first so many. */
    public CoinbaseFields withFirstOutputs(int count, List<TransactionOutput> others) {
        List<TransactionOutput> all = new ArrayList<>(others);
        all.addAll(outputs.subList(count, outputs.size()));
        return new CoinbaseFields(version, scriptStart, sequence, all, lockTime);
    }

    /** The transaction around an extranonce of this size that is pushed by an opcode of its own. */
    public Coinbase aroundPushed(int extranonceSize) {
        return around(Bytes.concat(scriptStart, Bytes.of((byte) extranonceSize)), extranonceSize);
    }

    /** The transaction around an extranonce of this size that follows the script's start immediately. */
    public Coinbase around(int extranonceSize) {
        return around(scriptStart, extranonceSize);
    }

    private Coinbase around(Bytes start, int extranonceSize) {
        int scriptLength = start.length() + extranonceSize;
        if (scriptLength > MAX_SCRIPT) {
            throw new IllegalArgumentException("coinbase script of " + scriptLength + " bytes");
        }
        byte[] prefix = new byte[4 + 1 + 36 + 1 + start.length()];
        writeInt(version, prefix, 0);
        prefix[4] = 1;
        for (int i = 37; i < 41; i++) {
            prefix[i] = (byte) 0xff;
        }
        prefix[41] = (byte) scriptLength;
        start.copyTo(prefix, 42);
        byte[] suffix = new byte[4 + CompactSize.length(outputs.size()) + outputsSize() + 4];
        writeInt(sequence, suffix, 0);
        int position = CompactSize.write(outputs.size(), suffix, 4);
        for (TransactionOutput output : outputs) {
            position = output.write(suffix, position);
        }
        writeInt(lockTime, suffix, position);
        return new Coinbase(Bytes.of(prefix), Bytes.of(suffix), commitsToWitnesses());
    }

    /** The height at the beginning of the script (BIP 34), where there is one. */
    public Optional<Integer> height() {
        return BlockHeight.read(scriptStart).stream().boxed().findFirst();
    }

    /**
     * Whether some output commits to witnesses: then the transaction has BIP 141 fields. "NewTemplate.coinbase_tx_outputs
     * MUST carry the witness commitment. The witness reserved value … is assumed to be 32 bytes of 0x00" (section 7.2).
     */
    public boolean commitsToWitnesses() {
        return outputs.stream().anyMatch(output -> Block.isWitnessCommitment(output.script()));
    }

    private int outputsSize() {
        int size = 0;
        for (TransactionOutput output : outputs) {
            size += output.size();
        }
        return size;
    }

    private static Bytes push(Bytes data) {
        return data.isEmpty() ? Bytes.EMPTY : Bytes.concat(Bytes.of((byte) data.length()), data);
    }

    private static int pushLength(int length) {
        return length == 0 ? 0 : 1 + length;
    }

    private static void writeInt(@U32 long number, byte[] target, int offset) {
        for (int i = 0; i < 4; i++) {
            target[offset + i] = (byte) (number >>> (8 * i));
        }
    }
}
