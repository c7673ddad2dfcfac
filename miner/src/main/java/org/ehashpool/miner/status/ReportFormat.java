package org.ehashpool.miner.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reports as people and as programs read them. */
public final class ReportFormat {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] UNITS = {"", "k", "M", "G", "T", "P", "E"};

    private ReportFormat() {}

    /** One line for a person. */
    public static String line(MinerReport report) {
        return "%s  %sH/s  accepted %d  rejected %d%s  difficulty %s  jobs %d  blocks %d  %s"
                .formatted(
                        duration(report.seconds()),
                        scaled(report.hashRate()),
                        report.accepted(),
                        report.rejected(),
                        reasons(report.rejections()),
                        difficulty(report.difficulty()),
                        report.jobs(),
                        report.blocks(),
                        report.state());
    }

    private static String reasons(Map<String, Long> rejections) {
        return rejections.isEmpty()
                ? ""
                : new TreeMap<>(rejections)
                        .entrySet().stream()
                                .map(entry -> entry.getKey() + " " + entry.getValue())
                                .collect(Collectors.joining(", ", " (", ")"));
    }

    private static String difficulty(double difficulty) {
        return difficulty >= 1000 ? scaled(difficulty) : String.format(Locale.ROOT, "%.4g", difficulty);
    }

    /** A number with a prefix of the metric system and a blank before it: {@code 9.41 M}. */
    public static String scaled(double number) {
        double rest = number;
        int unit = 0;
        while (rest >= 1000 && unit < UNITS.length - 1) {
            rest /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.2f %s", rest, UNITS[unit]);
    }

    private static String duration(double seconds) {
        long whole = (long) seconds;
        return String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    }

    /** One JSON object on one line. */
    public static String json(MinerReport report, Instant at) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("at", at.toEpochMilli());
        fields.put("seconds", rounded(report.seconds()));
        fields.put("hashrate", rounded(report.hashRate()));
        fields.put("hashes", report.hashes());
        fields.put("shares_submitted", report.submitted());
        fields.put("shares_accepted", report.accepted());
        fields.put("shares_sum", report.shareSum());
        fields.put("shares_rejected", report.rejected());
        fields.put("rejected", new TreeMap<>(report.rejections()));
        fields.put("shares_discarded", report.discarded());
        fields.put("jobs", report.jobs());
        fields.put("blocks_found", report.blocks());
        // JSON has no infinity, which is what the difficulty of target 0 would be.
        fields.put("difficulty", Double.isInfinite(report.difficulty()) ? Double.MAX_VALUE : report.difficulty());
        fields.put("connected", report.connected());
        fields.put("channels_opened", report.opened());
        fields.put("state", report.state());
        return write(fields);
    }

    /** An object on one line; the values must be such that JSON has. */
    public static String write(Map<String, ?> fields) {
        try {
            return JSON.writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("plain values are always written", e);
        }
    }

    /** With one decimal. */
    public static double rounded(double number) {
        return Math.round(number * 10) / 10.0;
    }
}
