package org.ehashpool.fuzz;

import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The command line.
 *
 * @param target what to fuzz
 * @param time for how long
 * @param executions how many at most
 * @param keep whether to keep what earlier runs found, instead of fuzzing
 */
record FuzzOptions(FuzzTarget target, Duration time, OptionalLong executions, boolean keep) {
    static final String USAGE = """
            usage: fuzz TARGET [--for 60s] [--runs N]
                   fuzz TARGET --keep
                   fuzz --list

              --for TIME   how long: 90s, 5m, 2h; 60s unless told
              --runs N     stop after so many inputs, if that is earlier
              --keep       do not fuzz: add the inputs of earlier runs that reach new code to the kept corpus

            A finding is written to the work directory, and its exit status is 77.
            """;

    private static final Duration DEFAULT_TIME = Duration.ofSeconds(60);
    private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,5})([smh])");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException that says what is wrong
     */
    static FuzzOptions parse(String... arguments) {
        Optional<FuzzTarget> target = Optional.empty();
        Duration time = DEFAULT_TIME;
        OptionalLong executions = OptionalLong.empty();
        boolean keep = false;
        for (Iterator<String> rest = Arrays.asList(arguments).iterator(); rest.hasNext(); ) {
            String argument = rest.next();
            switch (argument) {
                case "--for" -> time = time(value(argument, rest));
                case "--runs" -> executions = OptionalLong.of(number(value(argument, rest)));
                case "--keep" -> keep = true;
                default -> {
                    if (argument.startsWith("-") || target.isPresent()) {
                        throw new IllegalArgumentException("\"" + argument + "\" is not understood");
                    }
                    target = Optional.of(target(argument));
                }
            }
        }
        if (keep && target.equals(Optional.of(FuzzTarget.EVERYTHING))) {
            throw new IllegalArgumentException("--keep wants one target: each has a corpus of its own");
        }
        return new FuzzOptions(
                target.orElseThrow(() -> new IllegalArgumentException("which target? one of " + titles())),
                time,
                executions,
                keep);
    }

    private static FuzzTarget target(String title) {
        return FuzzTarget.of(title)
                .orElseThrow(() -> new IllegalArgumentException("no target \"" + title + "\"; there are " + titles()));
    }

    private static String titles() {
        return Arrays.stream(FuzzTarget.values()).map(FuzzTarget::title).collect(Collectors.joining(", "));
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " wants a value");
        }
        return rest.next();
    }

    private static Duration time(String text) {
        Matcher matcher = TIME.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("--for \"" + text + "\": 90s, 5m or 2h expected");
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofHours(count);
        };
    }

    private static long number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException("--runs \"" + text + "\": a positive number expected");
        }
        return Long.parseLong(text);
    }
}
