package org.ehashpool.mining.server;

import org.ehashpool.mining.coinbase.CoinbaseFields;
import org.ehashpool.sv2.message.Mining.SetCustomMiningJob;
import org.ehashpool.sv2.type.Text;

/**
 * Whether a miner's own job is to be paid for: job declaration knows. It is asked after everything that needs only the
 * message and the chain tip has been checked, and must not block.
 */
@FunctionalInterface
public interface CustomJobs {
    /** Refuses all, whatever else is wrong with them: a pool without job declaration. */
    CustomJobs UNSUPPORTED = new CustomJobs() {
        @Override
        public Decision decide(Request request) {
            return new Refused(CustomJobError.NOT_SUPPORTED);
        }

        @Override
        public boolean isSupported() {
            return false;
        }
    };

    /** Whether any job can be accepted. */
    default boolean isSupported() {
        return true;
    }

    /** The answer, or that it comes later through {@link ServerChannels#decideCustomJob}. */
    Decision decide(Request request);

    /**
     * A job that somebody wants to be paid for.
     *
     * @param message as it came
     * @param coinbase its coinbase transaction
     * @param userIdentity the channel's; of a group, its first member's
     */
    record Request(SetCustomMiningJob message, CoinbaseFields coinbase, Text userIdentity) {}

    /** An answer. */
    sealed interface Decision {}

    /** The job is paid for. */
    record Accepted() implements Decision {}

    /**
     * It is not.
     *
     * @param error why
     */
    record Refused(CustomJobError error) implements Decision {}

    /** To be decided later. */
    record Deferred() implements Decision {}
}
