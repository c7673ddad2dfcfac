package org.ehashpool.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.RunnerException;

/** {@code ./ehash bench}: the table on the standard output, progress on the other. */
public final class BenchmarksMain {
    private static final int USAGE_ERROR = 2;

    private BenchmarksMain() {}

    /** Exit status: 0 if all rows ran, whatever they gave; 2 for a command line that is not understood. */
    public static void main(String[] arguments) throws IOException, RunnerException {
        if (arguments.length == 1 && (arguments[0].equals("--help") || arguments[0].equals("-h"))) {
            System.out.print(BenchmarkOptions.USAGE);
            return;
        }
        try {
            run(BenchmarkOptions.parse(arguments), new PrintStream(System.out, true, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            System.err.println("bench: " + e.getMessage());
            System.err.print(BenchmarkOptions.USAGE);
            System.exit(USAGE_ERROR);
        }
    }

    /**
     * Runs what the options select.
     *
     * @throws IllegalArgumentException if that is nothing
     */
    static void run(BenchmarkOptions options, PrintStream out) throws IOException, RunnerException {
        List<Contender> selected = options.select(Contender.all());
        if (selected.isEmpty()) {
            throw new IllegalArgumentException("no benchmark matches; --list names them");
        }
        if (options.list()) {
            selected.forEach(contender -> out.println(contender.title()));
            return;
        }
        String machine = Machine.describe();
        BenchmarkRunner runner = new BenchmarkRunner(options.length());
        Map<Contender, Measured> results = new LinkedHashMap<>();
        for (Contender contender : selected) {
            System.err.printf("[%d/%d] %s%n", results.size() + 1, selected.size(), contender.title());
            results.put(contender, runner.run(contender));
        }
        out.println(machine);
        out.println();
        out.print(new Table(results).print());
        if (options.json().isPresent()) {
            writeJson(options.json().get(), runner.results());
        }
    }

    private static void writeJson(Path file, Collection<RunResult> results) throws IOException {
        try (PrintStream json = new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8)) {
            ResultFormatFactory.getInstance(ResultFormatType.JSON, json).writeOut(results);
        }
    }
}
