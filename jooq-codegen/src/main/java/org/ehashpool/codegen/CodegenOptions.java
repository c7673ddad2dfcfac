package org.ehashpool.codegen;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What to generate, from where, and to where.
 *
 * @param migrations {@code --migrations DIRECTORY}, one or more: Flyway's SQL files
 * @param schema {@code --schema NAME}: the schema that the migrations fill
 * @param targetPackage {@code --package NAME}: the package of the generated classes
 * @param output {@code --output DIRECTORY}: the source root, owned by this tool and replaced as a whole
 */
record CodegenOptions(List<Path> migrations, String schema, String targetPackage, Path output) {

    private static final Pattern SCHEMA = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final Pattern PACKAGE = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");

    CodegenOptions {
        migrations = List.copyOf(migrations);
        if (!SCHEMA.matcher(schema).matches()) {
            throw new IllegalArgumentException("--schema: expected " + SCHEMA + ", was '" + schema + "'");
        }
        if (!PACKAGE.matcher(targetPackage).matches()) {
            throw new IllegalArgumentException("--package: expected a package name, was '" + targetPackage + "'");
        }
        if (migrations.isEmpty()) {
            throw new IllegalArgumentException("--migrations: at least one directory is needed");
        }
        for (Path directory : migrations) {
            if (!Files.isDirectory(directory)) {
                throw new IllegalArgumentException("--migrations: no such directory: " + directory);
            }
        }
    }

    /** Throws IllegalArgumentException naming the option that is wrong. */
    static CodegenOptions parse(List<String> arguments) {
        List<Path> migrations = new ArrayList<>();
        Map<String, String> single = new LinkedHashMap<>();
        if (arguments.size() % 2 != 0) {
            throw new IllegalArgumentException("options come in pairs of a name and a value: " + arguments);
        }
        for (int i = 0; i < arguments.size(); i += 2) {
            String name = arguments.get(i);
            String value = arguments.get(i + 1);
            if (name.equals("--migrations")) {
                migrations.add(Path.of(value).toAbsolutePath().normalize());
            } else if (!List.of("--schema", "--package", "--output").contains(name)) {
                throw new IllegalArgumentException("unknown option " + name);
            } else if (single.putIfAbsent(name, value) != null) {
                throw new IllegalArgumentException(name + " is given twice");
            }
        }
        return new CodegenOptions(
                migrations,
                required(single, "--schema"),
                required(single, "--package"),
                Path.of(required(single, "--output")).toAbsolutePath().normalize());
    }

    private static String required(Map<String, String> options, String name) {
        return Optional.ofNullable(options.get(name))
                .orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
    }
}
