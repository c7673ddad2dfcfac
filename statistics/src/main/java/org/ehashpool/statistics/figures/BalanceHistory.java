package org.ehashpool.statistics.figures;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What wallets could send at the end of each step, by unit, over all wallets and mints.
 *
 * @param points in order of time, then of unit; steps of which nobody told have none
 */
public record BalanceHistory(String range, Instant from, Instant to, Duration step, List<Point> points) {
    public BalanceHistory {
        points = List.copyOf(points);
    }

    /**
     * A step of one unit.
     *
     * @param at its beginning
     */
    public record Point(Instant at, String unit, BigInteger amount) {}

    /** The units that there are, in their order. */
    public List<String> units() {
        return points.stream().map(Point::unit).distinct().sorted().toList();
    }

    /** Adds up what wallets told, each balance as long as it holds. */
    static final class Builder {
        private static final Duration HOLDS = Duration.ofMinutes(5);

        private final Range range;
        private final Instant from;
        private final Instant to;
        /** By unit and wallet what was told at the beginning of which step. */
        private final Map<String, Map<String, Map<Instant, BigInteger>>> told = new TreeMap<>();

        Builder(Range range, Instant from, Instant to) {
            this.range = range;
            this.from = from;
            this.to = to;
        }

        /** The last balance of a wallet at a mint within a step. */
        void add(Instant at, String wallet, String unit, BigInteger amount) {
            told.computeIfAbsent(unit, first -> new HashMap<>())
                    .computeIfAbsent(wallet, first -> new HashMap<>())
                    .put(at, amount);
        }

        BalanceHistory build() {
            List<Point> points = new ArrayList<>();
            Map<String, Last> last = new HashMap<>();
            for (Instant at = from; at.isBefore(to); at = at.plus(range.step())) {
                for (String unit : told.keySet()) {
                    sum(unit, at, last).ifPresent(points::add);
                }
            }
            return new BalanceHistory(range.label(), from, to, range.step(), points);
        }

        private record Last(Instant at, BigInteger amount) {}

        private Optional<Point> sum(String unit, Instant at, Map<String, Last> last) {
            BigInteger sum = BigInteger.ZERO;
            boolean any = false;
            for (Map.Entry<String, Map<Instant, BigInteger>> wallet :
                    told.getOrDefault(unit, Map.of()).entrySet()) {
                String key = unit + " " + wallet.getKey();
                BigInteger now = wallet.getValue().get(at);
                if (now != null) {
                    last.put(key, new Last(at, now));
                }
                Last holds = last.get(key);
                if (holds != null && Duration.between(holds.at(), at).compareTo(HOLDS) < 0) {
                    sum = sum.add(holds.amount());
                    any = true;
                }
            }
            return any ? Optional.of(new Point(at, unit, sum)) : Optional.empty();
        }
    }
}
