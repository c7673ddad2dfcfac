package org.ehashpool.benchmarks.shares;

import java.util.Map;
import java.util.TreeMap;

/**
 * A histogram as a service's metrics have it.
 *
 * @param upTo counts of all values up to each bound, by the bound
 */
record Histogram(TreeMap<Double, Double> upTo) {

    /** Reads the one of this name from the text of {@code /metrics}. */
    static Histogram read(String metrics, String name) {
        TreeMap<Double, Double> counts = new TreeMap<>();
        String start = name + "_bucket{le=\"";
        metrics.lines().filter(line -> line.startsWith(start)).forEach(line -> {
            int end = line.indexOf('"', start.length());
            String bound = line.substring(start.length(), end);
            counts.put(
                    bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound),
                    Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)));
        });
        return new Histogram(counts);
    }

    /** What came since an earlier look. */
    Histogram since(Histogram before) {
        TreeMap<Double, Double> counts = new TreeMap<>();
        upTo.forEach((bound, count) -> {
            Map.Entry<Double, Double> then = before.upTo.floorEntry(bound);
            counts.put(bound, count - (then == null ? 0 : then.getValue()));
        });
        return new Histogram(counts);
    }

    /**
     * The value that so many percent do not exceed, by a straight line between the bounds around it; NaN if there are
     * none.
     */
    double percentile(double percent) {
        double total = upTo.isEmpty() ? 0 : upTo.lastEntry().getValue();
        double rank = total * percent / 100;
        double below = 0;
        double from = 0;
        for (Map.Entry<Double, Double> bucket : upTo.entrySet()) {
            if (total > 0 && bucket.getValue() >= rank) {
                double width = bucket.getValue() - below;
                return bucket.getKey().isInfinite() || width == 0
                        ? from
                        : from + (bucket.getKey() - from) * (rank - below) / width;
            }
            below = bucket.getValue();
            from = bucket.getKey();
        }
        return Double.NaN;
    }
}
