package org.ehashpool.mint.store;

import static org.ehashpool.mint.generated.Tables.BLIND_SIGNATURE;
import static org.ehashpool.mint.generated.Tables.KEYSET;
import static org.ehashpool.mint.generated.Tables.OPERATION;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.blind.BlindSignature;
import org.ehashpool.cashu.blind.Dleq;
import org.ehashpool.cashu.keyset.KeysetId;
import org.ehashpool.cashu.point.PublicKey;
import org.jooq.DSLContext;
import org.jooq.Param;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Everything that was ever signed, by blinded message: a blinded message is signed once. */
public record SignatureTable(DSLContext sql) {

    /**
     * A signature to be stored.
     *
     * @param blindedMessage what is signed
     * @param keyset the number of the keyset that signs
     * @param signature the answer
     */
    public record New(PublicKey blindedMessage, int keyset, BlindSignature signature) {}

    /**
     * A signature that is stored.
     *
     * @param signature as it was, or would have been, answered
     * @param operation the digest of the operation that it belongs to
     * @param position among the operation's outputs
     */
    public record Stored(BlindSignature signature, Digest operation, int position) {}

    /** Those of the blinded messages that are signed. */
    public Map<PublicKey, Stored> find(Collection<PublicKey> blindedMessages) {
        byte[][] points = blindedMessages.stream().map(PublicKey::toBytes).toArray(byte[][]::new);
        Map<PublicKey, Stored> found = new HashMap<>();
        sql.select(
                        BLIND_SIGNATURE.BLINDED_MESSAGE,
                        BLIND_SIGNATURE.AMOUNT,
                        KEYSET.ID,
                        BLIND_SIGNATURE.SIGNATURE,
                        BLIND_SIGNATURE.DLEQ_E,
                        BLIND_SIGNATURE.DLEQ_S,
                        OPERATION.DIGEST,
                        BLIND_SIGNATURE.POSITION)
                .from(BLIND_SIGNATURE)
                .join(KEYSET)
                .on(KEYSET.NUMBER.eq(BLIND_SIGNATURE.KEYSET))
                .join(OPERATION)
                .on(OPERATION.ID.eq(BLIND_SIGNATURE.OPERATION))
                .where(BLIND_SIGNATURE.BLINDED_MESSAGE.eq(DSL.any(points)))
                .forEach(row -> found.put(
                        PublicKey.of(row.value1()),
                        new Stored(
                                new BlindSignature(
                                        Amount.of(row.value2()),
                                        KeysetId.of(row.value3()),
                                        PublicKey.of(row.value4()),
                                        new Dleq(row.value5(), row.value6())),
                                Digest.of(row.value7()),
                                row.value8())));
        return found;
    }

    /**
     * Stores signatures, in the order of their blinded messages.
     *
     * @param signatures by operation, in the order of its outputs
     * @return the operations of which not all were stored, since another one has signed one of them: they have to be
     *     undone
     */
    public Set<Long> add(Map<Long, List<New>> signatures) {
        record Row(New value, int position, long operation) {}
        List<Row> sorted = new ArrayList<>();
        signatures.forEach((operation, all) -> {
            for (int i = 0; i < all.size(); i++) {
                sorted.add(new Row(all.get(i), i, operation));
            }
        });
        if (sorted.isEmpty()) {
            return Set.of();
        }
        sorted.sort(Comparator.comparing(row -> row.value().blindedMessage()));
        List<BlindSignature> values =
                sorted.stream().map(row -> row.value().signature()).toList();
        List<Long> stored = sql.resultQuery(
                        """
                        insert into {0} (blinded_message, keyset, amount, signature, dleq_e, dleq_s, position, operation)
                        select * from unnest({1}, {2}, {3}, {4}, {5}, {6}, {7}, {8}) on conflict do nothing
                        returning operation""",
                        BLIND_SIGNATURE,
                        bytes(sorted.stream()
                                .map(row -> row.value().blindedMessage().toBytes())
                                .toList()),
                        DSL.val(sorted.stream().map(row -> row.value().keyset()).toArray(Integer[]::new)),
                        amounts(values.stream().map(BlindSignature::amount).toList()),
                        bytes(values.stream()
                                .map(value -> value.point().toBytes())
                                .toList()),
                        bytes(values.stream().map(value -> value.dleq().e()).toList()),
                        bytes(values.stream().map(value -> value.dleq().s()).toList()),
                        DSL.val(sorted.stream().map(Row::position).toArray(Integer[]::new)),
                        DSL.val(sorted.stream().map(Row::operation).toArray(Long[]::new)))
                .fetch(row -> row.get(0, Long.class));
        return OperationTable.incomplete(signatures, stored);
    }

    static Param<byte[][]> bytes(List<byte[]> values) {
        return DSL.val(values.toArray(byte[][]::new), SQLDataType.VARBINARY.array());
    }

    static Param<BigInteger[]> amounts(List<Amount> values) {
        return DSL.val(
                values.stream().map(Amount::toBigInteger).toArray(BigInteger[]::new),
                SQLDataType.DECIMAL_INTEGER.array());
    }
}
