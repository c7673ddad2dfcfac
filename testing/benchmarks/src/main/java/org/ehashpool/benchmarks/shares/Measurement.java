package org.ehashpool.benchmarks.shares;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/**
 * One load, and what it took.
 *
 * @param before as the first share was about to be sent
 * @param after the last answer
 * @param report the load's own
 */
record Measurement(Reading before, Reading after, JsonNode report) {
    static final String HEADER = "paid     wanted    accepted/s refused   p50 ms   p99 ms p99.9 ms | waited for record,"
            + " p50 ms p99 ms | µs of processor a share: pool postgres load | shares/s a pool core | a commit | log bytes";

    private static final double MICROS = 1e6;

    /** Shares that were accepted. */
    double accepted() {
        return report.path("shares_accepted").asDouble();
    }

    /** Accepted shares in a second of submitting. */
    double perSecond() {
        return report.path("shares_per_second").asDouble();
    }

    /** Whether every share that was sent was accepted. */
    boolean isGood() {
        return report.path("shares_rejected").asLong() == 0
                && report.path("shares_unanswered").asLong() == 0
                && report.path("connections_lost").asLong() == 0;
    }

    private double latency(String percentile) {
        return report.path("latency_us").path(percentile).asDouble() / 1e3;
    }

    /** A line under {@link #HEADER}. */
    String row(String payees, String wanted) {
        Histogram waited = after.recording().since(before.recording());
        double pool = after.poolSeconds() - before.poolSeconds();
        return String.format(
                Locale.ROOT,
                "%-8s %-8s %,11.0f %7d %8.1f %8.1f %8.1f | %25.1f %6.1f | %29.1f %8.1f %4.1f | %,20.0f | %8.0f | %9.0f",
                payees,
                wanted,
                perSecond(),
                report.path("shares_rejected").asLong(),
                latency("p50"),
                latency("p99"),
                latency("p99_9"),
                1e3 * waited.percentile(50),
                1e3 * waited.percentile(99),
                pool / accepted() * MICROS,
                (after.postgresSeconds() - before.postgresSeconds()) / accepted() * MICROS,
                report.path("cpu_seconds").asDouble() / accepted() * MICROS,
                accepted() / pool,
                accepted() / (after.commits() - before.commits()),
                (after.logBytes() - before.logBytes()) / accepted());
    }

    /** What a mint did meanwhile. */
    String quotesRow() {
        double seconds = (after.at() - before.at()) / 1e9;
        double quotes = after.quotes() - before.quotes();
        return String.format(
                Locale.ROOT,
                "    %,.0f quotes/s meanwhile; waiting for an order: %,.0f shares before, %,.0f after; mint %.1f µs a quote",
                quotes / seconds,
                before.backlog(),
                after.backlog(),
                (after.mintSeconds() - before.mintSeconds()) / quotes * MICROS);
    }
}
