package org.ehashpool.pool.template;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.ehashpool.sv2.type.U256;

/**
 * How the template side stands. Immutable.
 *
 * @param active the provider followed
 * @param providers in order of preference
 * @param lastTemplate when the active provider sent its last template
 * @param switches how often another provider was followed
 * @param transactionTemplates templates whose transactions are kept
 * @param transactionBytes their size in memory
 */
record FeedStatus(
        OptionalInt active,
        List<ProviderStatus> providers,
        Optional<Instant> lastTemplate,
        long switches,
        int transactionTemplates,
        long transactionBytes) {

    FeedStatus {
        providers = List.copyOf(providers);
    }

    /** What a provider is good for now. */
    enum State {
        /** No connection. */
        DISCONNECTED,
        /** Connected, nothing to work on yet. */
        CONNECTED,
        /** It broke a rule and is left alone for a while. */
        ASIDE,
        /** No template for longer than allowed. */
        STALE,
        /** Its chain is shorter than the one worked on. */
        BEHIND,
        /** Ready to be followed. */
        STANDBY,
        /** Followed. */
        ACTIVE;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One provider.
     *
     * @param name HOST:PORT
     * @param authenticated whether its key is pinned
     * @param state what it is good for
     * @param lastFailure why it was left last; empty if it never was
     * @param tip the block that its chain ends with, and that block's height
     * @param templateId its own name for its present template
     * @param lastTemplate when its last template came
     * @param templates how many came, over all connections
     * @param lies rules broken, not yet forgiven
     * @param tipLagMillis how long after the first provider it named its present tip; empty until it named one by itself
     */
    record ProviderStatus(
            String name,
            boolean authenticated,
            State state,
            String lastFailure,
            Optional<Tip> tip,
            Optional<Long> templateId,
            Optional<Instant> lastTemplate,
            long templates,
            int lies,
            Optional<Long> tipLagMillis) {}

    /**
     * The end of a chain.
     *
     * @param difficulty of the next block, by the usual difficulty 1; empty where its bits are no target
     */
    record Tip(U256 hash, int height, Optional<Double> difficulty) {}
}
