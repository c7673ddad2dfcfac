package org.ehashpool.pool.template;

import java.util.Optional;
import java.util.OptionalInt;
import org.ehashpool.mining.coinbase.BlockHeight;
import org.ehashpool.mining.coinbase.CoinbaseFields;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.job.TemplateJobs;
import org.ehashpool.sv2.message.TemplateDistribution.NewTemplate;
import org.ehashpool.sv2.message.TemplateDistribution.SetNewPrevHash;
import org.ehashpool.sv2.type.U256;

/** What a template provider may say, looked at message by message. Answers are words for the operator. */
final class TemplateRules {
    /** A tree of 2^24 transactions is beyond what fits a block. */
    private static final int MAX_PATH = 24;

    private static final int MAX_EXTRANONCE = 32;

    /** Consensus: a block whose time is further in the future than two hours is not accepted. */
    private static final long MAX_FUTURE_SECONDS = 2 * 60 * 60;

    private TemplateRules() {}

    /** What is wrong with a template, if anything. */
    static Optional<String> fault(NewTemplate template, TemplateJobs.Settings settings) {
        if (template.merklePath().size() > MAX_PATH) {
            return Optional.of("a merkle path of " + template.merklePath().size() + " steps");
        }
        if (height(template).isEmpty()) {
            return Optional.of("a coinbase_prefix that does not begin with the block's height (BIP 34)");
        }
        int largest = settings.extranonceSizes().stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElse(MAX_EXTRANONCE);
        return switch (CoinbaseFields.ofTemplate(template, settings.payouts(), settings.tag(), 0, largest)) {
            case CoinbaseFields.Built built -> Optional.empty();
            case CoinbaseFields.Refused(CoinbaseFields.Refusal reason) ->
                Optional.of("a template that no coinbase transaction can be made for: " + words(reason));
        };
    }

    private static String words(CoinbaseFields.Refusal reason) {
        return switch (reason) {
            case PREFIX_TOO_LONG -> "its coinbase_prefix is longer than 8 bytes";
            case SCRIPT_TOO_LONG -> "the coinbase script would be longer than 100 bytes";
            case INVALID_OUTPUTS -> "its outputs are not what their count says";
            case INVALID_VALUE -> "its value is more than all bitcoin";
            case TOO_LARGE -> "the transaction would not fit a message";
        };
    }

    /** The height of the block that a template makes. */
    static OptionalInt height(NewTemplate template) {
        return BlockHeight.read(template.coinbasePrefix());
    }

    /**
     * What is wrong with the announcement of a previous hash, if anything.
     *
     * @param epochSeconds the present time
     */
    static Optional<String> fault(SetNewPrevHash message, long epochSeconds) {
        Optional<Target> target = Target.ofCompactBits(message.nBits());
        if (target.isEmpty()) {
            return Optional.of("nBits %08x, which are no target".formatted(message.nBits()));
        }
        // "this may be lower than the target implied by nBits" (section 7.3), never higher.
        if (Target.of(message.target()).compareTo(target.get()) > 0) {
            return Optional.of("a target above what its nBits %08x say".formatted(message.nBits()));
        }
        if (message.prevHash().equals(U256.ZERO)) {
            return Optional.of("a previous hash of zero");
        }
        if (message.headerTimestamp() > epochSeconds + MAX_FUTURE_SECONDS) {
            return Optional.of("a header_timestamp " + (message.headerTimestamp() - epochSeconds) + " s in the future");
        }
        return Optional.empty();
    }
}
