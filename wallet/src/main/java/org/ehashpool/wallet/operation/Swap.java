package org.ehashpool.wallet.operation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.keyset.Fees;
import org.ehashpool.cashu.keyset.KeysetId;
import org.ehashpool.cashu.proof.Proof;
import org.ehashpool.wallet.operation.OperationException.Reason;
import org.ehashpool.wallet.session.MintSession;

/**
 * What a swap of all inputs costs and leaves.
 *
 * @param rest above 0
 */
record Swap(Amount fee, Amount rest) {

    /**
     * Of proofs of one mint.
     *
     * @throws OperationException if the fee leaves nothing, or they are worth more than 2^64 − 1
     */
    static Swap of(MintSession mint, List<Proof> inputs) {
        Map<KeysetId, Long> fees = mint.keysets().stream()
                .collect(Collectors.toMap(
                        stored -> stored.keyset().id(),
                        stored -> stored.keyset().inputFeePpk()));
        Optional<Amount> sum = Amount.sum(inputs.stream().map(Proof::amount).toList());
        Optional<Amount> fee = Fees.of(inputs.stream().mapToLong(proof -> fees.getOrDefault(proof.keysetId(), 0L)));
        if (sum.isEmpty() || fee.isEmpty() || sum.get().compareTo(fee.get()) <= 0) {
            throw new OperationException(
                    Reason.INVALID, "the amount is above 2^64-1, or the mint's fee leaves nothing of it");
        }
        return new Swap(fee.get(), sum.get().minus(fee.get()));
    }
}
