package org.ehashpool.mint.store;

import static org.ehashpool.mint.generated.Tables.BLIND_SIGNATURE;
import static org.ehashpool.mint.generated.Tables.KEYSET;
import static org.ehashpool.mint.generated.Tables.MELT_CHANGE;
import static org.ehashpool.mint.generated.Tables.MELT_QUOTE;
import static org.ehashpool.mint.generated.Tables.PAID_INVOICE;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.blind.BlindSignature;
import org.ehashpool.cashu.blind.Dleq;
import org.ehashpool.cashu.keyset.KeysetId;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.mint.generated.tables.records.MeltQuoteRecord;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Quotes for melting, and their payments. */
public record MeltTable(DSLContext sql) {

    /** Adds a quote that is not paid. */
    public void add(StoredMelt quote) {
        sql.insertInto(MELT_QUOTE)
                .set(MELT_QUOTE.ID, quote.id())
                .set(MELT_QUOTE.UNIT, quote.unit())
                .set(MELT_QUOTE.REQUEST, quote.request())
                .set(MELT_QUOTE.PAYMENT_HASH, HexFormat.of().parseHex(quote.paymentHash()))
                .set(MELT_QUOTE.AMOUNT, quote.amount().toLong())
                .set(MELT_QUOTE.FEE_RESERVE, quote.feeReserve().toLong())
                .set(MELT_QUOTE.EXPIRY, quote.expiry())
                .set(MELT_QUOTE.CREATED_AT, quote.createdAt())
                .execute();
    }

    /** Those of the ids that there are, by id. */
    public Map<UUID, StoredMelt> find(Collection<UUID> ids) {
        List<MeltQuoteRecord> rows = sql.selectFrom(MELT_QUOTE)
                .where(MELT_QUOTE.ID.eq(DSL.any(ids.toArray(UUID[]::new))))
                .fetch();
        Map<UUID, List<BlindSignature>> change = change(rows.stream()
                .filter(row -> row.getPaidAt() != null)
                .map(MeltQuoteRecord::getId)
                .toList());
        Map<UUID, StoredMelt> found = new LinkedHashMap<>();
        for (MeltQuoteRecord row : rows) {
            found.put(row.getId(), quote(row, change.getOrDefault(row.getId(), List.of())));
        }
        return found;
    }

    /** Lets nobody else pay the quote before the commit; false when it is paid already, or there is none. */
    public boolean lockUnpaid(UUID id) {
        return sql.select(MELT_QUOTE.ID)
                .from(MELT_QUOTE)
                .where(MELT_QUOTE.ID.eq(id))
                .and(MELT_QUOTE.PAID_AT.isNull())
                .forNoKeyUpdate()
                .fetchOptional()
                .isPresent();
    }

    /** Whether an invoice is paid, for whichever quote. */
    public boolean isPaid(String paymentHash) {
        return sql.fetchExists(
                PAID_INVOICE, PAID_INVOICE.PAYMENT_HASH.eq(HexFormat.of().parseHex(paymentHash)));
    }

    /**
     * Pays a quote that is locked by this transaction.
     *
     * @param change the blank outputs that are signed, in their order
     * @return false if its invoice was paid for another quote meanwhile: then this has to be undone
     */
    public boolean pay(StoredMelt quote, StoredMelt.Payment payment, List<PublicKey> change) {
        int claimed = sql.insertInto(PAID_INVOICE)
                .set(PAID_INVOICE.PAYMENT_HASH, HexFormat.of().parseHex(quote.paymentHash()))
                .set(PAID_INVOICE.MELT_QUOTE, quote.id())
                .onConflictDoNothing()
                .execute();
        if (claimed == 0) {
            return false;
        }
        sql.update(MELT_QUOTE)
                .set(MELT_QUOTE.PAID_AT, payment.at())
                .set(MELT_QUOTE.FEE_PAID, payment.fee().toLong())
                .set(MELT_QUOTE.PREIMAGE, payment.preimage())
                .set(MELT_QUOTE.OPERATION, payment.operation())
                .where(MELT_QUOTE.ID.eq(quote.id()))
                .execute();
        if (!change.isEmpty()) {
            sql.query(
                            "insert into {0} (position, blinded_message, melt_quote) select *, {3} from unnest({1}, {2})",
                            MELT_CHANGE,
                            DSL.val(IntStream.range(0, change.size()).boxed().toArray(Integer[]::new)),
                            SignatureTable.bytes(
                                    change.stream().map(PublicKey::toBytes).toList()),
                            DSL.val(quote.id()))
                    .execute();
        }
        return true;
    }

    private Map<UUID, List<BlindSignature>> change(List<UUID> paid) {
        if (paid.isEmpty()) {
            return Map.of();
        }
        return new HashMap<>(sql.select(
                        MELT_CHANGE.MELT_QUOTE,
                        BLIND_SIGNATURE.AMOUNT,
                        KEYSET.ID,
                        BLIND_SIGNATURE.SIGNATURE,
                        BLIND_SIGNATURE.DLEQ_E,
                        BLIND_SIGNATURE.DLEQ_S)
                .from(MELT_CHANGE)
                .join(BLIND_SIGNATURE)
                .on(BLIND_SIGNATURE.BLINDED_MESSAGE.eq(MELT_CHANGE.BLINDED_MESSAGE))
                .join(KEYSET)
                .on(KEYSET.NUMBER.eq(BLIND_SIGNATURE.KEYSET))
                .where(MELT_CHANGE.MELT_QUOTE.eq(DSL.any(paid.toArray(UUID[]::new))))
                .orderBy(MELT_CHANGE.MELT_QUOTE, MELT_CHANGE.POSITION)
                .fetchGroups(
                        row -> row.value1(),
                        row -> new BlindSignature(
                                Amount.of(row.value2()),
                                KeysetId.of(row.value3()),
                                PublicKey.of(row.value4()),
                                new Dleq(row.value5(), row.value6()))));
    }

    private static StoredMelt quote(MeltQuoteRecord row, List<BlindSignature> change) {
        @Nullable Instant paidAt = row.getPaidAt();
        return new StoredMelt(
                row.getId(),
                row.getUnit(),
                row.getRequest(),
                HexFormat.of().formatHex(row.getPaymentHash()),
                Amount.of(row.getAmount()),
                Amount.of(row.getFeeReserve()),
                row.getExpiry(),
                row.getCreatedAt(),
                paidAt == null
                        ? Optional.empty()
                        : Optional.of(new StoredMelt.Payment(
                                paidAt, Amount.of(row.getFeePaid()), row.getPreimage(), row.getOperation(), change)));
    }
}
