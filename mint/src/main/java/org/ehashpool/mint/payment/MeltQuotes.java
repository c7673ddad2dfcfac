package org.ehashpool.mint.payment;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.mint.invoice.Invoice;
import org.ehashpool.mint.invoice.InvoiceWriter;
import org.ehashpool.mint.outcome.Outcome;
import org.ehashpool.mint.quote.QuoteIds;
import org.ehashpool.mint.store.MeltTable;
import org.ehashpool.mint.store.QuoteTable;
import org.ehashpool.mint.store.StatusTable;
import org.ehashpool.mint.store.StoredMelt;
import org.jooq.DSLContext;

/** Quotes for the payment of invoices. */
final class MeltQuotes {

    private static final Duration VALIDITY = Duration.ofHours(1);

    private final Database database;
    private final String unit;
    private final QuoteIds ids;
    private final InstantSource clock;

    MeltQuotes(Database database, String unit, QuoteIds ids, InstantSource clock) {
        this.database = database;
        this.unit = unit;
        this.ids = ids;
        this.clock = clock;
    }

    /** What an invoice costs. Blocks: for a thread that may wait. */
    Outcome<StoredMelt> make(String request, String wantedUnit) {
        if (!wantedUnit.equals(unit)) {
            return Outcome.refused(ErrorCode.UNIT_UNSUPPORTED, "the unit is " + unit);
        }
        Invoice invoice;
        try {
            invoice = Invoice.parse(request);
        } catch (IllegalArgumentException e) {
            return Outcome.refused(ErrorCode.REQUEST_INVALID, "request: is no invoice: " + e.getMessage());
        }
        Optional<BigInteger> wanted = invoice.satoshis();
        if (wanted.isEmpty()) {
            return Outcome.refused(ErrorCode.AMOUNTLESS_INVOICE_UNSUPPORTED, "the invoice has no amount");
        }
        if (wanted.get().compareTo(InvoiceWriter.MOST.toBigInteger()) > 0) {
            return Outcome.refused(ErrorCode.AMOUNT_OUTSIDE_LIMIT, "at most " + InvoiceWriter.MOST);
        }
        return database.transactBlocking(Isolation.READ_COMMITTED, sql -> store(sql, invoice, Amount.of(wanted.get())));
    }

    private Outcome<StoredMelt> store(DSLContext sql, Invoice invoice, Amount amount) {
        StatusTable status = new StatusTable(sql);
        status.share();
        if (status.readOnly()) {
            return Outcome.refused(ErrorCode.MINTING_DISABLED, "the mint is read-only at present");
        }
        if (new QuoteTable(sql).isOwnInvoice(invoice.text())) {
            return Outcome.refused(ErrorCode.INVOICE_PAID, "the mint's own invoices pay themselves");
        }
        Instant now = clock.instant();
        StoredMelt quote = new StoredMelt(
                ids.next(),
                unit,
                invoice.text(),
                invoice.paymentHash(),
                amount,
                FakeNode.reserve(amount),
                now.plus(VALIDITY).getEpochSecond(),
                now,
                Optional.empty());
        new MeltTable(sql).add(quote);
        return Outcome.done(quote);
    }

    /** Those of the ids that there are, by id. */
    Map<UUID, StoredMelt> find(Collection<UUID> wanted) {
        return database.transactBlocking(Isolation.READ_COMMITTED, sql -> new MeltTable(sql).find(wanted));
    }
}
