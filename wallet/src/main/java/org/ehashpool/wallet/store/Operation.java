package org.ehashpool.wallet.store;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.wallet.mint.MintUrl;

/**
 * An operation as it is stored.
 *
 * @param amount what is claimed, sent, received or moved, without the fee
 * @param fee what the mint keeps
 * @param reclaims the send that a reclaim takes back
 * @param attempts requests that had no clear answer, one after another
 * @param nextAttempt before which it is not tried again by itself
 * @param problem why it is not done
 */
public record Operation(
        UUID id,
        OperationKind kind,
        OperationState state,
        MintUrl mint,
        String unit,
        Amount amount,
        Amount fee,
        Optional<String> idempotencyKey,
        Optional<UUID> reclaims,
        int attempts,
        Instant nextAttempt,
        Optional<String> problem,
        Instant createdAt,
        Instant updatedAt) {

    /** A new one, to be tried at once. */
    public static Operation open(UUID id, OperationKind kind, MintUrl mint, String unit, Amount amount, Instant now) {
        return new Operation(
                id,
                kind,
                OperationState.OPEN,
                mint,
                unit,
                amount,
                Amount.ZERO,
                Optional.empty(),
                Optional.empty(),
                0,
                now,
                Optional.empty(),
                now,
                now);
    }

    public Operation withFee(Amount newFee) {
        return new Operation(
                id,
                kind,
                state,
                mint,
                unit,
                amount,
                newFee,
                idempotencyKey,
                reclaims,
                attempts,
                nextAttempt,
                problem,
                createdAt,
                updatedAt);
    }

    public Operation withIdempotencyKey(Optional<String> key) {
        return new Operation(
                id,
                kind,
                state,
                mint,
                unit,
                amount,
                fee,
                key,
                reclaims,
                attempts,
                nextAttempt,
                problem,
                createdAt,
                updatedAt);
    }

    public Operation withReclaims(UUID send) {
        return new Operation(
                id,
                kind,
                state,
                mint,
                unit,
                amount,
                fee,
                idempotencyKey,
                Optional.of(send),
                attempts,
                nextAttempt,
                problem,
                createdAt,
                updatedAt);
    }

    public Operation withState(OperationState newState) {
        return new Operation(
                id,
                kind,
                newState,
                mint,
                unit,
                amount,
                fee,
                idempotencyKey,
                reclaims,
                attempts,
                nextAttempt,
                problem,
                createdAt,
                updatedAt);
    }
}
