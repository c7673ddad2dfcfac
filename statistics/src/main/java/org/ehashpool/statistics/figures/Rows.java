package org.ehashpool.statistics.figures;

import java.util.List;

/**
 * Rows of a long table.
 *
 * @param total of all rows that the search finds
 * @param offset of the first one here
 * @param limit how many were asked for at most
 */
public record Rows<T>(long total, int offset, int limit, List<T> rows) {
    public Rows {
        rows = List.copyOf(rows);
    }
}
