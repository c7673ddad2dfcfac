package org.ehashpool.mint.store;

import static org.ehashpool.mint.generated.Tables.BLIND_SIGNATURE;
import static org.ehashpool.mint.generated.Tables.KEYSET;
import static org.ehashpool.mint.generated.Tables.OPERATION;

import java.math.BigInteger;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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
     * Stores an operation's signatures, in the order of their blinded messages.
     *
     * @param signatures in the order of the operation's outputs
     * @return whether all were stored: if not, another operation has signed one of them, and this one has to be undone
     */
    public boolean add(List<New> signatures, long operation) {
        List<Integer> order = IntStream.range(0, signatures.size())
                .boxed()
                .sorted((a, b) -> signatures
                        .get(a)
                        .blindedMessage()
                        .compareTo(signatures.get(b).blindedMessage()))
                .toList();
        List<New> sorted = order.stream().map(signatures::get).toList();
        int stored = sql.query(
                        """
                        insert into {0} (blinded_message, keyset, amount, signature, dleq_e, dleq_s, position, operation)
                        select *, {8} from unnest({1}, {2}, {3}, {4}, {5}, {6}, {7}) on conflict do nothing""",
                        BLIND_SIGNATURE,
                        bytes(sorted.stream()
                                .map(row -> row.blindedMessage().toBytes())
                                .toList()),
                        DSL.val(sorted.stream().map(New::keyset).toArray(Integer[]::new)),
                        amounts(sorted.stream()
                                .map(row -> row.signature().amount())
                                .toList()),
                        bytes(sorted.stream()
                                .map(row -> row.signature().point().toBytes())
                                .toList()),
                        bytes(sorted.stream()
                                .map(row -> row.signature().dleq().e())
                                .toList()),
                        bytes(sorted.stream()
                                .map(row -> row.signature().dleq().s())
                                .toList()),
                        DSL.val(order.toArray(Integer[]::new)),
                        DSL.val(operation))
                .execute();
        return stored == signatures.size();
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
