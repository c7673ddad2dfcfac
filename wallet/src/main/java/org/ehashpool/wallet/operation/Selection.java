package org.ehashpool.wallet.operation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.keyset.Fees;
import org.ehashpool.cashu.proof.Proof;

/**
 * Proofs to be spent.
 *
 * @param proofs that reach the amount, with the fee of swapping them unless they are exact
 * @param sum what they are worth
 * @param fee of swapping them; zero if they are exact, for then they are not swapped
 * @param exact whether they are worth the amount itself
 */
record Selection(List<Proof> proofs, Amount sum, Amount fee, boolean exact) {

    Selection {
        proofs = List.copyOf(proofs);
    }

    /**
     * Selects few proofs.
     *
     * @param available unspent ones of one unit
     * @param inputFeePpk of a proof's keyset
     * @param most inputs of a swap
     * @return empty if they do not reach
     */
    static Optional<Selection> of(List<Proof> available, Amount amount, ToLongFunction<Proof> inputFeePpk, int most) {
        List<Proof> descending = available.stream()
                .sorted(Comparator.comparing(Proof::amount).reversed())
                .toList();
        Amount goal = amount;
        // The fee grows with the proofs: each round takes at least what the last one lacked.
        for (int round = 0; round <= available.size(); round++) {
            List<Proof> chosen = reach(descending, goal);
            Optional<Amount> sum = Amount.sum(chosen.stream().map(Proof::amount).toList());
            Optional<Amount> fee = Fees.of(chosen.stream().mapToLong(inputFeePpk));
            if (chosen.isEmpty() || sum.isEmpty() || fee.isEmpty() || chosen.size() > most) {
                return Optional.empty();
            }
            if (sum.get().equals(amount)) {
                return Optional.of(new Selection(chosen, sum.get(), Amount.ZERO, true));
            }
            Optional<Amount> needed = Amount.sum(List.of(amount, fee.get()));
            if (needed.isEmpty()) {
                return Optional.empty();
            }
            if (sum.get().compareTo(needed.get()) >= 0) {
                return Optional.of(new Selection(chosen, sum.get(), fee.get(), false));
            }
            goal = needed.get();
        }
        return Optional.empty();
    }

    /** The largest that fit, and one that does not for the rest; empty if all do not reach. */
    private static List<Proof> reach(List<Proof> descending, Amount goal) {
        List<Proof> chosen = new ArrayList<>();
        Amount rest = goal;
        Optional<Proof> above = Optional.empty();
        for (Proof proof : descending) {
            if (rest.isZero()) {
                break;
            }
            if (proof.amount().compareTo(rest) <= 0) {
                chosen.add(proof);
                rest = rest.minus(proof.amount());
            } else {
                above = Optional.of(proof);
            }
        }
        if (rest.isZero()) {
            return chosen;
        }
        if (above.isEmpty()) {
            return List.of();
        }
        Proof last = above.get();
        // What the last one is worth beyond the rest makes others needless.
        Amount spare = last.amount().minus(rest);
        List<Proof> needed = new ArrayList<>();
        for (Proof proof : chosen) {
            if (proof.amount().compareTo(spare) <= 0) {
                spare = spare.minus(proof.amount());
            } else {
                needed.add(proof);
            }
        }
        needed.add(last);
        return needed;
    }
}
