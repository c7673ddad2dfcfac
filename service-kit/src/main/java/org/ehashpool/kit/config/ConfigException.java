package org.ehashpool.kit.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used. Its message names every problem, one a line, and no secret. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<ConfigProblem> problems;

    ConfigException(List<ConfigProblem> problems) {
        super(message(problems));
        this.problems = List.copyOf(problems);
    }

    /** At least one, in the order of the file. */
    public List<ConfigProblem> problems() {
        return problems;
    }

    private static String message(List<ConfigProblem> problems) {
        String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
        return problems.stream()
                .map(problem -> System.lineSeparator() + "  " + problem.describe())
                .collect(Collectors.joining("", count + " in the configuration:", ""));
    }
}
