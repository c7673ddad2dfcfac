package org.ehashpool.kit.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lays a service's environment variables over the nodes of its file. */
final class EnvironmentOverlay {
    private static final String SEPARATOR = "__";
    private static final String FILE_SUFFIX = "_file";
    private static final Pattern INDEX = Pattern.compile("[0-9]{1,3}");

    private final String prefix;
    private final Suggestions suggestions;
    private final List<ConfigProblem> problems;
    private final Map<String, String> variableByKey = new HashMap<>();

    EnvironmentOverlay(String service, Suggestions suggestions, List<ConfigProblem> problems) {
        this.prefix = prefix(service);
        this.suggestions = suggestions;
        this.problems = problems;
    }

    /** {@code pool-stats} to {@code POOL_STATS__}. */
    static String prefix(String service) {
        return service.toUpperCase(Locale.ROOT).replace('-', '_') + SEPARATOR;
    }

    void apply(Map<String, String> environment, Schema.Table schema, Node.Table root) {
        environment.keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> new Variable(name, segments(name.substring(prefix.length()))))
                .sorted(Comparator.comparing(Variable::sortKey))
                .forEach(variable ->
                        place(schema, root, variable, 0, Objects.requireNonNull(environment.get(variable.name))));
    }

    private static List<String> segments(String name) {
        return Arrays.stream(name.split(SEPARATOR, -1))
                .map(segment -> segment.toLowerCase(Locale.ROOT))
                .toList();
    }

    private record Variable(String name, List<String> segments) {
        /** Indices in the order of numbers; a list as a whole before its elements. */
        String sortKey() {
            return segments.stream()
                    .map(segment -> INDEX.matcher(segment).matches()
                            ? String.format(Locale.ROOT, "%03d", Integer.parseInt(segment))
                            : segment)
                    .collect(Collectors.joining("\0"));
        }

        ConfigSource source() {
            return new ConfigSource.InEnvironment(name);
        }

        String key(int levels) {
            return String.join(".", segments.subList(0, levels));
        }

        String key() {
            return key(segments.size());
        }

        boolean endsAt(int level) {
            return level == segments.size();
        }
    }

    /** Follows the variable's segments from a table down to the key it names. */
    private void place(Schema.Table schema, Node.Table table, Variable variable, int level, String text) {
        String segment = variable.segments.get(level);
        Optional<Schema.Field> named = schema.field(segment);
        if (named.isPresent()) {
            @Nullable Node given = table.entries().get(segment);
            @Nullable Node placed = node(named.get().schema(), given, variable, level + 1, text);
            if (placed != null) {
                table.entries().put(segment, placed);
            }
            return;
        }
        boolean last = variable.endsAt(level + 1);
        String base =
                segment.endsWith(FILE_SUFFIX) ? segment.substring(0, segment.length() - FILE_SUFFIX.length()) : segment;
        boolean secretFile = last
                && schema.field(base)
                        .filter(field -> field.schema() instanceof Schema.SecretText)
                        .isPresent();
        if (!secretFile) {
            unknown(variable);
            return;
        }
        String key = (level == 0 ? "" : variable.key(level) + ".") + base;
        Node.Table file = Node.Table.empty(variable.source());
        // Relative to where the service runs, as for every path in an environment variable.
        String path = Path.of(text).toAbsolutePath().toString();
        file.entries().put("file", new Node.Leaf(path, true, variable.source()));
        if (once(key, variable)) {
            table.entries().put(base, file);
        }
    }

    /** The node that stands at the key after this variable; null when it was a problem. */
    private @Nullable Node node(Schema schema, @Nullable Node given, Variable variable, int level, String text) {
        return switch (schema) {
            case Schema.Scalar scalar -> leaf(variable, level, text);
            case Schema.SecretText secret -> leaf(variable, level, text);
            case Schema.ListOf(Schema element) ->
                variable.endsAt(level)
                        ? wholeList(element, variable, text)
                        : element(element, given, variable, level, text);
            case Schema.MapOf(Schema value) ->
                variable.endsAt(level) ? wholeMap(value, variable, text) : entry(value, given, variable, level, text);
            case Schema.Table table -> {
                if (variable.endsAt(level)) {
                    yield problem(variable, "a key below it, " + variable.name + SEPARATOR + "…");
                }
                Node.Table below = given instanceof Node.Table present ? present : Node.Table.empty(variable.source());
                place(table, below, variable, level, text);
                yield below;
            }
        };
    }

    private @Nullable Node leaf(Variable variable, int level, String text) {
        if (!variable.endsAt(level)) {
            unknown(variable);
            return null;
        }
        return once(variable.key(), variable) ? new Node.Leaf(text, true, variable.source()) : null;
    }

    private @Nullable Node wholeList(Schema element, Variable variable, String text) {
        if (!isText(element)) {
            return problem(variable, "an index, " + variable.name + SEPARATOR + "0" + SEPARATOR + "…");
        }
        List<Node> elements = new ArrayList<>();
        if (!text.isBlank()) {
            for (String part : text.split(",", -1)) {
                elements.add(new Node.Leaf(part.strip(), true, variable.source()));
            }
        }
        return new Node.Array(elements, variable.source());
    }

    private @Nullable Node element(Schema element, @Nullable Node given, Variable variable, int level, String text) {
        List<Node> elements = given instanceof Node.Array array ? new ArrayList<>(array.elements()) : new ArrayList<>();
        String segment = variable.segments.get(level);
        int index = INDEX.matcher(segment).matches() ? Integer.parseInt(segment) : Integer.MAX_VALUE;
        if (index > elements.size()) {
            return problem(variable, "an index from 0 to " + elements.size() + ", the end of the list");
        }
        @Nullable Node present = index < elements.size() ? elements.get(index) : null;
        @Nullable Node placed = node(element, present, variable, level + 1, text);
        if (placed == null) {
            return given;
        }
        if (present == null) {
            elements.add(placed);
        } else {
            elements.set(index, placed);
        }
        return new Node.Array(elements, given == null ? variable.source() : given.source());
    }

    private @Nullable Node wholeMap(Schema value, Variable variable, String text) {
        Node.Table table = Node.Table.empty(variable.source());
        if (text.isBlank()) {
            return table;
        }
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals <= 0 || !isText(value)) {
                return problem(variable, "key=value,key=value");
            }
            table.entries()
                    .put(
                            part.substring(0, equals).strip(),
                            new Node.Leaf(part.substring(equals + 1).strip(), true, variable.source()));
        }
        return table;
    }

    private Node entry(Schema value, @Nullable Node given, Variable variable, int level, String text) {
        Node.Table table = given instanceof Node.Table present ? present : Node.Table.empty(variable.source());
        String key = variable.segments.get(level);
        @Nullable Node placed = node(value, table.entries().get(key), variable, level + 1, text);
        if (placed != null) {
            table.entries().put(key, placed);
        }
        return table;
    }

    private static boolean isText(Schema schema) {
        return schema instanceof Schema.Scalar || schema instanceof Schema.SecretText;
    }

    /** A secret by value and by file at once, or one key in two spellings. */
    private boolean once(String key, Variable variable) {
        @Nullable String earlier = variableByKey.putIfAbsent(key, variable.name);
        if (earlier == null) {
            return true;
        }
        problems.add(new ConfigProblem(
                variable.source(),
                key,
                Optional.of(Secret.REDACTED),
                "one variable for it, not " + earlier + " as well"));
        return false;
    }

    private void unknown(Variable variable) {
        Optional<String> closest = suggestions.closest(variable.key());
        // A mistyped variable may well be a secret's: its value is not shown.
        problems.add(new ConfigProblem(
                variable.source(),
                variable.key(),
                Optional.of(Display.HIDDEN),
                closest.map(known -> "a known key; did you mean " + variableOf(known) + "?")
                        .orElse("a known key")));
    }

    private String variableOf(String key) {
        return prefix + key.toUpperCase(Locale.ROOT).replace(".", SEPARATOR);
    }

    private @Nullable Node problem(Variable variable, String expected) {
        problems.add(new ConfigProblem(variable.source(), variable.key(), Optional.of(Display.HIDDEN), expected));
        return null;
    }
}
