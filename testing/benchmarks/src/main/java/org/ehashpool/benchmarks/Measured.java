package org.ehashpool.benchmarks;

import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.results.RunResult;

/**
 * What a run gave.
 *
 * @param nanoseconds of one operation, the median over the iterations: others may use the machine as well
 * @param spread of the iterations, the slowest less the fastest, in nanoseconds
 * @param allocated bytes per operation, if measured
 */
record Measured(double nanoseconds, double spread, OptionalDouble allocated) {
    private static final String ALLOCATION = "gc.alloc.rate.norm";

    /** From JMH's result, which must be an average time. */
    @SuppressWarnings("rawtypes") // JMH's own signatures.
    static Measured of(RunResult run) {
        var primary = run.getPrimaryResult();
        double factor = nanoseconds(primary.getScoreUnit());
        OptionalDouble allocated = OptionalDouble.empty();
        for (var secondary : run.getSecondaryResults().values()) {
            if (secondary.getLabel().endsWith(ALLOCATION)) {
                allocated = OptionalDouble.of(secondary.getScore());
            }
        }
        var iterations = primary.getStatistics();
        return new Measured(
                iterations.getPercentile(50) * factor, (iterations.getMax() - iterations.getMin()) * factor, allocated);
    }

    private static double nanoseconds(String unit) {
        return switch (unit) {
            case "ns/op" -> 1;
            case "us/op" -> TimeUnit.MICROSECONDS.toNanos(1);
            case "ms/op" -> TimeUnit.MILLISECONDS.toNanos(1);
            default -> throw new IllegalArgumentException("unit " + unit);
        };
    }
}
