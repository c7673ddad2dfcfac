package org.ehashpool.mint.payment;

import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.mint.invoice.InvoiceWriter;
import org.ehashpool.mint.journal.MintJournal;
import org.ehashpool.mint.keyset.Keysets;
import org.ehashpool.mint.outcome.Outcome;
import org.ehashpool.mint.quote.QuoteIds;
import org.ehashpool.mint.sign.Outputs;
import org.ehashpool.mint.spend.Inputs;
import org.ehashpool.mint.store.StoredMelt;
import org.ehashpool.mint.store.StoredQuote;
import org.ehashpool.mint.work.Limits;
import org.ehashpool.mint.work.Operations;
import org.ehashpool.mint.work.StepWatch;

/** The test profile's part of a mint. May be called from any thread, as the mint itself. */
public final class Payments {

    private final Operations operations;
    private final InvoiceQuotes quotes;
    private final MeltQuotes meltQuotes;
    private final Melts melts;

    /** What the mint lends. */
    public record Parts(
            Database database,
            Operations operations,
            Keysets keysets,
            Inputs inputs,
            Outputs outputs,
            Limits limits,
            InstantSource clock,
            SecureRandom random,
            MintJournal journal,
            StepWatch steps) {}

    /**
     * Payments of a mint.
     *
     * @param unit of invoices: satoshis
     * @param delay after which an invoice pays itself
     */
    public Payments(Parts parts, String unit, Duration delay) {
        operations = parts.operations();
        QuoteIds ids = new QuoteIds(parts.clock(), parts.random());
        quotes = new InvoiceQuotes(
                parts.database(), unit, delay, ids, new InvoiceWriter(parts.random()), parts.clock(), parts.journal());
        meltQuotes = new MeltQuotes(parts.database(), unit, ids, parts.clock());
        melts = new Melts(parts);
    }

    /** A quote for minting, whose invoice pays itself. */
    public Future<Outcome<StoredQuote>> quote(InvoiceRequest request) {
        return operations.run(() -> quotes.make(request));
    }

    /** Pays the invoices whose time has come. Blocks: for a thread that may wait. */
    public void payDue() {
        quotes.payDue();
    }

    /** A quote for the payment of an invoice. */
    public Future<Outcome<StoredMelt>> meltQuote(String invoice, String unit) {
        return operations.run(() -> meltQuotes.make(invoice, unit));
    }

    /** Those of the quotes that there are, by id. */
    public Future<Map<UUID, StoredMelt>> meltQuotes(Collection<UUID> ids) {
        return operations.run(() -> meltQuotes.find(ids));
    }

    /** Pays an invoice; answers its quote as it is then. */
    public Future<Outcome<StoredMelt>> melt(MeltRequest request) {
        return operations.run(() -> melts.melt(request));
    }
}
