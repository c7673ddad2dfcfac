package org.ehashpool.cli.interop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Verdicts for people, as they come, or as one JSON document. */
final class Report {
    private static final String ROW = "%-40s %-8s %-8s %s%n";

    private final PrintWriter out;

    Report(PrintWriter out) {
        this.out = out;
    }

    void head() {
        out.printf(Locale.ROOT, ROW, "scenario", "our end", "result", "seconds");
        out.flush();
    }

    void row(Verdict verdict) {
        switch (verdict.result()) {
            case Verdict.Result.Passed(var took, List<String> notes) -> {
                row(verdict, "PASS", seconds(took.toMillis()));
                notes.forEach(note -> out.println("    " + note));
            }
            case Verdict.Result.Failed(var took, String reason, List<String> peerOutput) -> {
                row(verdict, "FAIL", seconds(took.toMillis()));
                out.println("    " + reason);
                peerOutput.forEach(line -> out.println("    | " + line));
            }
            case Verdict.Result.NotRun() -> row(verdict, "not run", "(peer not given)");
        }
        out.flush();
    }

    private void row(Verdict verdict, String result, String remark) {
        out.printf(Locale.ROOT, ROW, verdict.scenario(), verdict.ourEnd(), result, remark);
    }

    void foot(List<Verdict> verdicts) {
        out.printf(
                Locale.ROOT,
                "%d passed, %d failed, %d not run%n",
                count(verdicts, Verdict.Result.Passed.class),
                count(verdicts, Verdict.Result.Failed.class),
                count(verdicts, Verdict.Result.NotRun.class));
        out.flush();
    }

    void json(List<Verdict> verdicts) throws JsonProcessingException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode document = mapper.createObjectNode();
        ArrayNode rows = document.putArray("scenarios");
        for (Verdict verdict : verdicts) {
            ObjectNode row = rows.addObject().put("scenario", verdict.scenario());
            switch (verdict.result()) {
                case Verdict.Result.Passed(var took, List<String> notes) -> {
                    row.put("our_end", verdict.ourEnd()).put("result", "pass").put("millis", took.toMillis());
                    if (!notes.isEmpty()) {
                        notes.forEach(row.putArray("notes")::add);
                    }
                }
                case Verdict.Result.Failed(var took, String reason, List<String> peerOutput) -> {
                    row.put("our_end", verdict.ourEnd()).put("result", "fail").put("millis", took.toMillis());
                    ArrayNode lines = row.put("reason", reason).putArray("peer_output");
                    peerOutput.forEach(lines::add);
                }
                case Verdict.Result.NotRun() -> row.put("result", "not_run");
            }
        }
        out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(document));
        out.flush();
    }

    static long count(List<Verdict> verdicts, Class<? extends Verdict.Result> result) {
        return verdicts.stream().map(Verdict::result).filter(result::isInstance).count();
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.2f", millis / 1000.0);
    }
}
