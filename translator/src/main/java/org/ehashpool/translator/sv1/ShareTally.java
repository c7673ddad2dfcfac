package org.ehashpool.translator.sv1;

import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The shares of a connection. For one event loop. */
final class ShareTally {
    /** Reasons are upstream's to word: so many are kept apart. */
    static final int MOST_REASONS = 16;

    private static final String ANY_OTHER = "other-reasons";

    private final ShareObserver observer;
    private final Map<String, Long> refused = new TreeMap<>();
    private long accepted;
    private long stale;
    private long unconfirmed;
    private long lastAccepted;

    ShareTally(ShareObserver observer) {
        this.observer = observer;
    }

    void accepted(long now) {
        accepted++;
        lastAccepted = now;
        observer.accepted();
    }

    void refused(Sv1Error error, String reason) {
        String key = refused.containsKey(reason) || refused.size() < MOST_REASONS ? reason : ANY_OTHER;
        refused.merge(key, 1L, Long::sum);
        if (error == Sv1Error.JOB_NOT_FOUND) {
            stale++;
        }
        observer.refused(error);
    }

    void unconfirmed() {
        unconfirmed++;
        observer.unconfirmed();
    }

    ShareFigures figures() {
        return new ShareFigures(
                accepted,
                refused,
                stale,
                unconfirmed,
                accepted == 0 ? OptionalLong.empty() : OptionalLong.of(lastAccepted));
    }
}
