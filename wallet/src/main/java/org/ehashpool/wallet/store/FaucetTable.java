package org.ehashpool.wallet.store;

import static org.ehashpool.wallet.generated.Tables.FAUCET_GIFT;
import static org.ehashpool.wallet.generated.Tables.WALLET_STATUS;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.wallet.generated.tables.records.FaucetGiftRecord;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** What was asked of the faucet, as long as it counts. */
public record FaucetTable(DSLContext sql) {

    /**
     * One thing asked for.
     *
     * @param recipient who asked
     * @param idempotencyKey the recipient's name for it
     */
    public record Gift(UUID id, String recipient, String idempotencyKey, Amount amount, Instant givenAt) {}

    /** Nobody else counts before the commit. */
    public void lock() {
        sql.select(WALLET_STATUS.ONLY_ROW).from(WALLET_STATUS).forNoKeyUpdate().fetch();
    }

    /** Forgets what does not count any more. */
    public void forget(Instant before) {
        sql.deleteFrom(FAUCET_GIFT).where(FAUCET_GIFT.GIVEN_AT.le(before)).execute();
    }

    public void add(Gift gift) {
        sql.insertInto(FAUCET_GIFT)
                .set(FAUCET_GIFT.ID, gift.id())
                .set(FAUCET_GIFT.RECIPIENT, gift.recipient())
                .set(FAUCET_GIFT.IDEMPOTENCY_KEY, gift.idempotencyKey())
                .set(FAUCET_GIFT.AMOUNT, gift.amount().toLong())
                .set(FAUCET_GIFT.GIVEN_AT, gift.givenAt())
                .execute();
    }

    public Optional<Gift> find(String recipient, String idempotencyKey) {
        return sql.selectFrom(FAUCET_GIFT)
                .where(FAUCET_GIFT.RECIPIENT.eq(recipient))
                .and(FAUCET_GIFT.IDEMPOTENCY_KEY.eq(idempotencyKey))
                .fetchOptional(FaucetTable::gift);
    }

    /** To one recipient, the oldest first. */
    public List<Gift> of(String recipient) {
        return sql.selectFrom(FAUCET_GIFT)
                .where(FAUCET_GIFT.RECIPIENT.eq(recipient))
                .orderBy(FAUCET_GIFT.GIVEN_AT)
                .fetch(FaucetTable::gift);
    }

    /** To all together. */
    public BigInteger total() {
        BigDecimal sum = sql.select(DSL.sum(FAUCET_GIFT.AMOUNT.coerce(BigDecimal.class)))
                .from(FAUCET_GIFT)
                .fetchSingle()
                .value1();
        return sum == null ? BigInteger.ZERO : sum.toBigIntegerExact();
    }

    /** When the oldest was given. */
    public Optional<Instant> oldest() {
        return sql.select(FAUCET_GIFT.GIVEN_AT)
                .from(FAUCET_GIFT)
                .orderBy(FAUCET_GIFT.GIVEN_AT)
                .limit(1)
                .fetchOptional(FAUCET_GIFT.GIVEN_AT);
    }

    private static Gift gift(FaucetGiftRecord row) {
        return new Gift(
                row.getId(), row.getRecipient(), row.getIdempotencyKey(), Amount.of(row.getAmount()), row.getGivenAt());
    }
}
