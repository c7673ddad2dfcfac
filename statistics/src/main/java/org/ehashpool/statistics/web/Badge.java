package org.ehashpool.statistics.web;

/**
 * A state in a word.
 *
 * @param tone {@code good}, {@code warn}, {@code bad}, or empty for neither
 */
public record Badge(String word, String tone) {
    public static final Badge OPEN = new Badge("open", "good");
    public static final Badge CLOSED = new Badge("closed", "");

    /** Of a service. */
    public static Badge service(String status) {
        return new Badge(
                status,
                switch (status) {
                    case "up" -> "good";
                    case "late" -> "warn";
                    case "down" -> "bad";
                    default -> "";
                });
    }

    /** Of a downstream. */
    public static Badge downstream(String state) {
        return new Badge(
                state.equals("stale") ? "not heard of" : state,
                switch (state) {
                    case "connected" -> "good";
                    case "stale" -> "warn";
                    default -> "";
                });
    }

    /** Of a block. */
    public static Badge block(String state) {
        return new Badge(
                state,
                switch (state) {
                    case "confirmed" -> "good";
                    case "found" -> "warn";
                    case "orphaned" -> "bad";
                    default -> "";
                });
    }

    /** Of a mint. */
    public static Badge mint(String state) {
        return new Badge(
                state.equals("stale") ? "not heard of" : state,
                switch (state) {
                    case "connected" -> "good";
                    case "away" -> "bad";
                    case "stale", "unbound" -> "warn";
                    default -> "";
                });
    }

    /** Of a quote, by whether something is left to be minted. */
    public static Badge quote(boolean unclaimed) {
        return unclaimed ? new Badge("unclaimed", "warn") : new Badge("minted", "good");
    }

    /** Of a translator's pool. */
    public static Badge upstream(boolean inUse, boolean heard) {
        if (!heard) {
            return new Badge("not heard of", "warn");
        }
        return inUse ? new Badge("in use", "good") : new Badge("spare", "");
    }

    /** Of what moved ecash. */
    public static Badge operation(String state) {
        return new Badge(
                state,
                switch (state) {
                    case "done" -> "good";
                    case "open" -> "warn";
                    case "failed" -> "bad";
                    default -> "";
                });
    }
}
