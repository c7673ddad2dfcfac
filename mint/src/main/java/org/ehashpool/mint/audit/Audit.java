package org.ehashpool.mint.audit;

import static org.ehashpool.mint.generated.Tables.MINT_QUOTE;

import java.math.BigInteger;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.mint.quote.QuoteOrder;
import org.ehashpool.mint.store.KeysetTable;
import org.ehashpool.mint.store.LedgerTable;
import org.ehashpool.mint.store.ShareHash;
import org.ehashpool.mint.store.Sums;
import org.jooq.DSLContext;
import org.jooq.Record;

/** Reads for auditors. All methods block: for threads that may wait; {@link #books} reads every row there is. */
public final class Audit {
    /** The most quotes of a page. */
    public static final int LARGEST_PAGE = 5_000;

    private final Database database;
    private final InstantSource clock;

    public Audit(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Quotes that pools have paid, in the order of their share hashes as computed. A quote that is made while pages are
     * read may be missed, one that was there before the first page never.
     *
     * @param after the last share hash of the page before, in reversed hex; empty for the first page
     * @param limit 1 to {@link #LARGEST_PAGE}
     */
    public List<AuditedQuote> quotes(Optional<String> after, int limit) {
        return database.transactBlocking(
                Isolation.READ_COMMITTED,
                sql -> sql.selectFrom(MINT_QUOTE)
                        .where(MINT_QUOTE.SHARE_HASH.gt(
                                after.map(ShareHash::toBytes).orElse(new byte[0])))
                        .and(MINT_QUOTE.METHOD.eq(QuoteOrder.METHOD))
                        .orderBy(MINT_QUOTE.SHARE_HASH)
                        .limit(limit)
                        .fetch(row -> new AuditedQuote(
                                row.getId(),
                                ShareHash.toText(row.getShareHash()),
                                row.getShareCount(),
                                row.getUnit(),
                                PublicKey.of(row.getLockingKey()),
                                Amount.of(row.getAmountPaid()),
                                Amount.of(row.getAmountIssued()),
                                row.getCreatedAt())));
    }

    /** The books beside the rows that they sum up, all of one moment. */
    public AuditedBooks books() {
        return database.transactBlocking(Isolation.REPEATABLE_READ, sql -> {
            Map<String, Sums> ledger = new HashMap<>();
            new LedgerTable(sql)
                    .entries()
                    .forEach(entry -> ledger.merge(entry.account().unit(), entry.sums(), Sums::plus));
            RowSums rows = RowSums.read(sql);
            List<AuditedUnit> units = new TreeSet<>(new KeysetTable(sql).units().keySet())
                    .stream()
                            .map(unit -> rows.audited(unit, ledger.getOrDefault(unit, Sums.NONE)))
                            .toList();
            return new AuditedBooks(clock.instant(), units, count(sql, """
                            select count(*) from mint_quote quote
                            left join (select quote, sum(amount) as amount from quote_issue group by quote) issue
                                on issue.quote = quote.id
                            where quote.amount_issued <> coalesce(issue.amount, 0)"""), count(sql, """
                            select count(*) from (select operation, sum(amount) as amount from quote_issue
                                group by operation) issue
                            full join (select operation, sum(signature.amount) as amount
                                from blind_signature signature join operation on operation.id = signature.operation
                                where operation.kind = 'mint' group by operation) signed
                                on signed.operation = issue.operation
                            where coalesce(issue.amount, 0) <> coalesce(signed.amount, 0)"""), count(sql, """
                            select count(*) from (select operation, sum(proof.amount) as amount
                                from spent_proof proof join operation on operation.id = proof.operation
                                where operation.kind = 'swap' group by operation) spent
                            full join (select operation, sum(signature.amount) as amount
                                from blind_signature signature join operation on operation.id = signature.operation
                                where operation.kind = 'swap' group by operation) signed
                                on signed.operation = spent.operation
                            where coalesce(signed.amount, 0) > coalesce(spent.amount, 0)"""));
        });
    }

    private static long count(DSLContext sql, String question) {
        return sql.resultQuery(question).fetchSingle().getValue(0, Long.class);
    }

    /** Sums over the rows, by unit and, where it matters, by kind of operation. */
    private record RowSums(
            Map<String, QuoteSums> quotes, Map<String, BigInteger> signed, Map<String, BigInteger> spent) {

        private record QuoteSums(long count, BigInteger paid, BigInteger issued) {
            private static final QuoteSums NONE = new QuoteSums(0, BigInteger.ZERO, BigInteger.ZERO);
        }

        static RowSums read(DSLContext sql) {
            Map<String, QuoteSums> quotes = new HashMap<>();
            sql.resultQuery("select unit, count(*), sum(amount_paid), sum(amount_issued) from mint_quote group by unit")
                    .forEach(row -> quotes.put(
                            row.getValue(0, String.class),
                            new QuoteSums(row.getValue(1, Long.class), number(row, 2), number(row, 3))));
            return new RowSums(quotes, byKind(sql, "blind_signature"), byKind(sql, "spent_proof"));
        }

        private static Map<String, BigInteger> byKind(DSLContext sql, String table) {
            Map<String, BigInteger> sums = new HashMap<>();
            sql.resultQuery("""
                            select keyset.unit, operation.kind, sum(part.amount)
                            from (select keyset, operation, sum(amount) as amount from %s group by keyset, operation) part
                            join keyset on keyset.number = part.keyset
                            join operation on operation.id = part.operation
                            group by keyset.unit, operation.kind""".formatted(table))
                    .forEach(row -> sums.put(
                            key(row.getValue(0, String.class), row.getValue(1, String.class)), number(row, 2)));
            return sums;
        }

        private static String key(String unit, String kind) {
            return kind + " " + unit;
        }

        private static BigInteger number(Record row, int column) {
            return row.getValue(column, BigInteger.class);
        }

        private static BigInteger of(Map<String, BigInteger> sums, String unit, String kind) {
            return sums.getOrDefault(key(unit, kind), BigInteger.ZERO);
        }

        AuditedUnit audited(String unit, Sums ledger) {
            QuoteSums ofQuotes = quotes.getOrDefault(unit, QuoteSums.NONE);
            BigInteger minted = of(signed, unit, "mint");
            BigInteger swapped = of(signed, unit, "swap");
            BigInteger swappedIn = of(spent, unit, "swap");
            BigInteger change = of(signed, unit, "melt");
            BigInteger meltedIn = of(spent, unit, "melt");
            Sums rows = new Sums(
                    ofQuotes.paid(),
                    ofQuotes.issued(),
                    minted.add(swapped).add(change),
                    swappedIn.add(meltedIn),
                    // What came in and neither went back nor was paid out.
                    swappedIn.subtract(swapped).add(meltedIn).subtract(change).subtract(ledger.melted()),
                    ledger.melted());
            return new AuditedUnit(unit, ledger, rows, ofQuotes.count(), minted, swapped, swappedIn);
        }
    }
}
