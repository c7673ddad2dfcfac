package org.ehashpool.conservation;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.ehashpool.conservation.books.Differences;
import org.ehashpool.conservation.load.LoadFigures;
import org.ehashpool.conservation.schedule.Phase;
import org.ehashpool.conservation.schedule.Schedule;
import org.ehashpool.conservation.site.Program;
import org.ehashpool.conservation.site.Site;

/** What is printed in the end. */
final class Report {
    private static final double MILLI = 1_000;

    private Report() {}

    static void print(
            Schedule schedule,
            LoadFigures figures,
            Watch watch,
            Site site,
            List<String> settled,
            Differences differences,
            Consumer<String> say) {
        say.accept("");
        say.accept(String.format(
                Locale.ROOT,
                "%-20s %10s %10s %8s %19s %19s %24s %12s",
                "phase",
                "sent",
                "accepted",
                "refused",
                "pool p50/p99 ms",
                "SV1 p50/p99 ms",
                "jobs n: p50/p99/max ms",
                "backlog peak"));
        for (Phase phase : Phase.values()) {
            say.accept(line(phase, figures.of(phase), watch.peak(phase)));
        }
        say.accept("");
        say.accept(
                "after the mint's absence, under load: " + watch.afterAbsence().text());
        say.accept("after the load: " + watch.afterAll().text());
        say.accept("refusals: " + figures.refusals());
        say.accept("connections made by miners: " + figures.connections() + "; acknowledgements with another count: "
                + figures.wrongCounts() + "; ended for a breach of the protocol: " + figures.protocolViolations());
        for (Program program : site.programs()) {
            say.accept(program.name() + ": killed " + program.kills() + " times, ended by itself "
                    + program.endings().size() + " times " + program.endings());
        }
        say.accept("postgres: killed " + site.postgresKills() + " times");
        settled.forEach(say);
        say.accept("");
        if (differences.isEmpty()) {
            say.accept("seed " + schedule.seed() + ": nothing differs");
        } else {
            say.accept("seed " + schedule.seed() + ": DIFFERENCES");
            differences.lines().forEach(line -> say.accept("  " + line));
        }
    }

    private static String line(Phase phase, LoadFigures.PhaseFigures figures, long peak) {
        Histogram jobs = figures.jobs();
        return String.format(
                Locale.ROOT,
                "%-20s %,10d %,10d %,8d %19s %19s %24s %,12d",
                phase.text(),
                figures.sent(),
                figures.acknowledgements().getTotalCount()
                        + figures.translated().getTotalCount(),
                figures.refused(),
                percentiles(figures.acknowledgements()),
                percentiles(figures.translated()),
                jobs.getTotalCount() + ": " + percentiles(jobs) + "/"
                        + String.format(Locale.ROOT, "%.1f", jobs.getMaxValue() / MILLI),
                peak);
    }

    private static String percentiles(Histogram histogram) {
        return String.format(
                Locale.ROOT,
                "%.1f/%.1f",
                histogram.getValueAtPercentile(50) / MILLI,
                histogram.getValueAtPercentile(99) / MILLI);
    }
}
