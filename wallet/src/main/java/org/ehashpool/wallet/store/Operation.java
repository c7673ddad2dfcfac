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
        return with(state, newFee, idempotencyKey, reclaims);
    }

    public Operation withIdempotencyKey(Optional<String> key) {
        return with(state, fee, key, reclaims);
    }

    public Operation withReclaims(UUID send) {
        return with(state, fee, idempotencyKey, Optional.of(send));
    }

    public Operation withState(OperationState newState) {
        return with(newState, fee, idempotencyKey, reclaims);
    }

    private Operation with(
            OperationState newState, Amount newFee, Optional<String> newKey, Optional<UUID> newReclaims) {
        return new Operation(
                id,
                kind,
                newState,
                mint,
                unit,
                amount,
                newFee,
                newKey,
                newReclaims,
                attempts,
                nextAttempt,
                problem,
                createdAt,
                updatedAt);
    }
}
