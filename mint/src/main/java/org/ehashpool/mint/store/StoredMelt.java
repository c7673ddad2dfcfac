package org.ehashpool.mint.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.blind.BlindSignature;

/**
 * A quote for melting: what an invoice costs, and what became of it.
 *
 * @param id a UUIDv7
 * @param request the invoice
 * @param paymentHash 64 hex digits: what makes it that invoice
 * @param amount the invoice's, in {@code unit}
 * @param feeReserve what is to be provided beside it
 * @param expiry seconds since the epoch
 */
public record StoredMelt(
        UUID id,
        String unit,
        String request,
        String paymentHash,
        Amount amount,
        Amount feeReserve,
        long expiry,
        Instant createdAt,
        Optional<Payment> payment) {

    /**
     * That it was paid.
     *
     * @param fee what the payment cost
     * @param preimage the proof of payment, 64 hex digits
     * @param operation of which it is a part
     * @param change signed for what was provided and not used
     */
    public record Payment(Instant at, Amount fee, String preimage, long operation, List<BlindSignature> change) {
        public Payment {
            change = List.copyOf(change);
        }
    }

    /** The quote as it is after its payment. */
    public StoredMelt paid(Payment payment) {
        return new StoredMelt(
                id, unit, request, paymentHash, amount, feeReserve, expiry, createdAt, Optional.of(payment));
    }
}
