package org.ehashpool.wallet;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ehashpool.wallet.mint.MintUrl;
import org.ehashpool.wallet.store.ProofState;
import org.ehashpool.wallet.store.ProofTable;

/**
 * What the wallet has at one mint in one unit, without bound: sums of amounts.
 *
 * @param unspent what can be sent
 * @param reserved in tokens that nobody has claimed
 * @param pending input of operations that have no answer yet
 * @param proofs how many there are
 */
public record Balance(
        MintUrl mint, String unit, BigInteger unspent, BigInteger reserved, BigInteger pending, int proofs) {

    /** Of the sums of each state. */
    static List<Balance> of(List<ProofTable.Sum> sums) {
        Map<String, Balance> balances = new TreeMap<>();
        for (ProofTable.Sum sum : sums) {
            Balance one = new Balance(
                    sum.mint(),
                    sum.unit(),
                    of(sum, ProofState.UNSPENT),
                    of(sum, ProofState.RESERVED),
                    of(sum, ProofState.PENDING),
                    sum.proofs());
            balances.merge(sum.mint() + " " + sum.unit(), one, Balance::plus);
        }
        return List.copyOf(balances.values());
    }

    private static BigInteger of(ProofTable.Sum sum, ProofState state) {
        return sum.state() == state ? sum.amount() : BigInteger.ZERO;
    }

    private Balance plus(Balance other) {
        return new Balance(
                mint,
                unit,
                unspent.add(other.unspent),
                reserved.add(other.reserved),
                pending.add(other.pending),
                proofs + other.proofs);
    }
}
