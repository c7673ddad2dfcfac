package org.ehashpool.kit.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A configuration file to start from: every key with its meaning, commented out, with its default where it has one. */
final class Template {
    private final TomlWriter writer = new TomlWriter();

    static String of(String service, Schema.Table schema) {
        Template template = new Template();
        template.writer
                .comment("Configuration of " + service + ".")
                .comment("Every key can be given by an environment variable instead, http.listen by "
                        + EnvironmentOverlay.prefix(service) + "HTTP__LISTEN.");
        template.table(schema.fields(), "", false, Map.of());
        return template.writer.toString();
    }

    /** @param overrides what the default of the enclosing record says of its keys */
    private void table(List<Schema.Field> fields, String path, boolean reloadableAbove, Map<String, Node> overrides) {
        for (Schema.Field field : fields) {
            if (below(field.schema()) == null) {
                value(field, reloadableAbove || field.reloadable(), overrides.get(field.key()));
            }
        }
        for (Schema.Field field : fields) {
            Schema.@Nullable Table below = below(field.schema());
            if (below != null) {
                String nested = path.isEmpty() ? field.key() : path + "." + field.key();
                writer.line("");
                describe(field);
                writer.line(header(field, nested));
                Map<String, Node> given =
                        field.byDefault() != null && Binder.defaultNode(field) instanceof Node.Table table
                                ? table.entries()
                                : Map.of();
                table(below.fields(), nested, reloadableAbove || field.reloadable(), given);
            }
        }
    }

    private static Schema.@Nullable Table below(Schema schema) {
        return switch (schema) {
            case Schema.Table table -> table;
            case Schema.ListOf(Schema element) -> element instanceof Schema.Table table ? table : null;
            case Schema.MapOf(Schema value) -> value instanceof Schema.Table table ? table : null;
            case Schema.Scalar scalar -> null;
            case Schema.SecretText secret -> null;
        };
    }

    private static String header(Schema.Field field, String path) {
        return switch (field.schema()) {
            case Schema.ListOf list -> "#[[" + path + "]]";
            case Schema.MapOf map -> "#[" + path + ".NAME]";
            case Schema.Table table -> (field.optional() ? "#[" : "[") + path + "]";
            case Schema.Scalar scalar -> throw new IllegalStateException("no table: " + path);
            case Schema.SecretText secret -> throw new IllegalStateException("no table: " + path);
        };
    }

    private void value(Schema.Field field, boolean reloadable, @Nullable Node override) {
        writer.line("");
        describe(field);
        String expected = Binder.expected(field.schema());
        @Nullable String byDefault = byDefault(field, override);
        String need = byDefault != null ? "" : field.optional() ? " Optional." : " Required.";
        writer.comment("Expects " + expected + "." + need + (reloadable ? " Reloadable." : ""));
        writer.line("#" + field.key() + " = " + (byDefault == null ? "" : byDefault));
    }

    private void describe(Schema.Field field) {
        if (field.description() != null) {
            writer.comment(field.description());
        }
    }

    private static @Nullable String byDefault(Schema.Field field, @Nullable Node override) {
        if (field.schema() instanceof Schema.Scalar(ScalarType<?> type)) {
            if (override instanceof Node.Leaf leaf) {
                return normalized(type, leaf);
            }
            return field.byDefault() == null ? null : normalized(type, (Node.Leaf) Binder.defaultNode(field));
        }
        return field.byDefault();
    }

    private static <T> String normalized(ScalarType<T> type, Node.Leaf leaf) {
        return type.toToml().apply(type.parse(leaf));
    }
}
