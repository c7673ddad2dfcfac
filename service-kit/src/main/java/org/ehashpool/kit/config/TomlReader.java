package org.ehashpool.kit.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** A TOML file as nodes. After a syntax error the rest of the file is still read, so that one run shows every problem. */
final class TomlReader {
    private static final long MAXIMUM_SIZE = 1 << 20;
    private static final Pattern KEY = Pattern.compile("\\s*([A-Za-z0-9_.-]+)\\s*=.*");
    private static final Pattern UNEXPECTED = Pattern.compile("Unexpected .+?, expected (.+)", Pattern.DOTALL);
    private static final Pattern DUPLICATE = Pattern.compile("(.+) previously defined at (.+)", Pattern.DOTALL);

    private final List<ConfigProblem> problems;

    TomlReader(List<ConfigProblem> problems) {
        this.problems = problems;
    }

    Node.Table read(Path file) {
        String text;
        try {
            if (Files.size(file) > MAXIMUM_SIZE) {
                return unreadable(file, "a file of at most " + new ByteSize(MAXIMUM_SIZE));
            }
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            return unreadable(file, "an existing file");
        } catch (CharacterCodingException e) {
            return unreadable(file, "a file in UTF-8");
        } catch (IOException e) {
            return unreadable(file, "a readable file");
        }
        return parse(text, file);
    }

    /** A TOML value, as a default is written. */
    static Node value(String toml) {
        TomlParseResult result = Toml.parse("value = " + toml);
        if (result.hasErrors()) {
            throw new IllegalStateException("not a TOML value: " + toml);
        }
        Node.Table table = table(result, position -> new ConfigSource.ByDefault(), new ConfigSource.ByDefault());
        return Objects.requireNonNull(table.entries().get("value"));
    }

    private Node.Table parse(String text, Path file) {
        TomlParseResult result;
        try {
            result = Toml.parse(text);
        } catch (StackOverflowError e) {
            // The parser descends once per bracket.
            return unreadable(file, "tables and lists nested less deeply");
        }
        List<String> lines = text.lines().toList();
        for (TomlParseError error : result.errors()) {
            problems.add(syntaxProblem(error, file, lines));
        }
        return table(
                result,
                position -> new ConfigSource.InFile(file, position.line(), position.column()),
                new ConfigSource.WholeFile(file));
    }

    private Node.Table unreadable(Path file, String expected) {
        ConfigSource source = new ConfigSource.WholeFile(file);
        problems.add(new ConfigProblem(source, "", Optional.empty(), expected));
        return Node.Table.empty(source);
    }

    /** Says what was expected but not what was found: it may be a secret that wants its quotes. */
    private static ConfigProblem syntaxProblem(TomlParseError error, Path file, List<String> lines) {
        int line = error.position().line();
        String text = line <= lines.size() ? lines.get(line - 1) : "";
        Matcher key = KEY.matcher(text);
        String message = String.valueOf(error.getMessage());
        Matcher unexpected = UNEXPECTED.matcher(message);
        Matcher duplicate = DUPLICATE.matcher(message);
        String expected;
        if (unexpected.matches()) {
            expected = "valid TOML: " + unexpected.group(1);
        } else if (duplicate.matches()) {
            expected = duplicate.group(1) + " once; it stands at " + duplicate.group(2) + " already";
        } else {
            expected = "valid TOML";
        }
        return new ConfigProblem(
                new ConfigSource.InFile(file, line, error.position().column()),
                key.matches() ? key.group(1) : "",
                Optional.empty(),
                expected);
    }

    private interface Sources {
        ConfigSource at(TomlPosition position);
    }

    private static Node.Table table(TomlTable table, Sources sources, ConfigSource source) {
        SequencedMap<String, Node> entries = new LinkedHashMap<>();
        for (String key : table.keySet()) {
            List<String> path = List.of(key);
            ConfigSource at = sources.at(Objects.requireNonNull(table.inputPositionOf(path)));
            entries.put(key, node(Objects.requireNonNull(table.get(path)), sources, at));
        }
        return new Node.Table(entries, source);
    }

    private static Node node(Object value, Sources sources, ConfigSource source) {
        if (value instanceof TomlTable table) {
            return table(table, sources, source);
        }
        if (value instanceof TomlArray array) {
            List<Node> elements = new ArrayList<>();
            for (int index = 0; index < array.size(); index++) {
                elements.add(node(array.get(index), sources, sources.at(array.inputPositionOf(index))));
            }
            return new Node.Array(elements, source);
        }
        return new Node.Leaf(value, false, source);
    }
}
