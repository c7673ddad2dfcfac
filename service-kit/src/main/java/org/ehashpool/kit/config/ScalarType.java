package org.ehashpool.kit.config;

import java.util.Comparator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One type of scalar: how it is read, written and ordered.
 *
 * @param expected completes "expected …"
 * @param parser from the TOML value, or from text where the source has no types; throws IllegalArgumentException
 * @param toToml writes the value so that it reads back as the same value
 * @param order for types that can be limited
 */
record ScalarType<T>(
        String expected,
        Parser<T> parser,
        Function<T, String> toToml,
        @Nullable Comparator<T> order) {

    interface Parser<T> {
        T parse(Object raw, boolean untyped);
    }

    T parse(Node.Leaf leaf) {
        return parser.parse(leaf.value(), leaf.untyped());
    }

    T parse(String text) {
        return parser.parse(text, true);
    }

    /** The type with inclusive limits, written as in a file; empty means none. */
    ScalarType<T> limited(String min, String max) {
        Comparator<T> comparator = order;
        if (comparator == null) {
            throw new IllegalStateException("@Range on a type without order: " + expected);
        }
        @Nullable T lowest = min.isEmpty() ? null : parse(min);
        @Nullable T highest = max.isEmpty() ? null : parse(max);
        Parser<T> limited = (raw, untyped) -> {
            T value = parser.parse(raw, untyped);
            boolean tooLow = lowest != null && comparator.compare(value, lowest) < 0;
            boolean tooHigh = highest != null && comparator.compare(value, highest) > 0;
            if (tooLow || tooHigh) {
                throw new IllegalArgumentException("out of range");
            }
            return value;
        };
        return new ScalarType<>(expected + limits(min, max), limited, toToml, comparator);
    }

    private static String limits(String min, String max) {
        if (max.isEmpty()) {
            return min.isEmpty() ? "" : " of at least " + min;
        }
        return min.isEmpty() ? " of at most " + max : " from " + min + " to " + max;
    }
}
