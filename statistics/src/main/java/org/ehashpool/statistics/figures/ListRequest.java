package org.ehashpool.statistics.figures;

/**
 * Which rows of a long table are wanted.
 *
 * @param search a part of a name, vendor or address; empty for all
 * @param kind of a downstream; empty for all
 * @param sort the name of a column, empty for the table's own order
 * @param descending whether the greatest comes first
 * @param offset rows to leave out
 * @param limit rows at most
 */
public record ListRequest(String search, String kind, String sort, boolean descending, int offset, int limit) {
    /** A search longer than this is cut. */
    public static final int LONGEST_SEARCH = 100;

    public ListRequest {
        search = search.length() > LONGEST_SEARCH ? search.substring(0, LONGEST_SEARCH) : search;
    }

    /** For {@code ilike}: what is searched for, wherever it stands. */
    String pattern() {
        return "%" + search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }
}
