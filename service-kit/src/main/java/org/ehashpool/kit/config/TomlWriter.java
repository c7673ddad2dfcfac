package org.ehashpool.kit.config;

import java.util.Map;
import java.util.regex.Pattern;

/** Writes TOML: the plain keys of a table before the tables below it, as the format demands. */
final class TomlWriter {
    private static final Pattern BARE_KEY = Pattern.compile("[A-Za-z0-9_-]+");

    private final StringBuilder text = new StringBuilder();

    static String key(String key) {
        return BARE_KEY.matcher(key).matches() ? key : ScalarTypes.quoted(key);
    }

    TomlWriter comment(String comment) {
        comment.lines().forEach(line -> text.append("# ").append(line).append('\n'));
        return this;
    }

    TomlWriter line(String line) {
        text.append(line).append('\n');
        return this;
    }

    TomlWriter table(Effective.Table table) {
        return table(table, "");
    }

    private TomlWriter table(Effective.Table table, String path) {
        for (Map.Entry<String, Effective> entry : table.entries().entrySet()) {
            String key = key(entry.getKey());
            if (entry.getValue() instanceof Effective.Value(String toml, ConfigSource source)) {
                line(key + " = " + toml + "  # " + source.describe());
            } else if (entry.getValue() instanceof Effective.Unset) {
                line("# " + key + " is not set");
            }
        }
        for (Map.Entry<String, Effective> entry : table.entries().entrySet()) {
            String nested = path.isEmpty() ? key(entry.getKey()) : path + "." + key(entry.getKey());
            if (entry.getValue() instanceof Effective.Table below) {
                line("").line("[" + nested + "]").table(below, nested);
            } else if (entry.getValue() instanceof Effective.Tables tables) {
                tables.tables()
                        .forEach(one -> line("").line("[[" + nested + "]]").table(one, nested));
            }
        }
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
