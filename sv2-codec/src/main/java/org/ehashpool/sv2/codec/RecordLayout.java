package org.ehashpool.sv2.codec;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.ehashpool.sv2.message.WireName;

/**
 * A record's fields in the order of the wire.
 *
 * @param type the record's class
 * @param fields its components
 */
record RecordLayout(Class<?> type, List<Field> fields) {
    /**
     * A field.
     *
     * @param name in the specification
     * @param component of the record
     * @param type on the wire
     */
    record Field(String name, RecordComponent component, WireType<?> type) {}

    /** @throws IllegalArgumentException if it is no record, or a component's type has no width */
    static RecordLayout of(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        if (components == null) {
            throw new IllegalArgumentException("no record: " + type.getName());
        }
        return new RecordLayout(
                type, Arrays.stream(components).map(RecordLayout::field).toList());
    }

    private static Field field(RecordComponent component) {
        try {
            return new Field(wireName(component), component, WireTypes.of(component.getAnnotatedType()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    component.getDeclaringRecord().getName() + "." + component.getName() + ": " + e.getMessage(), e);
        }
    }

    private static String wireName(RecordComponent component) {
        WireName given = component.getAnnotation(WireName.class);
        return given != null
                ? given.value()
                : component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    int minimumLength() {
        return fields.stream().mapToInt(field -> field.type().minimumLength()).sum();
    }

    long maximumLength() {
        return fields.stream().mapToLong(field -> field.type().maximumLength()).sum();
    }
}
