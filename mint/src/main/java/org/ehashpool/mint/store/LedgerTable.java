package org.ehashpool.mint.store;

import static org.ehashpool.mint.generated.Tables.LEDGER_DELTA;
import static org.ehashpool.mint.generated.Tables.LEDGER_TOTAL;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/**
 * Sums per unit and keyset. A transaction adds rows of its own, which nobody waits for; now and then they are folded
 * into the totals. A reader adds both up in one statement.
 */
public record LedgerTable(DSLContext sql) {

    /** The keyset of what belongs to no keyset: a unit's quotes. */
    public static final int QUOTES = 0;

    private static final int FOLDED_AT_ONCE = 20_000;

    /**
     * Where sums belong.
     *
     * @param unit in lower case
     * @param keyset its number, or {@link #QUOTES}
     */
    public record Account(String unit, int keyset) {}

    /** Sums of one account. */
    public record Entry(Account account, Sums sums) {}

    /** Part of the transaction that does what is counted. */
    public void add(Map<Account, Sums> changes) {
        if (changes.isEmpty()) {
            return;
        }
        var insert = sql.insertInto(
                LEDGER_DELTA,
                LEDGER_DELTA.UNIT,
                LEDGER_DELTA.KEYSET,
                LEDGER_DELTA.PAID,
                LEDGER_DELTA.ISSUED,
                LEDGER_DELTA.SIGNED,
                LEDGER_DELTA.SPENT,
                LEDGER_DELTA.FEES,
                LEDGER_DELTA.MELTED);
        for (Map.Entry<Account, Sums> change : changes.entrySet()) {
            Sums sums = change.getValue();
            insert = insert.values(
                    change.getKey().unit(),
                    change.getKey().keyset(),
                    sums.paid(),
                    sums.issued(),
                    sums.signed(),
                    sums.spent(),
                    sums.fees(),
                    sums.melted());
        }
        insert.execute();
    }

    /** All accounts, of one moment. */
    public List<Entry> entries() {
        return sql.resultQuery("""
                        select unit, keyset, sum(paid), sum(issued), sum(signed), sum(spent), sum(fees), sum(melted)
                        from (select unit, keyset, paid, issued, signed, spent, fees, melted from {0}
                              union all
                              select unit, keyset, paid, issued, signed, spent, fees, melted from {1}) as rows
                        group by unit, keyset order by unit, keyset""", LEDGER_TOTAL, LEDGER_DELTA).fetch(LedgerTable::entry);
    }

    /** What is owed in a unit, as this transaction sees it. */
    public BigInteger outstanding(String unit) {
        return sql.resultQuery("""
                        select coalesce(sum(paid - issued + signed - spent), 0)
                        from (select paid, issued, signed, spent from {0} where unit = {2}
                              union all
                              select paid, issued, signed, spent from {1} where unit = {2}) as rows""", LEDGER_TOTAL, LEDGER_DELTA, DSL.val(unit))
                .fetchSingle()
                .getValue(0, BigInteger.class);
    }

    /**
     * Folds what was added into the totals, a bounded part of it at once; one process does it at a time.
     *
     * @return how many rows were folded
     */
    public int fold() {
        if (!new StatusTable(sql).tryTakeFolding()) {
            return 0;
        }
        return sql.resultQuery("""
                        with oldest as (select id from {1} order by id limit {2}),
                        gone as (delete from {1} where id in (select id from oldest) returning *),
                        folded as (insert into {0} as total (unit, keyset, paid, issued, signed, spent, fees, melted)
                            select unit, keyset, sum(paid), sum(issued), sum(signed), sum(spent), sum(fees), sum(melted)
                            from gone group by unit, keyset
                            on conflict (unit, keyset) do update set
                                paid = total.paid + excluded.paid, issued = total.issued + excluded.issued,
                                signed = total.signed + excluded.signed, spent = total.spent + excluded.spent,
                                fees = total.fees + excluded.fees, melted = total.melted + excluded.melted)
                        select count(*) from gone""", LEDGER_TOTAL, LEDGER_DELTA, DSL.val(FOLDED_AT_ONCE))
                .fetchSingle()
                .getValue(0, Integer.class);
    }

    private static Entry entry(Record row) {
        return new Entry(
                new Account(row.getValue(0, String.class), row.getValue(1, Integer.class)),
                new Sums(
                        row.getValue(2, BigInteger.class),
                        row.getValue(3, BigInteger.class),
                        row.getValue(4, BigInteger.class),
                        row.getValue(5, BigInteger.class),
                        row.getValue(6, BigInteger.class),
                        row.getValue(7, BigInteger.class)));
    }
}
