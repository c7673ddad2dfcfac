package org.ehashpool.statistics.figures;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A subject's hashrate over time. Only whole minutes are in it.
 *
 * @param subject a downstream's or a miner's id, 0 for the whole
 * @param step of a point
 * @param points in order of time; steps of which nothing was recorded have none
 * @param average Σ work ÷ time that was recorded, in hashes per second; null if none was
 * @param peak the greatest of a minute
 * @param low the least of a minute
 */
public record Series(
        long subject,
        String range,
        Instant from,
        Instant to,
        Duration step,
        List<Point> points,
        @Nullable Double average,
        @Nullable Double peak,
        @Nullable Double low) {

    public Series {
        points = List.copyOf(points);
    }

    /**
     * A step.
     *
     * @param at its beginning
     * @param hashrate Σ work ÷ time that was recorded of the step, in hashes per second
     * @param low the least of its minutes
     * @param peak the greatest of its minutes
     * @param seconds that were recorded of the step
     */
    public record Point(
            Instant at, double hashrate, double low, double peak, long accepted, long rejected, long seconds) {}

    static Series of(long subject, Range range, Instant from, Instant to, List<Point> points) {
        double work = 0;
        long seconds = 0;
        double peak = 0;
        double low = Double.POSITIVE_INFINITY;
        for (Point point : points) {
            work += point.hashrate() * point.seconds();
            seconds += point.seconds();
            peak = Math.max(peak, point.peak());
            low = Math.min(low, point.low());
        }
        boolean empty = seconds == 0;
        return new Series(
                subject,
                range.label(),
                from,
                to,
                range.step(),
                points,
                empty ? null : work / seconds,
                empty ? null : peak,
                empty ? null : low);
    }

    /** The newest step. */
    public Optional<Point> newest() {
        return points.isEmpty() ? Optional.empty() : Optional.of(points.getLast());
    }

    /** Accepted shares of all steps. */
    public long accepted() {
        return points.stream().mapToLong(Point::accepted).sum();
    }

    /** Rejected shares of all steps. */
    public long rejected() {
        return points.stream().mapToLong(Point::rejected).sum();
    }
}
