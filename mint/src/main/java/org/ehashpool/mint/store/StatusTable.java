package org.ehashpool.mint.store;

import static org.ehashpool.mint.generated.Tables.MINT_STATUS;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.ehashpool.mint.generated.tables.records.MintStatusRecord;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The one row about the mint, and the lock that stands for it. Whoever signs, spends or quotes holds the lock shared;
 * whoever rotates or stops holds it alone: once a command has returned, nothing that began before it can commit.
 */
public record StatusTable(DSLContext sql) {

    /** Of this mint's advisory locks: "mint". */
    private static final int LOCK_SPACE = 0x6d696e74;

    private static final int WHOLE_MINT = 0;

    /** Beside others that do the same. Before any statement that reads: what was committed under the lock is seen. */
    public void share() {
        sql.query("select pg_advisory_xact_lock_shared({0}, {1})", LOCK_SPACE, WHOLE_MINT)
                .execute();
    }

    /** Until all others are done, and before any other begins. */
    public void takeAlone() {
        sql.query("select pg_advisory_xact_lock({0}, {1})", LOCK_SPACE, WHOLE_MINT)
                .execute();
    }

    /** In turn with all others that change what is owed in a unit. */
    public void takeTurnIn(String unit) {
        // Two units whose names collide take turns with each other: slower, not wrong.
        sql.query("select pg_advisory_xact_lock({0}, {1})", LOCK_SPACE, unit.hashCode() | 1)
                .execute();
    }

    /** Whether this transaction is the one that folds the ledger; others skip it. */
    boolean tryTakeFolding() {
        return sql.resultQuery("select pg_try_advisory_xact_lock({0}, {1})", LOCK_SPACE + 1, 0)
                .fetchSingle()
                .getValue(0, Boolean.class);
    }

    /** Empty before the first start. */
    public Optional<MintStatus> read() {
        return sql.selectFrom(MINT_STATUS).fetchOptional(StatusTable::status);
    }

    /** Whether nothing may be signed, spent or quoted. */
    public boolean readOnly() {
        return sql.fetchExists(MINT_STATUS, MINT_STATUS.READ_ONLY_SINCE.isNotNull());
    }

    /** Makes the row at the first start. */
    public void create(String profile, String publicKey, DatabaseHistory history, Instant now) {
        sql.insertInto(MINT_STATUS)
                .set(MINT_STATUS.PROFILE, profile)
                .set(MINT_STATUS.PUBLIC_KEY, HexFormat.of().parseHex(publicKey))
                .set(MINT_STATUS.CLUSTER, history.cluster())
                .set(MINT_STATUS.TIMELINE, history.timeline())
                .set(MINT_STATUS.RESTORE_MARK, history.restoreMark())
                .set(MINT_STATUS.CREATED_AT, now)
                .execute();
    }

    /** Stops or, with nothing, resumes the making of quotes. */
    public void quotingStopped(@Nullable Halt halt) {
        sql.update(MINT_STATUS)
                .set(MINT_STATUS.QUOTING_STOPPED_SINCE, halt == null ? null : halt.since())
                .set(MINT_STATUS.QUOTING_STOPPED_REASON, halt == null ? null : halt.reason())
                .where(MINT_STATUS.ONLY_ROW)
                .execute();
    }

    /** Lets nothing be written but this; the first reason stays. */
    public void readOnly(Halt halt) {
        sql.update(MINT_STATUS)
                .set(MINT_STATUS.READ_ONLY_SINCE, halt.since())
                .set(MINT_STATUS.READ_ONLY_REASON, halt.reason())
                .where(MINT_STATUS.READ_ONLY_SINCE.isNull())
                .execute();
    }

    /** Ends read-only, with a history that the operator knows of. */
    public void accept(DatabaseHistory history) {
        sql.update(MINT_STATUS)
                .set(MINT_STATUS.CLUSTER, history.cluster())
                .set(MINT_STATUS.TIMELINE, history.timeline())
                .set(MINT_STATUS.RESTORE_MARK, history.restoreMark())
                .setNull(MINT_STATUS.READ_ONLY_SINCE)
                .setNull(MINT_STATUS.READ_ONLY_REASON)
                .where(MINT_STATUS.ONLY_ROW)
                .execute();
    }

    private static MintStatus status(MintStatusRecord row) {
        return new MintStatus(
                row.getProfile(),
                HexFormat.of().formatHex(row.getPublicKey()),
                new DatabaseHistory(row.getCluster(), row.getTimeline(), row.getRestoreMark()),
                halt(row.getReadOnlySince(), row.getReadOnlyReason()),
                halt(row.getQuotingStoppedSince(), row.getQuotingStoppedReason()));
    }

    private static Optional<Halt> halt(@Nullable Instant since, @Nullable String reason) {
        return since == null ? Optional.empty() : Optional.of(new Halt(since, String.valueOf(reason)));
    }
}
