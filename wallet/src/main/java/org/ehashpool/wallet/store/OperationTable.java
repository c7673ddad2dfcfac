package org.ehashpool.wallet.store;

import static org.ehashpool.wallet.generated.Tables.OPERATION;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.wallet.generated.tables.records.OperationRecord;
import org.ehashpool.wallet.mint.MintUrl;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Operations. */
public record OperationTable(DSLContext sql) {

    /** From when an operation was given up to the first look at what the mint did of it after all. */
    private static final Duration FIRST_LOOK = Duration.ofMinutes(1);

    /** At operations that were given up: the last one is three days later. */
    private static final int LOOKS = 12;

    public void add(Operation operation) {
        sql.insertInto(OPERATION)
                .set(OPERATION.ID, operation.id())
                .set(OPERATION.KIND, operation.kind().label())
                .set(OPERATION.STATE, operation.state().label())
                .set(OPERATION.MINT, operation.mint().text())
                .set(OPERATION.UNIT, operation.unit())
                .set(OPERATION.AMOUNT, operation.amount().toLong())
                .set(OPERATION.FEE, operation.fee().toLong())
                .set(OPERATION.IDEMPOTENCY_KEY, operation.idempotencyKey().orElse(null))
                .set(OPERATION.RECLAIMS, operation.reclaims().orElse(null))
                .set(OPERATION.NEXT_ATTEMPT, operation.nextAttempt())
                .set(OPERATION.CREATED_AT, operation.createdAt())
                .set(OPERATION.UPDATED_AT, operation.updatedAt())
                .execute();
    }

    public Optional<Operation> find(UUID id) {
        return sql.selectFrom(OPERATION).where(OPERATION.ID.eq(id)).fetchOptional(OperationTable::operation);
    }

    /** As {@link #find}; nobody else changes it before the commit. */
    public Optional<Operation> lock(UUID id) {
        return sql.selectFrom(OPERATION)
                .where(OPERATION.ID.eq(id))
                .forNoKeyUpdate()
                .fetchOptional(OperationTable::operation);
    }

    public Optional<Operation> findByIdempotencyKey(String key) {
        return sql.selectFrom(OPERATION)
                .where(OPERATION.IDEMPOTENCY_KEY.eq(key))
                .fetchOptional(OperationTable::operation);
    }

    /** Those of a mint that are open and due, the longest waiting first. */
    public List<Operation> due(MintUrl mint, Instant now, int limit) {
        return sql.selectFrom(OPERATION)
                .where(OPERATION.STATE.eq(OperationState.OPEN.label()))
                .and(OPERATION.MINT.eq(mint.text()))
                .and(OPERATION.NEXT_ATTEMPT.le(now))
                .orderBy(OPERATION.NEXT_ATTEMPT, OPERATION.ID)
                .limit(limit)
                .fetch(OperationTable::operation);
    }

    /** Those of a mint that were given up and are due to be looked at once more, the longest waiting first. */
    public List<Operation> givenUp(MintUrl mint, Instant now, int limit) {
        return sql.selectFrom(OPERATION)
                .where(OPERATION.STATE.eq(OperationState.FAILED.label()))
                .and(OPERATION.MINT.eq(mint.text()))
                .and(OPERATION.NEXT_ATTEMPT.le(now))
                .and(OPERATION.ATTEMPTS.lt(LOOKS))
                .orderBy(OPERATION.NEXT_ATTEMPT, OPERATION.ID)
                .limit(limit)
                .fetch(OperationTable::operation);
    }

    /** Those of a mint that were given up last. */
    public List<Operation> lastGivenUp(MintUrl mint, int limit) {
        return sql.selectFrom(OPERATION)
                .where(OPERATION.STATE.eq(OperationState.FAILED.label()))
                .and(OPERATION.MINT.eq(mint.text()))
                .orderBy(OPERATION.UPDATED_AT.desc(), OPERATION.ID)
                .limit(limit)
                .fetch(OperationTable::operation);
    }

    /** One that was given up has been looked at, and is again, after twice as long as before. */
    public void looked(Operation operation, Instant now) {
        sql.update(OPERATION)
                .set(OPERATION.ATTEMPTS, operation.attempts() + 1)
                .set(OPERATION.NEXT_ATTEMPT, now.plus(FIRST_LOOK.multipliedBy(1L << operation.attempts())))
                .where(OPERATION.ID.eq(operation.id()))
                .and(OPERATION.STATE.eq(OperationState.FAILED.label()))
                .execute();
    }

    /** How many are open at a mint. */
    public int open(MintUrl mint) {
        return sql.fetchCount(
                OPERATION, OPERATION.STATE.eq(OperationState.OPEN.label()).and(OPERATION.MINT.eq(mint.text())));
    }

    /** How many are open. */
    public int open() {
        return sql.fetchCount(OPERATION, OPERATION.STATE.eq(OperationState.OPEN.label()));
    }

    /** Done ones and failed ones, the newest first, from the one after. */
    public List<Operation> history(Optional<Operation> after, int limit) {
        Condition before = after.<Condition>map(
                        last -> DSL.row(OPERATION.CREATED_AT, OPERATION.ID).lt(last.createdAt(), last.id()))
                .orElse(DSL.noCondition());
        return sql.selectFrom(OPERATION)
                .where(before)
                .orderBy(OPERATION.CREATED_AT.desc(), OPERATION.ID.desc())
                .limit(limit)
                .fetch(OperationTable::operation);
    }

    /** It stays open, for that reason, until it is tried again. */
    public void postpone(UUID id, int attempts, Instant nextAttempt, String problem, Instant now) {
        sql.update(OPERATION)
                .set(OPERATION.ATTEMPTS, attempts)
                .set(OPERATION.NEXT_ATTEMPT, nextAttempt)
                .set(OPERATION.PROBLEM, problem)
                .set(OPERATION.UPDATED_AT, now)
                .where(OPERATION.ID.eq(id))
                .execute();
    }

    public void done(UUID id, Amount amount, Instant now) {
        sql.update(OPERATION)
                .set(OPERATION.STATE, OperationState.DONE.label())
                .set(OPERATION.AMOUNT, amount.toLong())
                .setNull(OPERATION.PROBLEM)
                .set(OPERATION.UPDATED_AT, now)
                .where(OPERATION.ID.eq(id))
                .execute();
    }

    /** Its idempotency key is free again: the same order may be given once more. */
    public void failed(UUID id, String problem, Instant now) {
        sql.update(OPERATION)
                .set(OPERATION.STATE, OperationState.FAILED.label())
                .setNull(OPERATION.IDEMPOTENCY_KEY)
                .set(OPERATION.ATTEMPTS, 0)
                .set(OPERATION.NEXT_ATTEMPT, now.plus(FIRST_LOOK))
                .set(OPERATION.PROBLEM, problem)
                .set(OPERATION.UPDATED_AT, now)
                .where(OPERATION.ID.eq(id))
                .execute();
    }

    private static Operation operation(OperationRecord row) {
        return new Operation(
                row.getId(),
                OperationKind.of(row.getKind()),
                OperationState.of(row.getState()),
                new MintUrl(row.getMint()),
                row.getUnit(),
                Amount.of(row.getAmount()),
                Amount.of(row.getFee()),
                Optional.ofNullable(row.getIdempotencyKey()),
                Optional.ofNullable(row.getReclaims()),
                row.getAttempts(),
                row.getNextAttempt(),
                Optional.ofNullable(row.getProblem()),
                row.getCreatedAt(),
                row.getUpdatedAt());
    }
}
