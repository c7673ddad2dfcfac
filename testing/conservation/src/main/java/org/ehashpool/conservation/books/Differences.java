package org.ehashpool.conservation.books;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What does not agree: all of it counted, some of it named. */
public final class Differences {
    private static final int NAMED = 5;

    private final Map<String, Long> counts = new LinkedHashMap<>();
    private final Map<String, List<String>> examples = new LinkedHashMap<>();

    /** Adds one. */
    public void add(String kind, String which) {
        counts.merge(kind, 1L, Long::sum);
        List<String> named = examples.computeIfAbsent(kind, first -> new ArrayList<>());
        if (named.size() < NAMED) {
            named.add(which);
        }
    }

    /** Adds one unless both are the same. */
    public void unlessEqual(String kind, Object one, Object other) {
        if (!one.equals(other)) {
            add(kind, one + " and " + other);
        }
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return counts.isEmpty();
    }

    /** A line for each kind. */
    public List<String> lines() {
        return counts.entrySet().stream()
                .map(entry -> "%s: %,d (%s)"
                        .formatted(
                                entry.getKey(),
                                entry.getValue(),
                                String.join("; ", Objects.requireNonNull(examples.get(entry.getKey())))))
                .toList();
    }
}
