package org.ehashpool.wallet.store;

import static org.ehashpool.wallet.generated.Tables.QUOTE;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.json.QuoteMessages.QuoteAnswer;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.wallet.generated.tables.records.QuoteRecord;
import org.ehashpool.wallet.mint.MintUrl;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Quotes that mints have named. */
public record QuoteTable(DSLContext sql) {

    /** Remembers a quote as the mint has it now. What it paid never becomes less. */
    public void see(MintUrl mint, QuoteAnswer quote, PublicKey key, Instant now) {
        sql.insertInto(QUOTE)
                .set(QUOTE.MINT, mint.text())
                .set(QUOTE.ID, quote.quote())
                .set(QUOTE.UNIT, quote.unit())
                .set(QUOTE.LOCKING_KEY, key.toBytes())
                .set(QUOTE.REQUEST, quote.request())
                .set(QUOTE.AMOUNT_PAID, quote.counters().paid().toLong())
                .set(QUOTE.CLAIMED, 0L)
                .set(QUOTE.SEEN_AT, now)
                .onConflict(QUOTE.MINT, QUOTE.ID)
                .doUpdate()
                .set(QUOTE.AMOUNT_PAID, quote.counters().paid().toLong())
                .set(QUOTE.SEEN_AT, now)
                .where(QUOTE.AMOUNT_PAID.lt(quote.counters().paid().toLong()))
                .execute();
    }

    /** Those of the ids, in their order; nobody else changes them before the commit. */
    public List<StoredQuote> lock(MintUrl mint, Collection<String> ids) {
        return sql.selectFrom(QUOTE)
                .where(QUOTE.MINT.eq(mint.text()))
                .and(QUOTE.ID.in(ids))
                .orderBy(QUOTE.ID)
                .forUpdate()
                .fetch(QuoteTable::quote);
    }

    /** How many of a mint were seen and nothing was minted from. */
    public int unclaimed(MintUrl mint) {
        return sql.fetchCount(QUOTE, QUOTE.MINT.eq(mint.text()).and(QUOTE.CLAIMED.eq(0L)));
    }

    /** Gives a quote to an operation, at a place of its own. */
    public void bind(StoredQuote quote, UUID operation, int position, Amount claiming) {
        sql.update(QUOTE)
                .set(QUOTE.OPERATION, operation)
                .set(QUOTE.POSITION, position)
                .set(QUOTE.CLAIMING, claiming.toLong())
                .where(QUOTE.MINT.eq(quote.mint().text()))
                .and(QUOTE.ID.eq(quote.id()))
                .execute();
    }

    /** An operation's, in their places. */
    public List<StoredQuote> of(UUID operation) {
        return sql.selectFrom(QUOTE)
                .where(QUOTE.OPERATION.eq(operation))
                .orderBy(QUOTE.POSITION)
                .fetch(QuoteTable::quote);
    }

    /** What the operation was to mint from its quotes is minted. */
    public void claimed(UUID operation) {
        sql.update(QUOTE)
                // A mint may sign for one quote again and again: the sum stops at what an amount can say.
                .set(QUOTE.CLAIMED, DSL.least(QUOTE.CLAIMED.plus(QUOTE.CLAIMING), DSL.val(-1L, QUOTE.CLAIMED)))
                .setNull(QUOTE.OPERATION)
                .setNull(QUOTE.CLAIMING)
                .setNull(QUOTE.POSITION)
                .setNull(QUOTE.PROBLEM)
                .where(QUOTE.OPERATION.eq(operation))
                .execute();
    }

    /** The operation is not going to mint from its quotes: each is to be tried by itself. */
    public void part(UUID operation, String problem) {
        sql.update(QUOTE)
                .setNull(QUOTE.OPERATION)
                .setNull(QUOTE.CLAIMING)
                .setNull(QUOTE.POSITION)
                .set(QUOTE.SINGLE, true)
                .set(QUOTE.PROBLEM, problem)
                .where(QUOTE.OPERATION.eq(operation))
                .execute();
    }

    /** All that was minted from quotes, without bound. */
    public BigInteger claimedTotal() {
        BigDecimal sum = sql.select(DSL.sum(QUOTE.CLAIMED.coerce(BigDecimal.class)))
                .from(QUOTE)
                .fetchSingle()
                .value1();
        return sum == null ? BigInteger.ZERO : sum.toBigIntegerExact();
    }

    /** What was minted from quotes, for each mint and unit that something was minted at. */
    public List<Claimed> claimedByMint() {
        return sql.select(QUOTE.MINT, QUOTE.UNIT, DSL.count(), DSL.sum(QUOTE.CLAIMED.coerce(BigDecimal.class)))
                .from(QUOTE)
                .where(QUOTE.CLAIMED.coerce(BigDecimal.class).gt(BigDecimal.ZERO))
                .groupBy(QUOTE.MINT, QUOTE.UNIT)
                .fetch(row -> new Claimed(
                        new MintUrl(row.value1()),
                        row.value2(),
                        row.value3(),
                        row.value4().toBigIntegerExact()));
    }

    private static StoredQuote quote(QuoteRecord row) {
        return new StoredQuote(
                new MintUrl(row.getMint()),
                row.getId(),
                row.getUnit(),
                PublicKey.of(row.getLockingKey()),
                row.getRequest(),
                Amount.of(row.getAmountPaid()),
                Amount.of(row.getClaimed()),
                Optional.ofNullable(row.getOperation()),
                Optional.ofNullable(row.getClaiming()).map(Amount::of),
                row.getSingle());
    }
}
