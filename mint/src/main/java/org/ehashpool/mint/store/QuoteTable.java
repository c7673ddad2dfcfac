package org.ehashpool.mint.store;

import static org.ehashpool.mint.generated.Tables.MINT_QUOTE;
import static org.ehashpool.mint.generated.Tables.QUOTE_ISSUE;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.mint.generated.tables.records.MintQuoteRecord;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Param;
import org.jooq.Result;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** Quotes for minting. */
public record QuoteTable(DSLContext sql) {

    /** The method of quotes that are invoices. */
    private static final String INVOICES = "bolt11";

    /**
     * Where a page of a lookup ended.
     *
     * @param creation the transaction that made the last quote of the page
     * @param id of that quote
     */
    public record Position(long creation, UUID id) {
        public static final Position START = new Position(-1, new UUID(0, 0));
    }

    /** A quote and where it stands in a lookup. */
    public record Positioned(Position position, StoredQuote quote) {}

    /**
     * Adds quotes, each in the order of its share hash; leaves out those whose share hash has one.
     *
     * @return the ids that were added
     */
    public List<UUID> add(List<StoredQuote> quotes) {
        // One text for any number of quotes: it is prepared once.
        return sql.resultQuery(
                        """
                        insert into {0} (id, method, unit, request, amount, amount_paid, amount_issued, locking_key,
                            share_hash, share_count, mined_at, description, expiry, created_at, updated_at)
                        select * from unnest({1}, {2}, {3}, {4}, {5}, {6}, {7}, {8}, {9}, {10}, {11}, {12}, {13}, {14}, {15})
                        on conflict (share_hash) do nothing returning id""",
                        MINT_QUOTE,
                        ids(quotes),
                        texts(quotes, StoredQuote::method),
                        texts(quotes, StoredQuote::unit),
                        texts(quotes, StoredQuote::request),
                        amounts(quotes, quote -> quote.amount().orElse(null)),
                        amounts(quotes, StoredQuote::paid),
                        amounts(quotes, StoredQuote::issued),
                        bytes(
                                quotes,
                                quote -> quote.lockingKey()
                                        .map(PublicKey::toBytes)
                                        .orElse(null)),
                        bytes(
                                quotes,
                                quote -> quote.share()
                                        .map(StoredQuote.Share::hash)
                                        .map(ShareHash::toBytes)
                                        .orElse(null)),
                        longs(
                                quotes,
                                quote -> quote.share()
                                        .map(StoredQuote.Share::count)
                                        .orElse(null)),
                        times(
                                quotes,
                                quote -> quote.share()
                                        .map(StoredQuote.Share::minedAt)
                                        .orElse(null)),
                        texts(quotes, quote -> quote.description().orElse(null)),
                        longs(
                                quotes,
                                quote -> quote.expiry().isPresent()
                                        ? (Long) quote.expiry().getAsLong()
                                        : null),
                        times(quotes, StoredQuote::createdAt),
                        longs(quotes, StoredQuote::updatedAt))
                .fetch(row -> row.get(0, UUID.class));
    }

    private static Param<String[]> texts(List<StoredQuote> quotes, Function<StoredQuote, @Nullable String> value) {
        return DSL.val(quotes.stream().map(value).toArray(String[]::new), SQLDataType.CLOB.array());
    }

    private static Param<Long[]> longs(List<StoredQuote> quotes, Function<StoredQuote, @Nullable Long> value) {
        return DSL.val(quotes.stream().map(value).toArray(Long[]::new), SQLDataType.BIGINT.array());
    }

    private static Param<byte[][]> bytes(List<StoredQuote> quotes, Function<StoredQuote, byte @Nullable []> value) {
        return DSL.val(quotes.stream().map(value).toArray(byte[][]::new), SQLDataType.VARBINARY.array());
    }

    private static Param<Instant[]> times(List<StoredQuote> quotes, Function<StoredQuote, @Nullable Instant> value) {
        return DSL.val(quotes.stream().map(value).toArray(Instant[]::new), SQLDataType.INSTANT.array());
    }

    private static Param<BigInteger[]> amounts(
            List<StoredQuote> quotes, Function<StoredQuote, @Nullable Amount> value) {
        return DSL.val(
                quotes.stream()
                        .map(value)
                        .map(amount -> amount == null ? null : amount.toBigInteger())
                        .toArray(BigInteger[]::new),
                SQLDataType.DECIMAL_INTEGER.array());
    }

    /** Those of the ids that there are, by id. */
    public Map<UUID, StoredQuote> find(Collection<UUID> ids) {
        return byId(sql.selectFrom(MINT_QUOTE)
                .where(MINT_QUOTE.ID.eq(DSL.any(ids.toArray(UUID[]::new))))
                .fetch());
    }

    /** As {@link #find}, and nobody else changes them before the commit. */
    public Map<UUID, StoredQuote> lock(Collection<UUID> ids) {
        return byId(sql.selectFrom(MINT_QUOTE)
                .where(MINT_QUOTE.ID.eq(DSL.any(ids.toArray(UUID[]::new))))
                .orderBy(MINT_QUOTE.ID)
                .forNoKeyUpdate()
                .fetch());
    }

    /** Those of the share hashes that have a quote, by share hash. */
    public Map<String, StoredQuote> findByShare(Collection<String> hashes) {
        byte[][] bytes = hashes.stream().map(ShareHash::toBytes).toArray(byte[][]::new);
        return sql.selectFrom(MINT_QUOTE)
                .where(MINT_QUOTE.SHARE_HASH.eq(DSL.any(bytes)))
                .fetchMap(row -> ShareHash.toText(row.getShareHash()), QuoteTable::quote);
    }

    /** Whether an invoice is this mint's own. */
    public boolean isOwnInvoice(String invoice) {
        return sql.fetchExists(MINT_QUOTE, MINT_QUOTE.METHOD.eq(INVOICES).and(MINT_QUOTE.REQUEST.eq(invoice)));
    }

    /** The oldest invoices that nobody has paid; another process's transaction may hold some of them. */
    public List<StoredQuote> lockUnpaidInvoices(Instant madeUntil, int limit) {
        return sql.selectFrom(MINT_QUOTE)
                .where(MINT_QUOTE.METHOD.eq(INVOICES))
                .and(MINT_QUOTE.AMOUNT_PAID.eq(0L))
                .and(MINT_QUOTE.CREATED_AT.le(madeUntil))
                .orderBy(MINT_QUOTE.CREATED_AT, MINT_QUOTE.ID)
                .limit(limit)
                .forNoKeyUpdate()
                .skipLocked()
                .fetch(QuoteTable::quote);
    }

    /** Pays a quote in full that is locked by this transaction. */
    public StoredQuote pay(StoredQuote quote, Instant now) {
        StoredQuote paid = quote.withPaid(quote.amount().orElseThrow(), nextUpdate(quote, now));
        sql.update(MINT_QUOTE)
                .set(MINT_QUOTE.AMOUNT_PAID, paid.paid().toLong())
                .set(MINT_QUOTE.UPDATED_AT, paid.updatedAt())
                .where(MINT_QUOTE.ID.eq(quote.id()))
                .execute();
        return paid;
    }

    /** An amount to be minted from a quote. */
    public record Issue(StoredQuote quote, Amount amount) {}

    /**
     * Counts what is minted from quotes that are locked by this transaction. The database refuses more than was paid.
     *
     * @param issues by operation; a quote is in one of them
     * @return the quotes as they are now, by operation
     */
    public Map<Long, List<StoredQuote>> issue(Map<Long, List<Issue>> issues, Instant now) {
        if (issues.isEmpty()) {
            return Map.of();
        }
        Map<Long, List<StoredQuote>> changed = new LinkedHashMap<>();
        issues.forEach((operation, all) -> changed.put(
                operation,
                all.stream()
                        .map(issue -> issue.quote()
                                .withIssued(
                                        issue.quote().issued().plus(issue.amount()), nextUpdate(issue.quote(), now)))
                        .toList()));
        List<StoredQuote> rows = changed.values().stream().flatMap(List::stream).toList();
        sql.query("""
                        update {0} as quote set amount_issued = change.issued, updated_at = change.updated_at
                        from unnest({1}, {2}, {3}) as change (id, issued, updated_at) where quote.id = change.id""", MINT_QUOTE, ids(rows), amounts(rows, StoredQuote::issued), longs(rows, StoredQuote::updatedAt))
                .execute();
        sql.query(
                        "insert into {0} (quote, amount, operation) select * from unnest({1}, {2}, {3})",
                        QUOTE_ISSUE,
                        ids(rows),
                        SignatureTable.amounts(issues.values().stream()
                                .flatMap(List::stream)
                                .map(Issue::amount)
                                .toList()),
                        DSL.val(changed.entrySet().stream()
                                .flatMap(entry -> entry.getValue().stream().map(quote -> entry.getKey()))
                                .toArray(Long[]::new)))
                .execute();
        return changed;
    }

    private static Param<UUID[]> ids(List<StoredQuote> quotes) {
        return DSL.val(quotes.stream().map(StoredQuote::id).toArray(UUID[]::new));
    }

    /** Quotes' {@code updated_at} grows with each change, also within one second: wallets ignore older answers. */
    private static long nextUpdate(StoredQuote quote, Instant now) {
        return Math.max(quote.updatedAt() + 1, now.getEpochSecond());
    }

    /**
     * A page of the quotes locked to keys, in the order of the transactions that made them. It ends before the first
     * transaction that is still under way: what commits later stands behind every page that was read before.
     *
     * @param onlyMintable leaves out quotes that have nothing left to mint
     */
    public List<Positioned> page(String method, List<PublicKey> keys, boolean onlyMintable, Position after, int limit) {
        byte[][] bytes = keys.stream().map(PublicKey::toBytes).toArray(byte[][]::new);
        Condition mintable = onlyMintable ? MINT_QUOTE.AMOUNT_ISSUED.lt(MINT_QUOTE.AMOUNT_PAID) : DSL.noCondition();
        return sql.selectFrom(MINT_QUOTE)
                .where(MINT_QUOTE.LOCKING_KEY.eq(DSL.any(bytes)))
                .and(MINT_QUOTE.METHOD.eq(method))
                .and(mintable)
                .and(DSL.row(MINT_QUOTE.CREATION, MINT_QUOTE.ID).gt(after.creation(), after.id()))
                .and(MINT_QUOTE.CREATION.lt(
                        DSL.field("pg_snapshot_xmin(pg_current_snapshot())::text::bigint", Long.class)))
                .orderBy(MINT_QUOTE.CREATION, MINT_QUOTE.ID)
                .limit(limit)
                .fetch(row -> new Positioned(new Position(row.getCreation(), row.getId()), quote(row)));
    }

    /**
     * Puts quotes of transactions that are in this server's future, as those of another cluster may be, before all
     * others; otherwise lookups would wait for those transactions.
     */
    public int forgetForeignCreations() {
        return sql.update(MINT_QUOTE)
                .set(MINT_QUOTE.CREATION, 0L)
                .where(MINT_QUOTE.CREATION.ge(DSL.field("pg_current_xact_id()::text::bigint", Long.class)))
                .execute();
    }

    /** When the newest quote was made, if there is one: ids are in the order of time. */
    public Optional<Instant> newest() {
        return sql.select(MINT_QUOTE.CREATED_AT)
                .from(MINT_QUOTE)
                .orderBy(MINT_QUOTE.ID.desc())
                .limit(1)
                .fetchOptional(MINT_QUOTE.CREATED_AT);
    }

    private static Map<UUID, StoredQuote> byId(Result<MintQuoteRecord> rows) {
        Map<UUID, StoredQuote> quotes = new LinkedHashMap<>();
        for (MintQuoteRecord row : rows) {
            quotes.put(row.getId(), quote(row));
        }
        return quotes;
    }

    private static StoredQuote quote(MintQuoteRecord row) {
        byte @Nullable [] key = row.getLockingKey();
        byte @Nullable [] hash = row.getShareHash();
        return new StoredQuote(
                row.getId(),
                row.getMethod(),
                row.getUnit(),
                row.getRequest(),
                Optional.ofNullable(row.getAmount()).map(Amount::of),
                Amount.of(row.getAmountPaid()),
                Amount.of(row.getAmountIssued()),
                key == null ? Optional.empty() : Optional.of(PublicKey.of(key)),
                hash == null
                        ? Optional.empty()
                        : Optional.of(
                                new StoredQuote.Share(ShareHash.toText(hash), row.getShareCount(), row.getMinedAt())),
                Optional.ofNullable(row.getDescription()),
                row.getExpiry() == null ? OptionalLong.empty() : OptionalLong.of(row.getExpiry()),
                row.getCreatedAt(),
                row.getUpdatedAt());
    }
}
