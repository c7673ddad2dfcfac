package org.ehashpool.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.ehashpool.benchmarks.BenchmarkOptions.Length;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs rows by JMH, one after the other, and keeps its results. */
final class BenchmarkRunner {
    private static final TimeValue QUICK_ITERATION = TimeValue.milliseconds(100);
    private static final TimeValue SMOKE_ITERATION = TimeValue.milliseconds(1);

    private final Length length;
    private final List<RunResult> results = new ArrayList<>();

    BenchmarkRunner(Length length) {
        this.length = length;
    }

    /** Measures a row; each in a JVM of its own, unless it is only to see that it runs. */
    Measured run(Contender contender) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^"
                        + Pattern.quote(contender.method().getDeclaringClass().getName() + "."
                                + contender.method().getName())
                        + "$")
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .addProfiler(ProcessorTime.class)
                .addProfiler(GCProfiler.class);
        if (!contender.parameter().isEmpty()) {
            String[] parameter = contender.parameter().split("=", 2);
            options.param(parameter[0], parameter[1]);
        }
        switch (length) {
            case FULL -> options.forks(1);
            case QUICK ->
                options.forks(1)
                        .warmupIterations(2)
                        .warmupTime(QUICK_ITERATION)
                        .measurementIterations(3)
                        .measurementTime(QUICK_ITERATION);
            case SMOKE ->
                options.forks(0).warmupIterations(0).measurementIterations(1).measurementTime(SMOKE_ITERATION);
        }
        RunResult result = new Runner(options.build()).runSingle();
        results.add(result);
        return Measured.of(result, contender.isElapsed());
    }

    /** What JMH gave, for its own report. */
    Collection<RunResult> results() {
        return Collections.unmodifiableList(results);
    }
}
