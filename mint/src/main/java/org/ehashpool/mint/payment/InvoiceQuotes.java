package org.ehashpool.mint.payment;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.mint.invoice.InvoiceWriter;
import org.ehashpool.mint.journal.MintJournal;
import org.ehashpool.mint.outcome.Outcome;
import org.ehashpool.mint.outcome.Refusal;
import org.ehashpool.mint.quote.QuoteIds;
import org.ehashpool.mint.store.KeysetTable;
import org.ehashpool.mint.store.LedgerTable;
import org.ehashpool.mint.store.MintStatus;
import org.ehashpool.mint.store.QuoteTable;
import org.ehashpool.mint.store.StatusTable;
import org.ehashpool.mint.store.StoredQuote;
import org.ehashpool.mint.store.Sums;
import org.ehashpool.mint.work.UndoneException;
import org.jooq.DSLContext;

/** Quotes whose invoices pay themselves, at once or after a while. */
final class InvoiceQuotes {

    static final String METHOD = "bolt11";

    private static final Duration VALIDITY = Duration.ofDays(1);
    private static final int PAID_AT_ONCE = 500;

    private final Database database;
    private final String unit;
    private final Duration delay;
    private final QuoteIds ids;
    private final InvoiceWriter invoices;
    private final InstantSource clock;
    private final MintJournal journal;

    InvoiceQuotes(
            Database database,
            String unit,
            Duration delay,
            QuoteIds ids,
            InvoiceWriter invoices,
            InstantSource clock,
            MintJournal journal) {
        this.database = database;
        this.unit = unit;
        this.delay = delay;
        this.ids = ids;
        this.invoices = invoices;
        this.clock = clock;
        this.journal = journal;
    }

    /** A new quote, paid already when there is no delay. Blocks: for a thread that may wait. */
    Outcome<StoredQuote> make(InvoiceRequest request) {
        Optional<Refusal> problem = problem(request);
        if (problem.isPresent()) {
            return Outcome.refused(problem.get());
        }
        StoredQuote quote = quote(request, request.amount().orElseThrow());
        Outcome<StoredQuote> made;
        try {
            made = database.transactBlocking(Isolation.READ_COMMITTED, sql -> commit(sql, quote));
        } catch (UndoneException full) {
            return Outcome.refused(ErrorCode.AMOUNT_OUTSIDE_LIMIT, "the mint owes as much as it may");
        }
        return made.then(stored -> {
            journal.quoteChanged(stored);
            return Outcome.done(stored);
        });
    }

    private Optional<Refusal> problem(InvoiceRequest request) {
        if (!request.unit().equals(unit)) {
            return Optional.of(new Refusal(ErrorCode.UNIT_UNSUPPORTED, "the unit is " + unit));
        }
        if (request.amount().isEmpty()) {
            return Optional.of(new Refusal(ErrorCode.REQUEST_INVALID, "amount: is missing"));
        }
        Amount amount = request.amount().get();
        return amount.isZero() || amount.compareTo(InvoiceWriter.MOST) > 0
                ? Optional.of(new Refusal(ErrorCode.AMOUNT_OUTSIDE_LIMIT, "from 1 to " + InvoiceWriter.MOST))
                : Optional.empty();
    }

    private StoredQuote quote(InvoiceRequest request, Amount amount) {
        Instant now = clock.instant();
        return new StoredQuote(
                ids.next(),
                METHOD,
                unit,
                invoices.write(amount, request.description().orElse(""), now, VALIDITY.toSeconds()),
                Optional.of(amount),
                Amount.ZERO,
                Amount.ZERO,
                request.lockingKey(),
                Optional.empty(),
                request.description(),
                OptionalLong.of(now.plus(VALIDITY).getEpochSecond()),
                now,
                now.getEpochSecond());
    }

    private Outcome<StoredQuote> commit(DSLContext sql, StoredQuote quote) {
        StatusTable tables = new StatusTable(sql);
        tables.share();
        MintStatus status = tables.read().orElseThrow();
        if (status.readOnly().isPresent()) {
            return Outcome.refused(ErrorCode.MINTING_DISABLED, "the mint is read-only at present");
        }
        if (status.quotingStopped().isPresent()) {
            return Outcome.refused(ErrorCode.MINTING_DISABLED, "no quotes are made at present");
        }
        if (!delay.isZero()) {
            new QuoteTable(sql).add(List.of(quote));
            return Outcome.done(quote);
        }
        Optional<BigInteger> room = room(sql);
        new QuoteTable(sql).add(List.of(quote));
        List<StoredQuote> paid = pay(sql, List.of(quote), room);
        if (paid.isEmpty()) {
            throw new UndoneException();
        }
        return Outcome.done(paid.getFirst());
    }

    /** Pays invoices whose time has come. Blocks: for a thread that may wait. */
    void payDue() {
        List<StoredQuote> paid = database.transactBlocking(Isolation.READ_COMMITTED, sql -> {
            StatusTable tables = new StatusTable(sql);
            tables.share();
            if (tables.readOnly()) {
                return List.<StoredQuote>of();
            }
            Optional<BigInteger> room = room(sql);
            return pay(
                    sql, new QuoteTable(sql).lockUnpaidInvoices(clock.instant().minus(delay), PAID_AT_ONCE), room);
        });
        paid.forEach(journal::quoteChanged);
    }

    /** What more may be owed; empty where there is no limit. Whoever asks is alone with the answer until the commit. */
    private Optional<BigInteger> room(DSLContext sql) {
        Amount limit = new KeysetTable(sql).limits().get(unit);
        if (limit == null) {
            return Optional.empty();
        }
        new StatusTable(sql).takeTurnIn(unit);
        return Optional.of(limit.toBigInteger().subtract(new LedgerTable(sql).outstanding(unit)));
    }

    private List<StoredQuote> pay(DSLContext sql, List<StoredQuote> unpaid, Optional<BigInteger> room) {
        Instant now = clock.instant();
        BigInteger sum = BigInteger.ZERO;
        List<StoredQuote> paid = new ArrayList<>();
        for (StoredQuote quote : unpaid) {
            BigInteger after = sum.add(quote.amount().orElseThrow().toBigInteger());
            if (room.isEmpty() || after.compareTo(room.get()) <= 0) {
                sum = after;
                paid.add(new QuoteTable(sql).pay(quote, now));
            }
        }
        if (!paid.isEmpty()) {
            new LedgerTable(sql).add(Map.of(new LedgerTable.Account(unit, LedgerTable.QUOTES), Sums.ofPaid(sum)));
        }
        return paid;
    }
}
