package org.ehashpool.translator.sv1;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON value as it came, within the limits of a line. */
sealed interface Json {
    /** JSON's null. */
    static Json nothing() {
        return new Nothing();
    }

    record Text(String value) implements Json {}

    /**
     * A number.
     *
     * @param digits as it was written, so that it can be sent back unchanged
     */
    record Numeral(String digits) implements Json {}

    record Bool(boolean value) implements Json {}

    /** JSON's null. */
    record Nothing() implements Json {}

    record Array(List<Json> items) implements Json {
        public Array {
            items = List.copyOf(items);
        }
    }

    record Fields(Map<String, Json> fields) implements Json {
        static final Fields NONE = new Fields(Map.of());

        public Fields {
            fields = Map.copyOf(fields);
        }

        Json get(String name) {
            return fields.getOrDefault(name, nothing());
        }
    }

    /** A text, or a number as it was written: some firmware does not quote what others do. */
    default Optional<String> text() {
        return switch (this) {
            case Text(String value) -> Optional.of(value);
            case Numeral(String digits) -> Optional.of(digits);
            case Bool _, Nothing _, Array _, Fields _ -> Optional.empty();
        };
    }
}
