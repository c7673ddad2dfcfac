package org.ehashpool.mint.manage;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ehashpool.cashu.keyset.KeysetId;
import org.ehashpool.kit.http.Health;
import org.ehashpool.mint.events.MintEvents;
import org.ehashpool.mint.store.StoredKeyset;

/**
 * When the keysets that sign expire. From then on their units mint and swap nothing until they are rotated, so their
 * operator is told ahead: once at each of {@link #LEADS}, and when it has happened. Confined to one thread at a time.
 */
final class KeysetExpiry {

    /** How long before, the longest first. */
    static final List<Duration> LEADS =
            List.of(Duration.ofDays(30), Duration.ofDays(7), Duration.ofDays(1), Duration.ofHours(1), Duration.ZERO);

    /** Of each unit that has a keyset which signs, that one. */
    private volatile Map<String, StoredKeyset> signing = Map.of();
    /** How many of the leads were told of. */
    private final Map<KeysetId, Integer> told = new HashMap<>();

    /** What there is now: tells what has to be told. */
    void look(List<StoredKeyset> keysets, Instant now) {
        Map<String, StoredKeyset> active = new TreeMap<>();
        keysets.stream().filter(StoredKeyset::active).forEach(keyset -> active.put(keyset.unit(), keyset));
        signing = Map.copyOf(active);
        told.keySet()
                .removeIf(id ->
                        active.values().stream().noneMatch(keyset -> keyset.id().equals(id)));
        for (StoredKeyset keyset : active.values()) {
            left(keyset, now).ifPresent(left -> {
                int due = (int)
                        LEADS.stream().filter(lead -> left.compareTo(lead) <= 0).count();
                if (due > told.getOrDefault(keyset.id(), 0)) {
                    told.put(keyset.id(), due);
                    if (due == LEADS.size()) {
                        MintEvents.keysetExpired(keyset.unit(), keyset.id().toString());
                    } else {
                        MintEvents.keysetExpires(keyset.unit(), keyset.id().toString(), left.toSeconds());
                    }
                }
            });
        }
    }

    private static Optional<Duration> left(StoredKeyset keyset, Instant now) {
        return keyset.finalExpiry().isEmpty()
                ? Optional.empty()
                : Optional.of(Duration.between(
                        now, Instant.ofEpochSecond(keyset.finalExpiry().getAsLong())));
    }

    /** Until the unit's keyset that signs expires, below 0 since it has; infinite if it never does, or there is none. */
    double seconds(String unit, Instant now) {
        return Optional.ofNullable(signing.get(unit))
                .flatMap(keyset -> left(keyset, now))
                .map(left -> (double) left.toSeconds())
                .orElse(Double.POSITIVE_INFINITY);
    }

    /** A unit whose keyset has expired can do nothing: the mint is not ready. */
    Health health(Instant now) {
        Map<String, StoredKeyset> present = new TreeMap<>(signing);
        StringBuilder words = new StringBuilder();
        boolean expired = false;
        for (StoredKeyset keyset : present.values()) {
            if (keyset.finalExpiry().isPresent()) {
                expired |= keyset.expired(now);
                words.append(words.isEmpty() ? "" : "; ")
                        .append(keyset.unit())
                        .append(keyset.expired(now) ? ": expired at " : ": signs until ")
                        .append(Instant.ofEpochSecond(keyset.finalExpiry().getAsLong()))
                        .append(keyset.expired(now) ? ", rotate it" : "");
            }
        }
        if (expired) {
            return Health.down(words.toString());
        }
        return Health.up(words.isEmpty() ? "no keyset that signs expires" : words.toString());
    }
}
