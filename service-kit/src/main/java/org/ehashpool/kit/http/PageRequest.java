package org.ehashpool.kit.http;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is wanted, and in which order.
 *
 * @param offset how many to leave out
 * @param limit 1 to {@link #LARGEST_LIMIT}
 * @param sort the name of a field, empty for the order that the list has
 * @param descending whether the greatest comes first
 */
public record PageRequest(int offset, int limit, String sort, boolean descending) {
    /** The most that one answer holds. */
    public static final int LARGEST_LIMIT = 500;

    private static final int LIMIT = 50;

    /**
     * Reads {@code offset}, {@code limit} and {@code sort}, the last with a minus before it for the descending order.
     *
     * @throws ApiFailure of status 400 if one is out of range
     */
    public static PageRequest of(MultiMap parameters) {
        @Nullable String sort = parameters.get("sort");
        boolean descending = sort != null && sort.startsWith("-");
        return new PageRequest(
                number(parameters, "offset", 0, 0, Integer.MAX_VALUE),
                number(parameters, "limit", LIMIT, 1, LARGEST_LIMIT),
                sort == null ? "" : descending ? sort.substring(1) : sort,
                descending);
    }

    private static int number(MultiMap parameters, String name, int byDefault, int smallest, int largest) {
        @Nullable String text = parameters.get(name);
        if (text == null) {
            return byDefault;
        }
        int value = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
        if (value < smallest || value > largest) {
            throw new ApiFailure(400, "invalid-parameter", name + " is a number from " + smallest + " to " + largest);
        }
        return value;
    }

    /**
     * The part of a list, and how long the whole is.
     *
     * @param name of the list
     * @param orders what can be sorted by
     * @throws ApiFailure of status 400 if it cannot be sorted by that
     */
    public <T> JsonObject of(
            String name, List<T> all, Map<String, Comparator<T>> orders, Function<T, JsonObject> json) {
        List<T> sorted =
                sort.isEmpty() ? all : all.stream().sorted(order(orders)).toList();
        JsonArray items = new JsonArray();
        sorted.stream().skip(offset).limit(limit).map(json).forEach(items::add);
        return new JsonObject()
                .put("total", all.size())
                .put("offset", offset)
                .put("limit", limit)
                .put(name, items);
    }

    private <T> Comparator<T> order(Map<String, Comparator<T>> orders) {
        @Nullable Comparator<T> order = orders.get(sort);
        if (order == null) {
            throw new ApiFailure(
                    400, "invalid-parameter", "sort is one of " + String.join(", ", new TreeSet<>(orders.keySet())));
        }
        return descending ? order.reversed() : order;
    }
}
