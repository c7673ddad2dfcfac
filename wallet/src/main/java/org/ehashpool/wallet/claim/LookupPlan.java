package org.ehashpool.wallet.claim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.wallet.store.LockingKey;

/**
 * Which keys to look quotes up by at one mint. The key in use and those that were in use lately have new quotes at any
 * time; older ones may still get one from a pool whose orders were late, so they are looked at now and then, for ever.
 */
final class LookupPlan {

    /** How long a key counts as recent after the next one came into use. */
    private static final Duration RECENT = Duration.ofDays(2);

    private static final Duration OLD_INTERVAL = Duration.ofHours(6);

    private final Map<PublicKey, Instant> looked = new HashMap<>();

    /**
     * The keys whose turn it is.
     *
     * @param keys of the seed, the newest first
     * @param given not the seed's: always
     */
    List<PublicKey> due(List<LockingKey> keys, List<PublicKey> given, Instant now) {
        List<PublicKey> due = new ArrayList<>(given);
        for (int i = 0; i < keys.size(); i++) {
            PublicKey key = keys.get(i).publicKey();
            boolean recent = i == 0 || !keys.get(i - 1).createdAt().plus(RECENT).isBefore(now);
            Instant last = looked.getOrDefault(key, Instant.MIN);
            if (recent || !last.isAfter(now.minus(OLD_INTERVAL))) {
                due.add(key);
            }
        }
        return due;
    }

    /** All of a key's quotes were seen. */
    void done(PublicKey key, Instant now) {
        looked.put(key, now);
    }
}
