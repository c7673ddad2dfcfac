package org.ehashpool.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Whether each side's books agree with themselves. */
final class Books {
    private static final List<String> SUMS = List.of("paid", "issued", "signed", "spent", "fees", "melted");

    private Books() {}

    /** The pool's: what is credited is unordered, ordered or quoted; sums and orders are those of their shares. */
    static List<Difference> ofPool(JsonNode ledger) {
        List<Difference> differences = new ArrayList<>();
        for (JsonNode unit : ledger.path("units")) {
            BigInteger credited = number(unit, "credited");
            BigInteger parts =
                    number(unit, "unordered").add(number(unit, "bound")).add(number(unit, "quoted"));
            if (!credited.equals(parts)) {
                differences.add(new Difference(
                        "pool-sums", unit.path("unit").asText(), "credited " + credited + ", in parts " + parts));
            }
        }
        off(differences, ledger, "orders_off", "pool-orders", "are not the sum of their shares");
        off(differences, ledger, "sums_off", "pool-credits", "keys have another sum than their shares");
        return differences;
    }

    /** The mint's: issued = signed − spent + fees, of rows as of the ledger; each operation took in what it gave out. */
    static List<Difference> ofMint(JsonNode books) {
        List<Difference> differences = new ArrayList<>();
        for (JsonNode unit : books.path("units")) {
            String name = unit.path("unit").asText();
            JsonNode ledger = unit.path("ledger");
            JsonNode rows = unit.path("rows");
            for (String sum : SUMS) {
                if (!number(ledger, sum).equals(number(rows, sum))) {
                    differences.add(new Difference(
                            "mint-ledger",
                            name,
                            sum + ": the ledger has " + number(ledger, sum) + ", the rows " + number(rows, sum)));
                }
            }
            BigInteger balance = number(rows, "signed")
                    .subtract(number(rows, "spent"))
                    .add(number(rows, "fees"))
                    .add(number(rows, "melted"));
            if (!number(rows, "issued").equals(balance)) {
                differences.add(new Difference(
                        "mint-sums",
                        name,
                        "issued " + number(rows, "issued") + ", signed less spent with fees " + balance));
            }
            if (!number(unit, "minted").equals(number(rows, "issued"))) {
                differences.add(new Difference(
                        "mint-sums",
                        name,
                        "issued " + number(rows, "issued") + ", signed for quotes " + number(unit, "minted")));
            }
            if (number(rows, "issued").compareTo(number(rows, "paid")) > 0) {
                differences.add(new Difference("mint-sums", name, "more is issued than paid"));
            }
        }
        off(differences, books, "quotes_off", "mint-quotes", "have another counter than their operations");
        off(differences, books, "operations_off", "mint-operations", "signed something else than they took");
        off(differences, books, "swaps_off", "mint-swaps", "signed more than they took in");
        return differences;
    }

    private static void off(List<Difference> differences, JsonNode books, String field, String kind, String words) {
        JsonNode count = books.path(field);
        if (!count.isIntegralNumber()) {
            throw new IllegalStateException("what was answered are no books: " + field + " is missing");
        }
        if (count.asLong() != 0) {
            differences.add(new Difference(kind, field, count.asLong() + " " + words));
        }
    }

    static BigInteger number(JsonNode node, String field) {
        String text = node.path(field).asText();
        if (!text.matches("-?[0-9]{1,100}")) {
            throw new IllegalStateException("what was answered are no books: " + field + " is '" + text + "'");
        }
        return new BigInteger(text);
    }
}
