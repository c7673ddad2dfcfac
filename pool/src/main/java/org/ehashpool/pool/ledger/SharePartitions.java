package org.ehashpool.pool.ledger;

import static org.ehashpool.pool.generated.Tables.SHARE;

import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Name;
import org.jooq.impl.DSL;

/**
 * The partitions of the shares, each for the shares of so many tips: about a day of blocks. The one after the present is
 * there before it is needed.
 */
final class SharePartitions {
    static final int TIPS = 144;

    /** Taken while partitions are made, by one process at a time. */
    private static final long LOCK = 0x7368_6172_6501L;

    /** Partitions up to this number were seen. */
    private int seen = -1;

    /** Makes the partition of a tip and the one after it, unless they are there. */
    void ensure(DSLContext sql, int tip) {
        int last = tip / TIPS + 1;
        if (last <= seen) {
            return;
        }
        sql.select(DSL.function("pg_advisory_xact_lock", Object.class, DSL.val(LOCK)))
                .fetch();
        boolean complete = true;
        for (int number : List.of(last - 1, last)) {
            if (!exists(sql, number)) {
                create(sql, number);
                complete = false;
            }
        }
        // What this transaction made is there when it is committed: the next time will tell.
        if (complete) {
            seen = last;
        }
    }

    private static boolean exists(DSLContext sql, int number) {
        return sql.fetchSingle(
                        "select to_regclass({0}) is not null",
                        DSL.inline(name(number).toString()))
                .getValue(0, Boolean.class);
    }

    /**
     * A table that is made as a partition, or checked when it is attached, would stop all inserts meanwhile. This one is
     * empty, and its constraint says what the check would find.
     */
    private static void create(DSLContext sql, int number) {
        Name name = name(number);
        int from = number * TIPS;
        int to = from + TIPS;
        sql.execute(
                "create table {0} (like {1} including all, constraint {2} check (tip_id >= {3} and tip_id < {4}))",
                name, SHARE, DSL.name("share_" + number + "_tips"), DSL.inline(from), DSL.inline(to));
        sql.execute(
                "alter table {0} attach partition {1} for values from ({2}) to ({3})",
                SHARE, name, DSL.inline(from), DSL.inline(to));
        sql.execute("alter table {0} drop constraint {1}", name, DSL.name("share_" + number + "_tips"));
    }

    private static Name name(int number) {
        return DSL.name(LedgerSchema.SCHEMA.name(), "share_" + number);
    }
}
