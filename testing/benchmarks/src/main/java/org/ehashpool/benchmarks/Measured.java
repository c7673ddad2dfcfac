package org.ehashpool.benchmarks;

import java.util.OptionalDouble;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.Statistics;

/**
 * What a run gave.
 *
 * @param nanoseconds of the processor, or of the clock where {@link Elapsed} says so, for one operation, the median over the iterations
 * @param spread of the iterations, the slowest less the fastest, in nanoseconds
 * @param allocated bytes per operation, if measured
 */
record Measured(double nanoseconds, double spread, OptionalDouble allocated) {
    private static final String ALLOCATION = "gc.alloc.rate.norm";

    /**
     * From JMH's result.
     *
     * @param elapsed whether the clock counts
     * @throws IllegalArgumentException if it was made without {@link ProcessorTime}
     */
    @SuppressWarnings("rawtypes") // JMH's own signatures.
    static Measured of(RunResult run, boolean elapsed) {
        var time = elapsed ? run.getPrimaryResult() : run.getSecondaryResults().get(ProcessorTime.LABEL);
        if (time == null) {
            throw new IllegalArgumentException(
                    "no processor time in " + run.getParams().getBenchmark());
        }
        Statistics iterations = time.getStatistics();
        var allocated = run.getSecondaryResults().get(ALLOCATION);
        return new Measured(
                iterations.getPercentile(50),
                iterations.getMax() - iterations.getMin(),
                allocated == null ? OptionalDouble.empty() : OptionalDouble.of(allocated.getScore()));
    }
}
