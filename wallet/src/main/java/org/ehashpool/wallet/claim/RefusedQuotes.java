package org.ehashpool.wallet.claim;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Quotes that a mint lists and says to have issued already. Each claim costs rows, so they are not claimed again at
 * once. Of so many that they do not fit, the oldest are forgotten.
 */
final class RefusedQuotes {

    static final int MOST = 10_000;
    static final Duration PAUSE = Duration.ofHours(6);

    private final Map<String, Instant> until = new LinkedHashMap<>();

    void add(String quote, Instant now) {
        until.remove(quote);
        until.put(quote, now.plus(PAUSE));
        if (until.size() > MOST) {
            until.remove(until.keySet().iterator().next());
        }
    }

    boolean contains(String quote, Instant now) {
        Instant end = until.get(quote);
        return end != null && now.isBefore(end);
    }
}
