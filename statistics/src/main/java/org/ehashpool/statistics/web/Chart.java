package org.ehashpool.statistics.web;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import org.ehashpool.statistics.figures.BalanceHistory;
import org.ehashpool.statistics.figures.Quotes;
import org.ehashpool.statistics.figures.Series;

/**
 * A drawing of a line or of bars over time, on a field of 1000 by 100, which is stretched to where it is shown. The words
 * at its sides are evenly apart, so that nothing needs a style of its own.
 *
 * @param label what it shows, in a line
 * @param paths what is drawn, the last one on top
 * @param levels of the grid, from the top to 0
 * @param times at the lower edge, evenly apart
 * @param ofDays whether days are told there rather than the time of day
 * @param points of the drawing, for who explores it: place, milliseconds, words; blanks between points, bars between
 *     fields, and underscores for blanks within words
 * @param rows what it shows, as a table with few rows
 */
public record Chart(
        String label,
        List<Path> paths,
        List<String> levels,
        List<Instant> times,
        boolean ofDays,
        String points,
        List<String> columns,
        List<Row> rows) {

    static final int WIDTH = 1000;
    static final int HEIGHT = 100;
    private static final int INTERVALS = 4;
    private static final int ROWS = 12;

    public Chart {
        paths = List.copyOf(paths);
        levels = List.copyOf(levels);
        times = List.copyOf(times);
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** A path of SVG and its class. */
    public record Path(String kind, String data) {}

    /** A line of the table. */
    public record Row(Instant at, List<String> cells) {
        public Row {
            cells = List.copyOf(cells);
        }
    }

    /** Whether there is nothing to draw. */
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** A time at the lower edge. */
    public String word(Instant at) {
        return ofDays ? Words.day(at) : Words.clock(at);
    }

    /** A hashrate: a line, and a band between the least and the greatest of a step's minutes. */
    public static Chart hashrate(Series series) {
        double top = top(
                series.points().stream().mapToDouble(Series.Point::peak).max().orElse(0));
        Frame frame = new Frame(series.from(), series.to(), top);
        StringBuilder line = new StringBuilder();
        StringBuilder area = new StringBuilder();
        StringBuilder band = new StringBuilder();
        for (List<Series.Point> run : runs(series)) {
            line(line, run, frame, series.step());
            area.append(area(run, frame, series.step()));
            if (series.step().compareTo(Duration.ofMinutes(1)) > 0) {
                band.append(band(run, frame, series.step()));
            }
        }
        StringBuilder words = new StringBuilder();
        List<Row> rows = new ArrayList<>();
        int every = Math.max(1, series.points().size() / ROWS);
        for (int i = 0; i < series.points().size(); i++) {
            Series.Point point = series.points().get(i);
            Words.Measure rate = Words.hashrate(point.hashrate());
            words.append(frame.x(middle(point.at(), series.step())))
                    .append('|')
                    .append(point.at().toEpochMilli())
                    .append('|')
                    .append(rate.toString().replace(' ', '_'))
                    .append(' ');
            if (i % every == 0) {
                rows.add(new Row(
                        point.at(),
                        List.of(rate.toString(), Words.count(point.accepted()), Words.count(point.rejected()))));
            }
        }
        return new Chart(
                "Hashrate of the last " + series.range(),
                List.of(
                        new Path("area", area.toString()),
                        new Path("band", band.toString()),
                        new Path("line", line.toString())),
                levels(top, value -> Words.hashrate(value).toString()),
                times(series.from(), series.to()),
                isOfDays(series.from(), series.to()),
                words.toString(),
                List.of("Hashrate", "Accepted", "Rejected"),
                rows);
    }

    /** Steps that follow each other: where nothing was recorded the line has a gap. */
    private static List<List<Series.Point>> runs(Series series) {
        List<List<Series.Point>> runs = new ArrayList<>();
        Instant next = Instant.MIN;
        for (Series.Point point : series.points()) {
            if (!point.at().equals(next)) {
                runs.add(new ArrayList<>());
            }
            runs.getLast().add(point);
            next = point.at().plus(series.step());
        }
        return runs;
    }

    private static void line(StringBuilder path, List<Series.Point> run, Frame frame, Duration step) {
        char command = 'M';
        for (Series.Point point : run) {
            path.append(command)
                    .append(frame.x(middle(point.at(), step)))
                    .append(' ')
                    .append(frame.y(point.hashrate()));
            command = 'L';
        }
        if (run.size() == 1) {
            // A line of no length is seen only with a round end: draw the step.
            path.append('h').append(Math.max(1, frame.width(step) / 2));
        }
    }

    private static String area(List<Series.Point> run, Frame frame, Duration step) {
        StringBuilder path = new StringBuilder();
        line(path, run, frame, step);
        return path.append('L')
                .append(frame.x(middle(run.getLast().at(), step)))
                .append(' ')
                .append(HEIGHT)
                .append('L')
                .append(frame.x(middle(run.getFirst().at(), step)))
                .append(' ')
                .append(HEIGHT)
                .append('Z')
                .toString();
    }

    private static String band(List<Series.Point> run, Frame frame, Duration step) {
        StringBuilder path = new StringBuilder();
        char command = 'M';
        for (Series.Point point : run) {
            path.append(command)
                    .append(frame.x(middle(point.at(), step)))
                    .append(' ')
                    .append(frame.y(point.peak()));
            command = 'L';
        }
        for (Series.Point point : run.reversed()) {
            path.append('L')
                    .append(frame.x(middle(point.at(), step)))
                    .append(' ')
                    .append(frame.y(point.low()));
        }
        return path.append('Z').toString();
    }

    /** Amounts of a unit: what was issued, behind it what was made quotes of. */
    public static Chart amounts(Quotes quotes, String unit) {
        List<Quotes.Step> steps =
                quotes.steps().stream().filter(step -> step.unit().equals(unit)).toList();
        BigInteger greatest = steps.stream()
                .map(step -> step.createdAmount().max(step.issuedAmount()))
                .reduce(BigInteger.ZERO, BigInteger::max);
        double top = top(greatest.doubleValue());
        Frame frame = new Frame(quotes.from(), quotes.to(), top);
        StringBuilder created = new StringBuilder();
        StringBuilder issued = new StringBuilder();
        StringBuilder words = new StringBuilder();
        List<Row> rows = new ArrayList<>();
        int every = Math.max(1, steps.size() / ROWS);
        for (int i = 0; i < steps.size(); i++) {
            Quotes.Step step = steps.get(i);
            created.append(bar(step.at(), step.createdAmount(), frame, quotes.step()));
            issued.append(bar(step.at(), step.issuedAmount(), frame, quotes.step()));
            words.append(frame.x(middle(step.at(), quotes.step())))
                    .append('|')
                    .append(step.at().toEpochMilli())
                    .append("|issued_")
                    .append(Words.amount(step.issuedAmount()))
                    .append(",_quotes_")
                    .append(Words.amount(step.createdAmount()))
                    .append(' ');
            if (i % every == 0) {
                rows.add(new Row(
                        step.at(),
                        List.of(
                                Words.amount(step.issuedAmount()),
                                Words.amount(step.createdAmount()),
                                Words.count(step.created()))));
            }
        }
        return new Chart(
                "Quotes and issued " + Words.unit(unit) + " of the last " + quotes.range(),
                List.of(new Path("bar behind", created.toString()), new Path("bar", issued.toString())),
                levels(top, Chart::shortAmount),
                times(quotes.from(), quotes.to()),
                isOfDays(quotes.from(), quotes.to()),
                words.toString(),
                List.of("Issued", "Quotes made", "Number of quotes"),
                rows);
    }

    /** What wallets could send of a unit: a line. */
    public static Chart balances(BalanceHistory history, String unit) {
        List<BalanceHistory.Point> points = history.points().stream()
                .filter(point -> point.unit().equals(unit))
                .toList();
        double top = top(points.stream()
                .mapToDouble(point -> point.amount().doubleValue())
                .max()
                .orElse(0));
        Frame frame = new Frame(history.from(), history.to(), top);
        StringBuilder line = new StringBuilder();
        StringBuilder words = new StringBuilder();
        List<Row> rows = new ArrayList<>();
        int every = Math.max(1, points.size() / ROWS);
        Instant next = Instant.MIN;
        for (int i = 0; i < points.size(); i++) {
            BalanceHistory.Point point = points.get(i);
            String amount = Words.amount(point.amount());
            // What a step held until its end, so that the line goes along it.
            line.append(point.at().equals(next) ? 'L' : 'M')
                    .append(frame.x(point.at()))
                    .append(' ')
                    .append(frame.y(point.amount().doubleValue()))
                    .append('h')
                    .append(decimal(frame.width(history.step())));
            words.append(frame.x(middle(point.at(), history.step())))
                    .append('|')
                    .append(point.at().toEpochMilli())
                    .append('|')
                    .append(amount)
                    .append(' ');
            if (i % every == 0) {
                rows.add(new Row(point.at(), List.of(amount)));
            }
            next = point.at().plus(history.step());
        }
        return new Chart(
                "Balance in " + Words.unit(unit) + " over the last " + history.range(),
                List.of(new Path("line", line.toString())),
                levels(top, Chart::shortAmount),
                times(history.from(), history.to()),
                isOfDays(history.from(), history.to()),
                words.toString(),
                List.of("Balance"),
                rows);
    }

    private static String bar(Instant at, BigInteger amount, Frame frame, Duration step) {
        if (amount.signum() <= 0) {
            return "";
        }
        String left = frame.x(at);
        String width = decimal(Math.max(0.6, frame.width(step) * 0.8));
        return "M" + left + " " + HEIGHT + "V" + frame.y(amount.doubleValue()) + "h" + width + "V" + HEIGHT + "Z";
    }

    private static String shortAmount(double value) {
        String[] units = {"", " k", " M", " G", " T", " P", " E"};
        double rest = value;
        int unit = 0;
        while (rest >= 1000 && unit < units.length - 1) {
            rest /= 1000;
            unit++;
        }
        return new BigDecimal(Words.digits(rest).replace(",", ""))
                        .stripTrailingZeros()
                        .toPlainString()
                + units[unit];
    }

    private static Instant middle(Instant at, Duration step) {
        return at.plus(step.dividedBy(2));
    }

    /** A round number that is not below a value. */
    static double top(double value) {
        if (value <= 0) {
            return 1;
        }
        double size = Math.pow(10, Math.floor(Math.log10(value)));
        for (double factor : new double[] {1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8}) {
            if (factor * size >= value) {
                return factor * size;
            }
        }
        return 10 * size;
    }

    private static List<String> levels(double top, DoubleFunction<String> words) {
        List<String> levels = new ArrayList<>();
        for (int i = INTERVALS; i >= 0; i--) {
            levels.add(words.apply(top * i / INTERVALS));
        }
        return levels;
    }

    private static boolean isOfDays(Instant from, Instant to) {
        return Duration.between(from, to).compareTo(Duration.ofDays(2)) > 0;
    }

    private static List<Instant> times(Instant from, Instant to) {
        Duration part = Duration.between(from, to).dividedBy(6);
        List<Instant> times = new ArrayList<>();
        for (int i = 0; i <= 6; i++) {
            times.add(from.plus(part.multipliedBy(i)));
        }
        return times;
    }

    /** A small line of values that are evenly apart, on a field of 100 by 24; empty if all are 0. */
    public static String spark(List<Double> values) {
        double top = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        if (top <= 0) {
            return "";
        }
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            path.append(i == 0 ? 'M' : 'L')
                    .append(decimal(100.0 * i / (values.size() - 1)))
                    .append(' ')
                    .append(decimal(23 - 22 * values.get(i) / top));
        }
        return path.toString();
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /** Where things are. */
    private record Frame(Instant from, Instant to, double top) {
        String x(Instant at) {
            double part = (double) Duration.between(from, at).toMillis()
                    / Math.max(1, Duration.between(from, to).toMillis());
            return decimal(Math.clamp(part, 0, 1) * WIDTH);
        }

        String y(double value) {
            return decimal(HEIGHT - Math.clamp(value / top, 0, 1) * HEIGHT);
        }

        double width(Duration step) {
            return (double) step.toMillis()
                    / Math.max(1, Duration.between(from, to).toMillis())
                    * WIDTH;
        }
    }
}
