package org.ehashpool.kit.config;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The known key that an unknown one was probably meant to be. */
final class Suggestions {
    private static final int LONGEST = 100;

    private final List<String> known;

    Suggestions(List<String> known) {
        this.known = known;
    }

    /** The closest by edits of the whole path, else one with the same last part: {@code listen}, {@code http.listen}. */
    Optional<String> closest(String unknown) {
        if (unknown.length() > LONGEST) {
            return Optional.empty();
        }
        int allowed = Math.max(2, lastPart(unknown).length() / 3);
        Optional<String> byEdits = known.stream()
                .filter(key -> distance(key, unknown) <= allowed)
                .min(Comparator.comparingInt(key -> distance(key, unknown)));
        return byEdits.or(() -> known.stream()
                .filter(key -> lastPart(key).equals(lastPart(unknown)))
                .findFirst());
    }

    private static String lastPart(String key) {
        return key.substring(key.lastIndexOf('.') + 1);
    }

    /** Insertions, deletions, replacements and swaps of neighbours that make one text the other. */
    static int distance(String left, String right) {
        int[][] distance = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                if (i == 0 || j == 0) {
                    distance[i][j] = i + j;
                    continue;
                }
                int replaced = distance[i - 1][j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                distance[i][j] = Math.min(replaced, 1 + Math.min(distance[i - 1][j], distance[i][j - 1]));
                boolean swapped = i > 1
                        && j > 1
                        && left.charAt(i - 1) == right.charAt(j - 2)
                        && left.charAt(i - 2) == right.charAt(j - 1);
                if (swapped) {
                    distance[i][j] = Math.min(distance[i][j], distance[i - 2][j - 2] + 1);
                }
            }
        }
        return distance[left.length()][right.length()];
    }
}
