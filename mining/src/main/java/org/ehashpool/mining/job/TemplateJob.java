package org.ehashpool.mining.job;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.ehashpool.mining.coinbase.CoinbaseFields;
import org.ehashpool.mining.coinbase.PayoutOutputs;
import org.ehashpool.mining.coinbase.SoloPayout;
import org.ehashpool.mining.merkle.MerklePath;
import org.ehashpool.mining.transaction.TransactionOutput;
import org.ehashpool.sv2.message.Mining.NewExtendedMiningJob;
import org.ehashpool.sv2.type.U32;
import org.ehashpool.sv2.type.U64;

/**
 * A job made from a template, in one form for each size of extranonce, with the messages for their groups ready. One
 * instance serves all connections, which is why the messages are the same objects for all: what encodes them can do so
 * once. Immutable.
 */
public final class TemplateJob {
    private final long templateId;
    private final long id;
    private final long version;
    private final boolean versionRollingAllowed;
    private final MerklePath path;
    private final CoinbaseFields fields;
    private final PayoutOutputs payouts;
    private final long reward;
    private final OptionalLong minimumTime;
    private final List<Job.Extended> forms;
    private final List<NewExtendedMiningJob> messages;

    /**
     * A job.
     *
     * @param fields whose first outputs are the payouts
     * @param payouts who shares the reward
     */
    TemplateJob(
            @U64 long templateId,
            @U32 long id,
            @U32 long version,
            boolean versionRollingAllowed,
            MerklePath path,
            CoinbaseFields fields,
            PayoutOutputs payouts,
            OptionalLong minimumTime,
            List<Integer> extranonceSizes) {
        this.templateId = templateId;
        this.id = id;
        this.version = version;
        this.versionRollingAllowed = versionRollingAllowed;
        this.path = path;
        this.fields = fields;
        this.payouts = payouts;
        reward = fields.outputs().stream()
                .limit(payouts.parts().size())
                .mapToLong(TransactionOutput::value)
                .sum();
        this.minimumTime = minimumTime;
        List<Job.Extended> made = new ArrayList<>(extranonceSizes.size());
        List<NewExtendedMiningJob> addressed = new ArrayList<>(extranonceSizes.size());
        for (int size : extranonceSizes) {
            Job.Extended form = form(id, fields, size);
            addressed.add(form.message(groupChannelId(made.size()), minimumTime));
            made.add(form);
        }
        forms = List.copyOf(made);
        messages = List.copyOf(addressed);
    }

    /**
     * The channel id of the group for the extranonce size at this place: the same on every connection, so that a group's
     * messages are too.
     */
    public static @U32 long groupChannelId(int sizeIndex) {
        return sizeIndex + 1L;
    }

    private Job.Extended form(@U32 long number, CoinbaseFields numbered, int size) {
        return new Job.Extended(
                number,
                new JobOrigin.Template(templateId),
                version,
                versionRollingAllowed,
                path,
                numbered.aroundPushed(size),
                size);
    }

    /** Its number. */
    public @U32 long id() {
        return id;
    }

    /** The template provider's name for its template. */
    public @U64 long templateId() {
        return templateId;
    }

    /** Empty for a future job. */
    public OptionalLong minimumTime() {
        return minimumTime;
    }

    /** The coinbase transaction's fields. */
    public CoinbaseFields fields() {
        return fields;
    }

    /** The job for the extranonce size at this place. */
    public Job.Extended form(int sizeIndex) {
        return forms.get(sizeIndex);
    }

    /** The message to the group for the extranonce size at this place, always the same object. */
    public NewExtendedMiningJob groupMessage(int sizeIndex) {
        return messages.get(sizeIndex);
    }

    /** The same work under a number of its own, so with headers of its own, for the extranonce size at this place. */
    public Job.Extended renumbered(@U32 long number, int sizeIndex) {
        return form(number, fields.withJobNumber(number), forms.get(sizeIndex).extranonceSize());
    }

    /** The job with a solo miner's outputs in place of the pool's, for the extranonce size at this place. Made anew. */
    public Job.Extended paying(SoloPayout payout, int sizeIndex) {
        return form(id, fieldsPaying(payout), forms.get(sizeIndex).extranonceSize());
    }

    /** {@link #paying} under a number of its own: see {@link #renumbered(long, int)}. */
    public Job.Extended renumbered(@U32 long number, SoloPayout payout, int sizeIndex) {
        return form(
                number,
                fieldsPaying(payout).withJobNumber(number),
                forms.get(sizeIndex).extranonceSize());
    }

    private CoinbaseFields fieldsPaying(SoloPayout payout) {
        return fields.withFirstOutputs(payouts.parts().size(), payout.split(reward, payouts));
    }
}
