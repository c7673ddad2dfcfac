package org.ehashpool.mining.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.ehashpool.mining.coinbase.CoinbaseFields;
import org.ehashpool.mining.coinbase.PayoutOutputs;
import org.ehashpool.mining.coinbase.SoloPayout;
import org.ehashpool.mining.merkle.MerklePath;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.TemplateDistribution.CoinbaseOutputConstraints;
import org.ehashpool.sv2.message.TemplateDistribution.NewTemplate;
import org.ehashpool.sv2.message.TemplateDistribution.SetNewPrevHash;
import org.ehashpool.sv2.type.Bytes;

/**
 * Makes jobs from a template provider's messages. Its results are immutable and may be passed to any thread; itself it is
 * not for use by several threads at once. It starts again with each template provider: see {@link #forgetFutures}.
 *
 * @see <a href="https://github.com/stratum-mining/sv2-spec/blob/main/07-Template-Distribution-Protocol.md">Stratum V2,
 *     sections 7.2 and 7.3</a>
 */
public final class TemplateJobs {
    private static final int MAX_FUTURES = 8;
    /** A tree of 2^24 transactions is beyond what fits a block. */
    private static final int MAX_PATH = 24;

    private final Settings settings;
    private final JobNumbers numbers;
    private final List<TemplateJob> futures = new ArrayList<>();
    private Optional<JobSnapshot.Active> active = Optional.empty();

    /**
     * What is the same for all jobs.
     *
     * @param payouts who is paid
     * @param tag the pool's mark in the coinbase script, may be empty
     * @param extranonceSizes sizes of a whole extranonce, each with a group of its own
     * @param versionRollingAllowed whether miners may change the header's version
     * @param soloMiners whether some may be paid by their own blocks, which needs room for an output more
     */
    public record Settings(
            PayoutOutputs payouts,
            Bytes tag,
            List<Integer> extranonceSizes,
            boolean versionRollingAllowed,
            boolean soloMiners) {
        /** With the list as it is now. */
        public Settings {
            extranonceSizes = List.copyOf(extranonceSizes);
        }

        /** Without solo miners. */
        public Settings(
                PayoutOutputs payouts, Bytes tag, List<Integer> extranonceSizes, boolean versionRollingAllowed) {
            this(payouts, tag, extranonceSizes, versionRollingAllowed, false);
        }

        /** The same for other payouts. */
        public Settings withPayouts(PayoutOutputs changed) {
            return new Settings(changed, tag, extranonceSizes, versionRollingAllowed, soloMiners);
        }

        /**
         * The room that the outputs of any job may need, for the template provider (section 7.1).
         *
         * @throws IllegalArgumentException if the message cannot express it
         */
        public CoinbaseOutputConstraints constraints() {
            return soloMiners ? SoloPayout.constraints(payouts) : payouts.constraints();
        }
    }

    /** With no job yet. */
    public TemplateJobs(Settings settings, JobNumbers numbers) {
        this.settings = settings;
        this.numbers = numbers;
    }

    /** Why a message of the template provider was not followed: each breaks the specification. */
    public enum Refusal {
        /** A template that no coinbase transaction can be made for. */
        INVALID_COINBASE,
        /** A merkle path longer than any block's. */
        PATH_TOO_LONG,
        /** A template for the present previous hash before there is one. */
        NO_PREVIOUS_HASH,
        /** A previous hash with a template that was not sent as a future one. */
        UNKNOWN_TEMPLATE,
        /** Bits that are no target. */
        INVALID_BITS
    }

    /** The outcome of a message. */
    public sealed interface Result {}

    /**
     * Something to tell all connections.
     *
     * @param update it
     */
    public record Updated(JobUpdate update) implements Result {}

    /**
     * Nothing changed.
     *
     * @param reason why
     * @param detail more about it, for a log
     */
    public record Refused(Refusal reason, String detail) implements Result {}

    /** What holds now. */
    public JobSnapshot snapshot() {
        return new JobSnapshot(active, futures);
    }

    /** Forgets future templates, which only their own provider can name: it is gone, or asked for other outputs. */
    public void forgetFutures() {
        futures.clear();
    }

    /** A template becomes a job, a future one if the template is. */
    public Result onNewTemplate(NewTemplate template) {
        if (template.merklePath().size() > MAX_PATH) {
            return new Refused(Refusal.PATH_TOO_LONG, template.merklePath().size() + " steps");
        }
        if (!template.futureTemplate() && active.isEmpty()) {
            return new Refused(Refusal.NO_PREVIOUS_HASH, "template " + Long.toUnsignedString(template.templateId()));
        }
        OptionalLong minimumTime = template.futureTemplate()
                ? OptionalLong.empty()
                : OptionalLong.of(active.orElseThrow().tip().minimumTime());
        long number = numbers.next();
        int largest = settings.extranonceSizes().stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElseThrow();
        return switch (CoinbaseFields.ofTemplate(template, settings.payouts(), settings.tag(), number, largest)) {
            case CoinbaseFields.Refused(CoinbaseFields.Refusal reason) ->
                new Refused(Refusal.INVALID_COINBASE, reason.toString());
            case CoinbaseFields.Built(CoinbaseFields fields) -> {
                TemplateJob job = new TemplateJob(
                        template.templateId(),
                        number,
                        template.version(),
                        settings.versionRollingAllowed(),
                        MerklePath.of(template.merklePath()),
                        fields,
                        settings.payouts(),
                        minimumTime,
                        settings.extranonceSizes());
                yield template.futureTemplate() ? addFuture(job) : activate(job);
            }
        };
    }

    private Result addFuture(TemplateJob job) {
        if (futures.size() == MAX_FUTURES) {
            futures.removeFirst();
        }
        futures.add(job);
        return new Updated(new JobUpdate.FutureJob(job, snapshot()));
    }

    private Result activate(TemplateJob job) {
        ChainTip tip = active.orElseThrow().tip();
        active = Optional.of(new JobSnapshot.Active(job, tip));
        return new Updated(new JobUpdate.ActiveJob(job, tip, snapshot()));
    }

    /** A future job becomes the active one; the other future jobs are forgotten. */
    public Result onSetNewPrevHash(SetNewPrevHash message) {
        Optional<ChainTip> tip = ChainTip.of(message);
        if (tip.isEmpty()) {
            return new Refused(Refusal.INVALID_BITS, Long.toHexString(message.nBits()));
        }
        for (TemplateJob job : futures) {
            if (job.templateId() == message.templateId()) {
                return new Updated(activate(job, tip.get()));
            }
        }
        return new Refused(Refusal.UNKNOWN_TEMPLATE, "template " + Long.toUnsignedString(message.templateId()));
    }

    private JobUpdate activate(TemplateJob job, ChainTip tip) {
        boolean changed = !active.map(before -> before.tip().previousHash().equals(tip.previousHash()))
                .orElse(false);
        active = Optional.of(new JobSnapshot.Active(job, tip));
        forgetFutures();
        List<Mining.SetNewPrevHash> messages = new ArrayList<>();
        for (int i = 0; i < settings.extranonceSizes().size(); i++) {
            messages.add(JobUpdate.NewTip.message(TemplateJob.groupChannelId(i), job.id(), tip));
        }
        return new JobUpdate.NewTip(job, tip, changed, messages, snapshot());
    }
}
