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
        return of(
                inputs,
                mint.keysets().stream()
                        .collect(Collectors.toMap(
                                stored -> stored.keyset().id(),
                                stored -> stored.keyset().inputFeePpk())));
    }

    /** Of proofs of keysets with these fees. */
    static Swap of(List<Proof> inputs, Map<KeysetId, Long> fees) {
        Optional<Amount> sum = Amount.sum(inputs.stream().map(Proof::amount).toList());
        Optional<Amount> fee = Fees.of(inputs.stream().mapToLong(proof -> fees.getOrDefault(proof.keysetId(), 0L)));
        if (sum.isEmpty()) {
            throw new OperationException(Reason.INVALID, "the proofs are worth more than 2^64-1 together");
        }
        if (fee.isEmpty() || sum.get().compareTo(fee.get()) <= 0) {
            throw new OperationException(
                    Reason.INVALID,
                    "the proofs are worth " + sum.get() + ", and the mint's fee of "
                            + fee.map(Amount::toString).orElse("more than 2^64-1") + " leaves nothing of it");
        }
        return new Swap(fee.get(), sum.get().minus(fee.get()));
    }
}
