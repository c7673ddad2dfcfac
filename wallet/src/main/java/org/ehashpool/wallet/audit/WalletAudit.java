package org.ehashpool.wallet.audit;

import static org.ehashpool.wallet.generated.Tables.LOCKING_KEY;
import static org.ehashpool.wallet.generated.Tables.MINT;
import static org.ehashpool.wallet.generated.Tables.OPERATION;
import static org.ehashpool.wallet.generated.Tables.QUOTE;

import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.wallet.store.OperationKind;
import org.ehashpool.wallet.store.OperationState;
import org.ehashpool.wallet.store.WalletStore;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record6;
import org.jooq.impl.DSL;

/** Reads for auditors. Methods wait for the database; {@link #keys} reads every quote. */
public final class WalletAudit {

    private static final Field<BigDecimal> CLAIMED = DSL.sum(QUOTE.CLAIMED.coerce(BigDecimal.class));
    private static final Field<Integer> OPEN = DSL.count(QUOTE.OPERATION);

    private final WalletStore store;
    private final InstantSource clock;

    /** Of the wallet that has its tables there. */
    public WalletAudit(WalletStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** The keys, and what is not in any claim. */
    public AuditedKeys keys() {
        return store.transact(
                Isolation.READ_COMMITTED,
                sql -> new AuditedKeys(
                        clock.instant(),
                        sql.select(LOCKING_KEY.PUBLIC_KEY)
                                .from(LOCKING_KEY)
                                .union(sql.select(QUOTE.LOCKING_KEY).from(QUOTE))
                                .fetch(row -> PublicKey.of(row.value1())),
                        sql.selectDistinct(MINT.PUBLIC_KEY).from(MINT).fetch(row -> PublicKey.of(row.value1())),
                        restored(sql)));
    }

    private static List<AuditedKeys.Restored> restored(DSLContext sql) {
        Field<BigDecimal> amount = DSL.sum(OPERATION.AMOUNT.coerce(BigDecimal.class));
        return sql.select(MINT.PUBLIC_KEY, OPERATION.UNIT, amount)
                .from(OPERATION)
                .join(MINT)
                .on(MINT.URL.eq(OPERATION.MINT))
                .where(OPERATION.KIND.eq(OperationKind.RESTORE.label()))
                .and(OPERATION.STATE.eq(OperationState.DONE.label()))
                .groupBy(MINT.PUBLIC_KEY, OPERATION.UNIT)
                .fetch(row -> new AuditedKeys.Restored(
                        PublicKey.of(row.value1()), row.value2(), row.value3().toBigIntegerExact()));
    }

    /**
     * Claims at a mint, under whichever of its URLs, in the order of the shares' hashes as computed.
     *
     * @param mint its public key
     * @param after the last share hash of the page before, in reversed hex
     */
    public List<AuditedClaim> claims(PublicKey mint, Optional<String> after, int limit) {
        return claims(
                mint,
                after.<Condition>map(hash -> QUOTE.SHARE_HASH.gt(bytes(hash))).orElse(QUOTE.SHARE_HASH.isNotNull()),
                limit);
    }

    /** The claim for one share. */
    public Optional<AuditedClaim> claim(PublicKey mint, String shareHash) {
        return claims(mint, QUOTE.SHARE_HASH.eq(bytes(shareHash)), 1).stream().findFirst();
    }

    private List<AuditedClaim> claims(PublicKey mint, Condition which, int limit) {
        return store.transact(
                Isolation.READ_COMMITTED,
                sql -> sql.select(QUOTE.SHARE_HASH, QUOTE.ID, QUOTE.UNIT, QUOTE.LOCKING_KEY, CLAIMED, OPEN)
                        .from(QUOTE)
                        .join(MINT)
                        .on(MINT.URL.eq(QUOTE.MINT))
                        .where(MINT.PUBLIC_KEY.eq(mint.toBytes()))
                        .and(which)
                        .groupBy(QUOTE.SHARE_HASH, QUOTE.ID, QUOTE.UNIT, QUOTE.LOCKING_KEY)
                        .orderBy(QUOTE.SHARE_HASH, QUOTE.ID)
                        .limit(limit)
                        .fetch(WalletAudit::claim));
    }

    private static AuditedClaim claim(Record6<byte[], String, String, byte[], BigDecimal, Integer> row) {
        return new AuditedClaim(
                HexFormat.of().formatHex(reversed(Objects.requireNonNull(row.value1()))),
                row.value2(),
                row.value3(),
                PublicKey.of(row.value4()),
                row.value5().toBigIntegerExact(),
                row.value6() > 0);
    }

    private static byte[] bytes(String shareHash) {
        return reversed(HexFormat.of().parseHex(shareHash));
    }

    /** Texts have a hash's bytes in the other order. */
    private static byte[] reversed(byte[] hash) {
        byte[] other = new byte[hash.length];
        for (int i = 0; i < hash.length; i++) {
            other[i] = hash[hash.length - 1 - i];
        }
        return other;
    }
}
