package org.ehashpool.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All results, each beside its limit, what is demanded and what the reference publishes. */
final class Table {
    private static final List<String> HEADINGS = List.of(
            "benchmark", "with", "time", "spread", "per second", "bytes", "limit", "ratio", "target", "reference");

    private final Map<Contender, Measured> results;

    /** In the order of the map. */
    Table(Map<Contender, Measured> results) {
        this.results = results;
    }

    /** As lines of equal columns; with {@code |} between them it is Markdown. */
    String print() {
        List<List<String>> rows = new ArrayList<>(List.of(HEADINGS));
        results.forEach((contender, measured) -> rows.add(row(contender, measured)));
        int[] widths = new int[HEADINGS.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        rows.add(1, dashes(widths));
        StringBuilder printed = new StringBuilder();
        for (List<String> row : rows) {
            printed.append('|');
            for (int i = 0; i < widths.length; i++) {
                boolean text = i < 2 || i >= widths.length - 2;
                printed.append(String.format(" %" + (text ? "-" : "") + widths[i] + "s |", row.get(i)));
            }
            printed.append('\n');
        }
        return printed.toString();
    }

    private static List<String> dashes(int[] widths) {
        List<String> dashes = new ArrayList<>();
        for (int width : widths) {
            dashes.add("-".repeat(width));
        }
        return dashes;
    }

    private List<String> row(Contender contender, Measured measured) {
        Optional<Measured> limit =
                contender.limit(List.copyOf(results.keySet())).map(results::get);
        double nanoseconds = measured.nanoseconds();
        return List.of(
                contender.name(),
                contender.parameter(),
                Figures.time(nanoseconds),
                Figures.percent(measured.spread(), nanoseconds),
                Figures.perSecond(nanoseconds),
                measured.allocated().isPresent()
                        ? Figures.whole(measured.allocated().getAsDouble())
                        : "",
                limit.map(raw -> Figures.time(raw.nanoseconds())).orElse(""),
                limit.map(raw -> Figures.times(nanoseconds / raw.nanoseconds())).orElse(""),
                contender.goal().map(goal -> target(goal, measured, limit)).orElse(""),
                contender.published());
    }

    /** What is demanded, and whether it is so; nothing where the limit was not measured. */
    private static String target(Goal goal, Measured measured, Optional<Measured> limit) {
        List<String> targets = new ArrayList<>();
        if (goal.timesLimit() > 0 && limit.isPresent()) {
            boolean met =
                    measured.nanoseconds() <= goal.timesLimit() * limit.get().nanoseconds();
            targets.add("≤ " + Figures.times(goal.timesLimit()) + verdict(met));
        }
        double perSecond = 1e9 / measured.nanoseconds();
        if (goal.perSecond() > 0) {
            targets.add("≥ " + Figures.whole(goal.perSecond()) + "/s" + verdict(perSecond >= goal.perSecond()));
        }
        if (goal.wantedPerSecond() > 0) {
            targets.add("wanted " + Figures.whole(goal.wantedPerSecond()) + "/s"
                    + verdict(perSecond >= goal.wantedPerSecond()));
        }
        return String.join(", ", targets);
    }

    private static String verdict(boolean met) {
        return met ? " met" : " MISSED";
    }
}
