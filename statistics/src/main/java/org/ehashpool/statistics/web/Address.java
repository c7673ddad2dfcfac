package org.ehashpool.statistics.web;

import io.vertx.core.MultiMap;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.ehashpool.kit.http.ApiFailure;
import org.ehashpool.kit.http.PageRequest;
import org.ehashpool.statistics.figures.ListRequest;
import org.ehashpool.statistics.figures.Range;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for: a path, and those of its parameters that it understands. All links that follow from it are
 * relative.
 *
 * @param path from this service's root, beginning with a slash
 * @param parameters without those that are empty
 */
public record Address(String path, SortedMap<String, String> parameters) {
    /** What lists understand. */
    static final Set<String> OF_LISTS = Set.of("q", "kind", "sort", "offset", "limit");

    /** What pages with a chart understand. */
    static final Set<String> OF_CHARTS = Set.of("range");

    private static final int LONGEST_PARAMETER = 200;

    public Address {
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    }

    /**
     * Of a request.
     *
     * @throws ApiFailure of status 400 if a parameter is too long
     */
    static Address of(String path, MultiMap given, Set<String> understood) {
        SortedMap<String, String> parameters = new TreeMap<>();
        for (String name : understood) {
            @Nullable String value = given.get(name);
            if (value != null && value.length() > LONGEST_PARAMETER) {
                throw new ApiFailure(400, "invalid-parameter", name + " is too long");
            }
            if (value != null && !value.isBlank()) {
                parameters.put(name, value.strip());
            }
        }
        return new Address(path, parameters);
    }

    /** A parameter, or an empty text. */
    public String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    /** The number at the path's end. */
    long id() {
        String last = path.substring(path.lastIndexOf('/') + 1);
        if (!last.matches("[0-9]{1,18}")) {
            throw new ApiFailure(404, "not-found", "There is nothing of that name.");
        }
        return Long.parseLong(last);
    }

    /** {@code range}; a day without it. */
    public Range range() {
        String label = parameter("range");
        return label.isEmpty()
                ? Range.DAY
                : Range.of(label)
                        .orElseThrow(
                                () -> new ApiFailure(400, "invalid-parameter", "range is one of 1h, 24h, 7d, 30d"));
    }

    /** {@code q}, {@code kind}, {@code sort}, {@code offset}, {@code limit}. */
    ListRequest list() {
        PageRequest page = page();
        return new ListRequest(
                parameter("q"), parameter("kind"), page.sort(), page.descending(), page.offset(), page.limit());
    }

    /** {@code sort}, {@code offset}, {@code limit}. */
    PageRequest page() {
        return PageRequest.of(MultiMap.caseInsensitiveMultiMap().addAll(Map.copyOf(parameters)));
    }

    /** To the root: links begin with it. */
    public String base() {
        return path.indexOf('/', 1) < 0 ? "./" : "../";
    }

    /** A link to the same page with another parameter; an empty value leaves it out. */
    public String with(String name, String value) {
        SortedMap<String, String> changed = new TreeMap<>(parameters);
        if (value.isEmpty()) {
            changed.remove(name);
        } else {
            changed.put(name, value);
        }
        if (!name.equals("offset")) {
            changed.remove("offset");
        }
        return "?" + query(changed);
    }

    /** A link to the same page, sorted by a column: by the other direction where it is sorted by it. */
    public String sortedBy(String column, boolean greatestFirst) {
        String first = greatestFirst ? "-" + column : column;
        String second = greatestFirst ? column : "-" + column;
        return with("sort", parameter("sort").equals(first) ? second : first);
    }

    /** {@code ascending}, {@code descending}, or null where it is not sorted by that column. */
    public @Nullable String order(String column) {
        return switch (parameter("sort")) {
            case String sort when sort.equals(column) -> "ascending";
            case String sort when sort.equals("-" + column) -> "descending";
            case String other -> null;
        };
    }

    /** The parameters, as a link ends with them. */
    String query() {
        return query(parameters);
    }

    /** As an address of the API, with all parameters. */
    public String suffix() {
        return parameters.isEmpty() ? "" : "?" + query();
    }

    private static String query(SortedMap<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
