package org.ehashpool.kit.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns nodes into records by a schema. Goes on after a problem, so that all of them are found. */
final class Binder {
    private static final ConfigSource BY_DEFAULT = new ConfigSource.ByDefault();

    private final List<ConfigProblem> problems;
    private final Suggestions suggestions;
    private final ConfigSource whole;
    private final Path directory;
    private final boolean reportMissing;

    /**
     * @param whole named where a required key is missing
     * @param directory relative paths of secret files start here
     * @param reportMissing false when part of the file could not be read: what seems to be missing may stand there
     */
    Binder(
            List<ConfigProblem> problems,
            Suggestions suggestions,
            ConfigSource whole,
            Path directory,
            boolean reportMissing) {
        this.problems = problems;
        this.suggestions = suggestions;
        this.whole = whole;
        this.directory = directory;
        this.reportMissing = reportMissing;
    }

    /** A value and how it is printed. */
    record Bound(Object value, Effective effective) {}

    /** Null when there was a problem, which is then recorded. */
    @Nullable
    Bound bind(Schema schema, Node node, String key) {
        return switch (schema) {
            case Schema.Scalar(ScalarType<?> type) -> scalar(type, node, key);
            case Schema.SecretText secret -> secret(node, key);
            case Schema.ListOf(Schema element) -> list(element, node, key);
            case Schema.MapOf(Schema value) -> map(value, node, key);
            case Schema.Table table -> table(table, node, key);
        };
    }

    private <T> @Nullable Bound scalar(ScalarType<T> type, Node node, String key) {
        if (node instanceof Node.Leaf leaf) {
            try {
                T value = type.parse(leaf);
                return new Bound(value, new Effective.Value(type.toToml().apply(value), node.source()));
            } catch (IllegalArgumentException e) {
                return problem(node, key, type.expected());
            }
        }
        return problem(node, key, type.expected());
    }

    private @Nullable Bound secret(Node node, String key) {
        if (node instanceof Node.Leaf(String text, boolean untyped, ConfigSource source) && !text.isEmpty()) {
            return new Bound(Secret.of(text), new Effective.Value(ScalarTypes.quoted(Secret.REDACTED), source));
        }
        if (node instanceof Node.Table(SequencedMap<String, Node> entries, ConfigSource source)
                && entries.size() == 1
                && entries.get("file") instanceof Node.Leaf(String file, boolean untyped, ConfigSource at)) {
            String shown = "{ file = " + ScalarTypes.quoted(file) + " }";
            try {
                return new Bound(SecretFile.read(directory.resolve(file)), new Effective.Value(shown, source));
            } catch (IllegalArgumentException e) {
                problems.add(new ConfigProblem(source, key, Optional.of(shown), String.valueOf(e.getMessage())));
                return null;
            }
        }
        problems.add(new ConfigProblem(
                node.source(), key, Optional.of(Secret.REDACTED), "a text that is not empty, or { file = \"path\" }"));
        return null;
    }

    private @Nullable Bound list(Schema element, Node node, String key) {
        if (!(node instanceof Node.Array array)) {
            return problem(node, key, "a list");
        }
        List<Bound> bound = new ArrayList<>();
        for (int index = 0; index < array.elements().size(); index++) {
            @Nullable Bound one = bind(element, array.elements().get(index), key + "[" + index + "]");
            if (one != null) {
                bound.add(one);
            }
        }
        if (bound.size() < array.elements().size()) {
            return null;
        }
        List<Object> values = bound.stream().map(Bound::value).toList();
        if (element instanceof Schema.Table && !bound.isEmpty()) {
            List<Effective.Table> tables =
                    bound.stream().map(one -> (Effective.Table) one.effective()).toList();
            return new Bound(values, new Effective.Tables(tables, node.source()));
        }
        String toml = bound.stream().map(one -> inline(one.effective())).collect(Collectors.joining(", ", "[", "]"));
        return new Bound(values, new Effective.Value(toml, node.source()));
    }

    private @Nullable Bound map(Schema value, Node node, String key) {
        if (!(node instanceof Node.Table table)) {
            return problem(node, key, "a table");
        }
        SequencedMap<String, Object> values = new LinkedHashMap<>();
        SequencedMap<String, Effective> effective = new LinkedHashMap<>();
        for (Map.Entry<String, Node> entry : table.entries().entrySet()) {
            @Nullable Bound bound = bind(value, entry.getValue(), key + "." + entry.getKey());
            if (bound != null) {
                values.put(entry.getKey(), bound.value());
                effective.put(entry.getKey(), bound.effective());
            }
        }
        if (values.size() < table.entries().size()) {
            return null;
        }
        return new Bound(Collections.unmodifiableSequencedMap(values), new Effective.Table(effective));
    }

    private @Nullable Bound table(Schema.Table schema, Node node, String key) {
        if (!(node instanceof Node.Table table)) {
            return problem(node, key, "a table");
        }
        String prefix = key.isEmpty() ? "" : key + ".";
        table.entries().forEach((name, given) -> {
            if (schema.field(name).isEmpty()) {
                unknown(prefix + name, given);
            }
        });
        @Nullable Object[] values = new @Nullable Object[schema.fields().size()];
        SequencedMap<String, Effective> effective = new LinkedHashMap<>();
        boolean complete = true;
        for (int index = 0; index < values.length; index++) {
            Schema.Field field = schema.fields().get(index);
            @Nullable Bound bound = field(field, table.entries().get(field.key()), prefix + field.key());
            if (bound == null) {
                complete = false;
            } else {
                values[index] = bound.value();
                effective.put(field.key(), bound.effective());
            }
        }
        if (!complete) {
            return null;
        }
        try {
            return new Bound(create(schema.type(), values), new Effective.Table(effective));
        } catch (IllegalArgumentException e) {
            problems.add(new ConfigProblem(node.source(), key, Optional.empty(), String.valueOf(e.getMessage())));
            return null;
        }
    }

    private @Nullable Bound field(Schema.Field field, @Nullable Node given, String key) {
        Node node = given;
        if (field.byDefault() != null) {
            Node byDefault = defaultNode(field);
            node = node instanceof Node.Table above && byDefault instanceof Node.Table below
                    ? below.with(above)
                    : node == null ? byDefault : node;
        }
        if (node == null && field.optional()) {
            return new Bound(Optional.empty(), new Effective.Unset());
        }
        if (node == null && field.schema() instanceof Schema.Table) {
            node = Node.Table.empty(BY_DEFAULT);
        }
        if (node == null) {
            if (reportMissing) {
                problems.add(
                        new ConfigProblem(whole, key, Optional.empty(), expected(field.schema()) + "; it is missing"));
            }
            return null;
        }
        @Nullable Bound bound = bind(field.schema(), node, key);
        return bound == null || !field.optional() ? bound : new Bound(Optional.of(bound.value()), bound.effective());
    }

    static Node defaultNode(Schema.Field field) {
        String text = Objects.requireNonNull(field.byDefault());
        return switch (field.schema()) {
            case Schema.Scalar scalar -> new Node.Leaf(text, true, BY_DEFAULT);
            case Schema.SecretText secret -> throw new IllegalStateException("a secret has no default: " + field.key());
            case Schema.ListOf list -> TomlReader.value(text);
            case Schema.MapOf map -> TomlReader.value(text);
            case Schema.Table table -> TomlReader.value(text);
        };
    }

    static String expected(Schema schema) {
        return switch (schema) {
            case Schema.Scalar(ScalarType<?> type) -> type.expected();
            case Schema.SecretText secret -> "a secret";
            case Schema.ListOf list -> "a list";
            case Schema.MapOf map -> "a table";
            case Schema.Table table -> "a table";
        };
    }

    /** @throws IllegalArgumentException from the record's own constructor */
    static Object create(Class<? extends Record> type, @Nullable Object[] values) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map((Function<RecordComponent, Class<?>>) RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<? extends Record> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException rejected) {
                throw rejected;
            }
            throw new IllegalStateException("constructor of " + type.getName() + " failed", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no canonical constructor in " + type.getName(), e);
        }
    }

    private void unknown(String key, Node given) {
        Optional<String> closest = suggestions.closest(key);
        String shown = closest.filter(known -> !Display.ofUnknown(known, given).equals(Display.of(given)))
                .map(secret -> Secret.REDACTED)
                .orElseGet(() -> Display.ofUnknown(key, given));
        problems.add(new ConfigProblem(
                given.source(),
                key,
                Optional.of(shown),
                closest.map(known -> "a known key; did you mean " + known + "?").orElse("a known key")));
    }

    private @Nullable Bound problem(Node node, String key, String expected) {
        problems.add(new ConfigProblem(node.source(), key, Optional.of(Display.of(node)), expected));
        return null;
    }

    private static String inline(Effective effective) {
        return switch (effective) {
            case Effective.Value(String toml, ConfigSource source) -> toml;
            case Effective.Unset unset -> "{}";
            case Effective.Table(SequencedMap<String, Effective> entries) ->
                entries.entrySet().stream()
                        .filter(entry -> !(entry.getValue() instanceof Effective.Unset))
                        .map(entry -> TomlWriter.key(entry.getKey()) + " = " + inline(entry.getValue()))
                        .collect(Collectors.joining(", ", "{ ", " }"));
            case Effective.Tables(List<Effective.Table> tables, ConfigSource source) ->
                tables.stream().map(Binder::inline).collect(Collectors.joining(", ", "[", "]"));
        };
    }
}
