package org.ehashpool.wallet.store;

import static org.ehashpool.wallet.generated.Tables.OPERATION;
import static org.ehashpool.wallet.generated.Tables.OUTPUT;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.keyset.KeysetId;
import org.jooq.DSLContext;

/** Outputs of operations. */
public record OutputTable(DSLContext sql) {

    /**
     * Gives an operation outputs, whose counters are taken here.
     *
     * @return them, in their order
     */
    public List<PlannedOutput> add(UUID operation, KeysetId keyset, List<Amount> kept, List<Amount> sent) {
        int count = kept.size() + sent.size();
        long counter = new KeysetTable(sql).takeCounters(keyset, count);
        List<PlannedOutput> outputs = new ArrayList<>(count);
        for (Amount amount : kept) {
            outputs.add(new PlannedOutput(keyset, counter++, amount, false));
        }
        for (Amount amount : sent) {
            outputs.add(new PlannedOutput(keyset, counter++, amount, true));
        }
        // By amount: their order does not tell the mint which are sent.
        outputs.sort((one, other) -> one.amount().compareTo(other.amount()));
        for (int position = 0; position < count; position++) {
            PlannedOutput output = outputs.get(position);
            sql.insertInto(OUTPUT)
                    .set(OUTPUT.OPERATION, operation)
                    .set(OUTPUT.POSITION, position)
                    .set(OUTPUT.KEYSET, keyset.toBytes())
                    .set(OUTPUT.COUNTER, output.counter())
                    .set(OUTPUT.AMOUNT, output.amount().toLong())
                    .set(OUTPUT.SENT, output.sent())
                    .execute();
        }
        return outputs;
    }

    /** An operation's, in their order. */
    public List<PlannedOutput> of(UUID operation) {
        return sql.selectFrom(OUTPUT)
                .where(OUTPUT.OPERATION.eq(operation))
                .orderBy(OUTPUT.POSITION)
                .fetch(row -> new PlannedOutput(
                        KeysetId.of(row.getKeyset()), row.getCounter(), Amount.of(row.getAmount()), row.getSent()));
    }

    /** The counters of a keyset that open operations have: their proofs are theirs to take. */
    public List<Long> openCounters(KeysetId keyset) {
        return sql.select(OUTPUT.COUNTER)
                .from(OUTPUT)
                .join(OPERATION)
                .on(OUTPUT.OPERATION.eq(OPERATION.ID))
                .where(OUTPUT.KEYSET.eq(keyset.toBytes()))
                .and(OPERATION.STATE.eq(OperationState.OPEN.label()))
                .fetch(row -> row.value1());
    }

    /** Forgets an operation's, which the mint has not signed and never will. Their counters stay used. */
    public void remove(UUID operation) {
        sql.deleteFrom(OUTPUT).where(OUTPUT.OPERATION.eq(operation)).execute();
    }
}
