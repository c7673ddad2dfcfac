package org.ehashpool.cli.mint;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The mint's answers for people. */
final class MintReports {

    private final PrintWriter out;

    MintReports(PrintWriter out) {
        this.out = out;
    }

    void keysets(JsonNode report) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("keyset", "unit", "state", "fee ppk", "expiry", "issued", "redeemed", "outstanding"));
        Instant at = Instant.ofEpochMilli(report.path("at").asLong());
        for (JsonNode keyset : report.path("keysets")) {
            rows.add(List.of(
                    keyset.path("id").asText(),
                    keyset.path("unit").asText(),
                    state(keyset, at),
                    keyset.path("input_fee_ppk").asText(),
                    keyset.path("final_expiry").isNull()
                            ? "never"
                            : Instant.ofEpochSecond(keyset.path("final_expiry").asLong())
                                    .toString(),
                    keyset.path("issued").asText(),
                    keyset.path("redeemed").asText(),
                    keyset.path("outstanding").asText()));
        }
        table(rows);
    }

    private static String state(JsonNode keyset, Instant at) {
        if (!keyset.path("retired_at").isNull()) {
            return "retired";
        }
        if (!keyset.path("active").asBoolean()) {
            return "inactive";
        }
        return expiry(keyset)
                .map(expiry ->
                        expiry.isAfter(at) ? "active, expires in " + lead(at, expiry) : "expired: rotate the unit")
                .orElse("active");
    }

    private static Optional<Instant> expiry(JsonNode keyset) {
        JsonNode seconds = keyset.path("final_expiry");
        return seconds.isIntegralNumber() ? Optional.of(Instant.ofEpochSecond(seconds.asLong())) : Optional.empty();
    }

    private static String lead(Instant from, Instant to) {
        Duration lead = Duration.between(from, to);
        return lead.toDays() > 0 ? lead.toDays() + " days" : lead.toHours() + " hours";
    }

    void liabilities(JsonNode report) {
        out.println("as of " + Instant.ofEpochMilli(report.path("at").asLong()));
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("unit", "mintable", "circulating", "outstanding", "limit", "redeemed", "fees"));
        for (JsonNode unit : report.path("units")) {
            rows.add(List.of(
                    unit.path("unit").asText(),
                    unit.path("mintable").asText(),
                    unit.path("circulating").asText(),
                    unit.path("outstanding").asText(),
                    unit.path("limit").isNull() ? "none" : unit.path("limit").asText(),
                    unit.path("redeemed").asText(),
                    unit.path("fees").asText()));
        }
        table(rows);
        keysets(report);
    }

    void status(JsonNode status) {
        out.println("mint      " + status.path("public_key").asText() + ", profile "
                + status.path("profile").asText());
        out.println("writing   " + halt(status.path("read_only"), "yes", "no, read-only"));
        out.println("quoting   " + halt(status.path("quoting_stopped"), "yes", "stopped"));
    }

    private static String halt(JsonNode halt, String otherwise, String stopped) {
        return halt.isObject()
                ? stopped + " since " + Instant.ofEpochMilli(halt.path("since").asLong()) + ": "
                        + halt.path("reason").asText()
                : otherwise;
    }

    void rotated(JsonNode keyset) {
        out.println("unit " + keyset.path("unit").asText() + " is signed for by keyset "
                + keyset.path("id").asText() + ", fee "
                + keyset.path("input_fee_ppk").asText() + " ppk");
        Instant made = Instant.ofEpochMilli(keyset.path("created_at").asLong());
        expiry(keyset)
                .ifPresent(expiry -> out.println("it expires at " + expiry + ", in " + lead(made, expiry)
                        + ": rotate the unit again before, for from then on it quotes, mints and swaps nothing"));
    }

    void limited(JsonNode limit) {
        out.println("unit " + limit.path("unit").asText() + ": "
                + (limit.path("limit").isNull()
                        ? "no limit"
                        : "at most " + limit.path("limit").asText() + " may be owed"));
    }

    void retired(JsonNode report) {
        out.println("the mint was " + halt(report.path("read_only"), "writing", "read-only"));
        out.println("newest that is known: "
                + (report.path("newest_known").isNull()
                        ? "nothing"
                        : Instant.ofEpochMilli(report.path("newest_known").asLong())));
        report.path("retired").forEach(id -> out.println("retired   " + id.asText()));
        report.path("successors").forEach(id -> out.println("signs now " + id.asText()));
        for (JsonNode loss : report.path("possible_loss")) {
            out.println("possible loss in " + loss.path("unit").asText() + ": at most "
                    + loss.path("circulating").asText() + " of tokens that may be spent a second time, "
                    + loss.path("mintable").asText() + " of quotes that may be minted a second time");
        }
    }

    private void table(List<List<String>> rows) {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                line.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length() + 2);
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
