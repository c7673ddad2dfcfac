package org.ehashpool.mint.manage;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.ehashpool.mint.audit.AuditedBooks;
import org.ehashpool.mint.audit.AuditedQuote;
import org.ehashpool.mint.audit.AuditedUnit;
import org.ehashpool.mint.store.Sums;

/** What an auditor is told, as JSON. Amounts are decimal strings. */
final class AuditReports {
    private AuditReports() {}

    static JsonObject quotes(List<AuditedQuote> page) {
        JsonArray quotes = new JsonArray();
        for (AuditedQuote quote : page) {
            quotes.add(new JsonObject()
                    .put("share_hash", quote.shareHash())
                    .put("quote", quote.id().toString())
                    .put("share_count", quote.shareCount())
                    .put("unit", quote.unit())
                    .put("locking_key", quote.lockingKey().toString())
                    .put("paid", quote.paid().toString())
                    .put("issued", quote.issued().toString())
                    .put("created_at", quote.createdAt().toEpochMilli()));
        }
        return new JsonObject().put("quotes", quotes);
    }

    static JsonObject books(AuditedBooks books) {
        JsonArray units = new JsonArray();
        books.units().forEach(unit -> units.add(unit(unit)));
        return new JsonObject()
                .put("at", books.at().toEpochMilli())
                .put("units", units)
                .put("quotes_off", books.quotesOff())
                .put("operations_off", books.operationsOff())
                .put("swaps_off", books.swapsOff());
    }

    private static JsonObject unit(AuditedUnit unit) {
        return new JsonObject()
                .put("unit", unit.unit())
                .put("quotes", unit.quotes())
                .put("ledger", sums(unit.ledger()))
                .put("rows", sums(unit.rows()))
                .put("minted", unit.minted().toString())
                .put("swapped_in", unit.swappedIn().toString())
                .put("swapped", unit.swapped().toString());
    }

    private static JsonObject sums(Sums sums) {
        return new JsonObject()
                .put("paid", sums.paid().toString())
                .put("issued", sums.issued().toString())
                .put("signed", sums.signed().toString())
                .put("spent", sums.spent().toString())
                .put("fees", sums.fees().toString())
                .put("melted", sums.melted().toString());
    }
}
