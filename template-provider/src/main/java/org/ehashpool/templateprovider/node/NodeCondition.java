package org.ehashpool.templateprovider.node;

import java.util.Locale;

/**
 * How the node is, in words for an operator.
 *
 * @param kind one of a few
 * @param words what is the matter, and where possible what to do
 */
public record NodeCondition(Kind kind, String words) {

    /** For logs, metrics and {@code /api/v1/state}. */
    public enum Kind {
        /** Not heard of yet. */
        CONNECTING,
        /** Works. */
        READY,
        /** Does not answer. */
        AWAY,
        /** Does not know us. */
        UNAUTHORIZED,
        /** Answers, but is still starting. */
        WARMING_UP,
        /** Follows another chain than the configuration says. */
        WRONG_NETWORK,
        /** Downloads the chain. */
        SYNCING,
        /** Knows no other node. */
        NO_PEERS,
        /** Answers with errors, or with what makes no sense. */
        FAULTY;

        /** In lower snake case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static final NodeCondition CONNECTING = new NodeCondition(Kind.CONNECTING, "no answer of the node yet");

    /** Whether its templates are good to be mined. */
    public boolean isReady() {
        return kind == Kind.READY;
    }
}
