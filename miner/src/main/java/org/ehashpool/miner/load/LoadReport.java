package org.ehashpool.miner.load;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.ehashpool.miner.status.ReportFormat;

/**
 * What a load came to.
 *
 * @param fields names and values, in order: what {@code --json} prints
 * @param good whether all connections and channels were there and every share was answered and accepted
 */
public record LoadReport(Map<String, Object> fields, boolean good) {

    /** One line. */
    public String json() {
        return ReportFormat.write(fields);
    }

    /** A line for each figure. */
    public String text() {
        StringBuilder lines = new StringBuilder();
        fields.forEach((name, value) -> lines.append("%-22s %s%n".formatted(name.replace('_', ' '), value)));
        return lines.toString().stripTrailing();
    }

    /**
     * What was measured.
     *
     * @param seconds of submitting
     * @param cpuSeconds of this process, of all threads, meanwhile
     * @param notSent shares that were due and not sent
     * @param unanswered shares that were sent and not answered
     */
    record Measured(double seconds, double cpuSeconds, long notSent, long unanswered) {}

    static LoadReport of(
            LoadPlan plan, LoadTally tally, Measured measured, Latencies latencies, Map<String, Object> jobs) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("seconds", ReportFormat.rounded(measured.seconds()));
        fields.put("connections_wanted", plan.connections());
        fields.put("connections", tally.connected.sum());
        fields.put("connect_failures", new TreeMap<>(tally.connectFailures.counts()));
        fields.put("connections_lost", tally.connectionsLost.sum());
        fields.put("channels", tally.opened.sum());
        fields.put("open_failures", new TreeMap<>(tally.openFailures.counts()));
        fields.put("rate_wanted", plan.sharesPerSecond());
        fields.put("shares_submitted", tally.sent.sum());
        fields.put("shares_accepted", tally.accepted.sum());
        fields.put("shares_sum", tally.shareSum.sum());
        fields.put("shares_rejected", tally.rejections.total());
        fields.put("rejected", new TreeMap<>(tally.rejections.counts()));
        fields.put("shares_not_sent", measured.notSent());
        fields.put("shares_unanswered", measured.unanswered());
        fields.put(
                "shares_per_second",
                ReportFormat.rounded(measured.seconds() == 0 ? 0 : tally.accepted.sum() / measured.seconds()));
        fields.put("latency_us", latencies.percentiles());
        fields.put("cpu_seconds", ReportFormat.rounded(measured.cpuSeconds()));
        fields.put(
                "cpu_cores",
                measured.seconds() == 0 ? 0.0 : Math.round(measured.cpuSeconds() / measured.seconds() * 100) / 100.0);
        if (plan.measureJobs()) {
            fields.put("jobs", jobs);
        }
        boolean complete = tally.connected.sum() == plan.connections()
                && tally.opened.sum() == (long) plan.connections() * plan.pool().channels();
        return new LoadReport(
                fields,
                complete && tally.rejections.total() == 0 && measured.unanswered() == 0 && measured.notSent() == 0);
    }
}
