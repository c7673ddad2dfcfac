package org.ehashpool.mint.store;

import static org.ehashpool.mint.generated.Tables.SPENT_PROOF;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.point.PublicKey;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Every proof that was ever spent, by Y: a proof is spent once. */
public record ProofTable(DSLContext sql) {

    /**
     * A proof as it is spent.
     *
     * @param y of its secret
     * @param keyset the number of its keyset
     * @param witness what unlocked it, as it came
     */
    public record Spent(PublicKey y, int keyset, Amount amount, Optional<String> witness) {}

    /** Those of the proofs that are spent, with what unlocked them. */
    public Map<PublicKey, Optional<String>> find(Collection<PublicKey> ys) {
        byte[][] points = ys.stream().map(PublicKey::toBytes).toArray(byte[][]::new);
        Map<PublicKey, Optional<String>> found = new HashMap<>();
        sql.select(SPENT_PROOF.Y, SPENT_PROOF.WITNESS)
                .from(SPENT_PROOF)
                .where(SPENT_PROOF.Y.eq(DSL.any(points)))
                .forEach(row -> found.put(PublicKey.of(row.value1()), Optional.ofNullable(row.value2())));
        return found;
    }

    /**
     * Spends proofs, in the order of their Y. Waits for a transaction that is about to spend one of them.
     *
     * @return whether all were spent by this: if not, one was spent before, and this has to be undone
     */
    public boolean spend(List<Spent> proofs, long operation, Instant now) {
        List<Spent> sorted =
                proofs.stream().sorted(Comparator.comparing(Spent::y)).toList();
        int spent = sql.query(
                        """
                        insert into {0} (y, keyset, amount, witness, operation, spent_at)
                        select *, {5}, {6} from unnest({1}, {2}, {3}, {4}) on conflict do nothing""",
                        SPENT_PROOF,
                        SignatureTable.bytes(sorted.stream()
                                .map(proof -> proof.y().toBytes())
                                .toList()),
                        DSL.val(sorted.stream().map(Spent::keyset).toArray(Integer[]::new)),
                        SignatureTable.amounts(
                                sorted.stream().map(Spent::amount).toList()),
                        DSL.val(
                                sorted.stream()
                                        .map(proof -> proof.witness().orElse(null))
                                        .toArray(String[]::new),
                                SQLDataType.CLOB.array()),
                        DSL.val(operation),
                        DSL.val(now))
                .execute();
        return spent == proofs.size();
    }
}
