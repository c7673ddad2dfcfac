package org.ehashpool.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;

/** The report for a person. */
final class AuditText {
    private AuditText() {}

    static void print(JsonNode report, PrintWriter out) {
        for (JsonNode unit : report.path("pool").path("units")) {
            out.printf(
                    "pool  %s: credited %s for %s shares (to be ordered %s, ordered %s, quoted %s)%n",
                    unit.path("unit").asText(),
                    unit.path("credited").asText(),
                    unit.path("shares").asText(),
                    unit.path("unordered").asText(),
                    unit.path("bound").asText(),
                    unit.path("quoted").asText());
        }
        out.printf(
                "pool  shares of nobody: %s%n",
                report.path("pool").path("keyless").asText());
        for (JsonNode unit : report.path("mint").path("units")) {
            JsonNode rows = unit.path("rows");
            out.printf(
                    "mint  %s: paid %s in %s quotes, issued %s, signed %s, spent %s, fees %s%n",
                    unit.path("unit").asText(),
                    rows.path("paid").asText(),
                    unit.path("quotes").asText(),
                    rows.path("issued").asText(),
                    rows.path("signed").asText(),
                    rows.path("spent").asText(),
                    rows.path("fees").asText());
        }
        JsonNode compared = report.path("compared");
        out.printf(
                "both  %s orders of %s agree with their quotes, of which %s is issued%n",
                compared.path("orders").asText(),
                compared.path("amount").asText(),
                compared.path("issued").asText());
        line(out, compared, "in_flight", "orders wait for their quotes");
        line(out, compared, "answers_lost", "quotes are made, and the pool waits for the answer");
        line(out, compared, "refused", "orders are refused by the mint: look at its log");
        line(out, compared, "newer_than_the_audit", "quotes are newer than this audit");
        line(out, compared, "not_compared", "orders are other mints': not compared");
        line(out, report.path("pool"), "reassigned", "orders were taken from a mint that was lost");
        wallet(out, report.path("wallet"));
        for (JsonNode difference : report.path("differences")) {
            out.printf(
                    "DIFFERS  %s  %s: %s%n",
                    difference.path("kind").asText(),
                    difference.path("subject").asText(),
                    difference.path("detail").asText());
        }
        long differing = report.path("differing").asLong();
        out.println(differing == 0 ? "no difference" : differing + " differences");
    }

    private static void wallet(PrintWriter out, JsonNode wallet) {
        if (!wallet.isObject()) {
            out.println("      no wallet: not compared");
            return;
        }
        for (JsonNode unit : wallet.path("units")) {
            out.printf(
                    "wallet %s: issued to its keys %s of %s, claimed %s%n",
                    unit.path("unit").asText(),
                    unit.path("issued").asText(),
                    unit.path("paid").asText(),
                    unit.path("claimed").asText());
            if (!unit.path("without_claim").asText().equals("0")) {
                out.printf(
                        "      %s of it without a claim; restored with the seed %s%n",
                        unit.path("without_claim").asText(),
                        unit.path("restored").asText());
            }
        }
        out.printf("      %s quotes of its keys agree%n", wallet.path("quotes").asText());
        line(out, wallet, "under_way", "quotes are being minted from");
        line(out, wallet, "newer_than_the_claims", "quotes are newer than the wallet's claims");
    }

    private static void line(PrintWriter out, JsonNode node, String field, String words) {
        if (node.path(field).asLong() != 0) {
            out.printf("      %s %s%n", node.path(field).asText(), words);
        }
    }
}
