package org.ehashpool.statistics.fold;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Bounds on what senders call things: how long a name is, and how many different ones of a kind a sender has. */
final class Names {
    /** For the names beyond the bound. */
    static final String OTHER = "other";

    private static final int LONGEST = 255;
    private static final int MOST = 64;

    private record Kind(int sender, String name) {}

    private final Map<Kind, Set<String>> known = new HashMap<>();

    static String cut(@Nullable String name) {
        if (name == null) {
            return "";
        }
        if (name.length() <= LONGEST) {
            return name;
        }
        // Half a character would be no text.
        int end = Character.isHighSurrogate(name.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return name.substring(0, end);
    }

    String bounded(int sender, String kind, @Nullable String name) {
        String cut = cut(name);
        Set<String> names = known.computeIfAbsent(new Kind(sender, kind), first -> new HashSet<>());
        if (names.contains(cut)) {
            return cut;
        }
        return names.size() < MOST && names.add(cut) ? cut : OTHER;
    }
}
