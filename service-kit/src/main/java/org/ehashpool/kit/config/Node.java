package org.ehashpool.kit.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** A configuration as its sources give it, before it is bound to records. Tables and arrays are filled in place. */
sealed interface Node {
    ConfigSource source();

    /**
     * A scalar.
     *
     * @param value String, Long, Double, Boolean, or one of TOML's dates, which no key accepts
     * @param untyped whether the value is text for want of types (an environment variable, a default), so that "8080"
     *     may be a number
     */
    record Leaf(Object value, boolean untyped, ConfigSource source) implements Node {}

    record Array(List<Node> elements, ConfigSource source) implements Node {}

    record Table(SequencedMap<String, Node> entries, ConfigSource source) implements Node {
        static Table empty(ConfigSource source) {
            return new Table(new LinkedHashMap<>(), source);
        }

        /** This table with the other's entries over it; tables in both are merged, all else is replaced. */
        Table with(Table other) {
            Table merged = new Table(new LinkedHashMap<>(entries), other.source);
            other.entries.forEach((key, node) -> merged.entries.merge(
                    key,
                    node,
                    (mine, its) ->
                            mine instanceof Table below && its instanceof Table above ? below.with(above) : its));
            return merged;
        }
    }
}
