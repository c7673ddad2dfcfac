package org.ehashpool.kit.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a configuration record accepts, read once from its components. A record that cannot be one is a bug. */
sealed interface Schema {

    record Scalar(ScalarType<?> type) implements Schema {}

    record SecretText() implements Schema {}

    record ListOf(Schema element) implements Schema {}

    record MapOf(Schema value) implements Schema {}

    record Table(Class<? extends Record> type, List<Field> fields) implements Schema {
        Optional<Field> field(String key) {
            return fields.stream().filter(field -> field.key.equals(key)).findFirst();
        }
    }

    /** One component of a record. */
    record Field(
            String key,
            RecordComponent component,
            Schema schema,
            boolean optional,
            @Nullable String byDefault,
            @Nullable String description,
            boolean reloadable) {}

    static Table of(Class<? extends Record> type) {
        return table(type, new HashSet<>());
    }

    /** Every key below the table, in full: {@code http}, {@code http.listen}. Lists and maps end a path. */
    static List<String> keys(Table table, String prefix) {
        List<String> keys = new ArrayList<>();
        for (Field field : table.fields) {
            keys.add(prefix + field.key);
            if (field.schema instanceof Table nested) {
                keys.addAll(keys(nested, prefix + field.key + "."));
            }
        }
        return keys;
    }

    /** {@code maxConnections} to {@code max_connections}. */
    static String snakeCase(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    private static Table table(Class<? extends Record> type, Set<Class<?>> above) {
        if (!above.add(type)) {
            throw new IllegalStateException(type.getName() + " contains itself");
        }
        List<Field> fields = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            fields.add(field(component, above));
        }
        above.remove(type);
        return new Table(type, List.copyOf(fields));
    }

    private static Field field(RecordComponent component, Set<Class<?>> above) {
        Type type = component.getGenericType();
        boolean optional = component.getType() == Optional.class;
        @Nullable Key key = component.getAnnotation(Key.class);
        @Nullable Default byDefault = component.getAnnotation(Default.class);
        @Nullable Description description = component.getAnnotation(Description.class);
        if (optional && byDefault != null) {
            throw new IllegalStateException(component + " is optional and has a default");
        }
        return new Field(
                key == null ? snakeCase(component.getName()) : key.value(),
                component,
                schema(optional ? argument(type, 0) : type, component.getAnnotation(Range.class), above),
                optional,
                byDefault == null ? null : byDefault.value(),
                description == null ? null : description.value(),
                component.isAnnotationPresent(Reloadable.class));
    }

    private static Schema schema(Type type, @Nullable Range range, Set<Class<?>> above) {
        Class<?> raw = type instanceof ParameterizedType parameterized
                ? (Class<?>) parameterized.getRawType()
                : (Class<?>) type;
        if (raw == List.class) {
            return new ListOf(schema(argument(type, 0), range, above));
        }
        if (raw == Map.class) {
            if (argument(type, 0) != String.class) {
                throw new IllegalStateException("a map's keys are texts: " + type);
            }
            return new MapOf(schema(argument(type, 1), range, above));
        }
        if (raw == Secret.class) {
            return new SecretText();
        }
        if (raw.isRecord() && ScalarTypes.of(raw).isEmpty()) {
            return table(raw.asSubclass(Record.class), above);
        }
        ScalarType<?> scalar = ScalarTypes.of(raw)
                .orElseThrow(() -> new IllegalStateException("no configuration value can be of type " + type));
        return new Scalar(range == null ? scalar : scalar.limited(range.min(), range.max()));
    }

    private static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }
}
