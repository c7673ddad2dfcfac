package org.ehashpool.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The command line.
 *
 * @param patterns a row runs if one of them is found in its title, or if there are none
 * @param list whether to name the rows instead of running them
 * @param length how long
 * @param json where JMH's own report goes
 */
record BenchmarkOptions(List<Pattern> patterns, boolean list, Length length, Optional<Path> json) {
    /** How long a row is measured. */
    enum Length {
        /** As its class says. */
        FULL,
        /** Just enough to see the order of magnitude. */
        QUICK,
        /** Once, within this process: it runs at all. */
        SMOKE
    }

    static final String USAGE = """
            usage: bench [PATTERN …] [--quick] [--json FILE]
                   bench --list [PATTERN …]

              PATTERN      a regular expression; rows whose name or parameter has it, and their limits
              --quick      the order of magnitude only
              --json FILE  JMH's report as well
            """;

    BenchmarkOptions {
        patterns = List.copyOf(patterns);
    }

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException that says what is wrong
     */
    static BenchmarkOptions parse(String... arguments) {
        List<Pattern> patterns = new ArrayList<>();
        boolean list = false;
        Length length = Length.FULL;
        Optional<Path> json = Optional.empty();
        for (Iterator<String> rest = Arrays.asList(arguments).iterator(); rest.hasNext(); ) {
            String argument = rest.next();
            switch (argument) {
                case "--list" -> list = true;
                case "--quick" -> length = Length.QUICK;
                case "--json" -> {
                    if (!rest.hasNext()) {
                        throw new IllegalArgumentException("--json wants a file");
                    }
                    json = Optional.of(Path.of(rest.next()));
                }
                default -> patterns.add(pattern(argument));
            }
        }
        return new BenchmarkOptions(patterns, list, length, json);
    }

    private static Pattern pattern(String argument) {
        if (argument.startsWith("-")) {
            throw new IllegalArgumentException("\"" + argument + "\" is not understood");
        }
        try {
            return Pattern.compile(argument, Pattern.CASE_INSENSITIVE);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "\"" + argument + "\" is no regular expression: " + e.getDescription(), e);
        }
    }

    /** The rows to run, in the order given: those asked for, and the limit of each. */
    List<Contender> select(List<Contender> all) {
        List<Contender> wanted = all.stream()
                .filter(contender -> patterns.isEmpty()
                        || patterns.stream()
                                .anyMatch(pattern ->
                                        pattern.matcher(contender.title()).find()))
                .toList();
        List<Contender> limits = wanted.stream()
                .flatMap(contender -> contender.limit(all).stream())
                .toList();
        return all.stream()
                .filter(contender -> wanted.contains(contender) || limits.contains(contender))
                .toList();
    }
}
