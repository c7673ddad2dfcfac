package org.ehashpool.mint.store;

import static org.ehashpool.mint.generated.Tables.SPENT_PROOF;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
     * @param proofs by operation
     * @return the operations that have not spent all of theirs, since another one has spent one of them: they have to be
     *     undone
     */
    public Set<Long> spend(Map<Long, List<Spent>> proofs, Instant now) {
        record Row(Spent proof, long operation) {}
        List<Row> sorted = proofs.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(proof -> new Row(proof, entry.getKey())))
                .sorted(Comparator.comparing(row -> row.proof().y()))
                .toList();
        if (sorted.isEmpty()) {
            return Set.of();
        }
        List<Long> spent = sql.resultQuery(
                        """
                        insert into {0} (y, keyset, amount, witness, operation, spent_at)
                        select *, {6} from unnest({1}, {2}, {3}, {4}, {5}) on conflict do nothing
                        returning operation""",
                        SPENT_PROOF,
                        SignatureTable.bytes(sorted.stream()
                                .map(row -> row.proof().y().toBytes())
                                .toList()),
                        DSL.val(sorted.stream().map(row -> row.proof().keyset()).toArray(Integer[]::new)),
                        SignatureTable.amounts(
                                sorted.stream().map(row -> row.proof().amount()).toList()),
                        DSL.val(
                                sorted.stream()
                                        .map(row -> row.proof().witness().orElse(null))
                                        .toArray(String[]::new),
                                SQLDataType.CLOB.array()),
                        DSL.val(sorted.stream().map(Row::operation).toArray(Long[]::new)),
                        DSL.val(now))
                .fetch(row -> row.get(0, Long.class));
        return OperationTable.incomplete(proofs, spent);
    }
}
