package org.ehashpool.pool.ledger;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.pool.pay.PayTerms;
import org.ehashpool.sv2.type.Bytes;

/**
 * Credits with what each is paid, in their order, and what that changes for their keys.
 *
 * @param policy by which they were priced
 * @param amounts of the credits, one each; zero where nothing is payable
 * @param changes by locking key, in its order
 * @param keyless shares of nobody
 */
record Pricing(String policy, List<Amount> amounts, Map<Bytes, Change> changes, Keyless keyless) {

    /**
     * What changes for a key.
     *
     * @param carry what is left over now
     * @param shares how many more
     * @param amount how much more was credited
     */
    record Change(BigInteger carry, long shares, BigInteger amount) {
        private static Change of(BigInteger carry) {
            return new Change(carry, 0, BigInteger.ZERO);
        }

        private Change plus(PayTerms.Payment payment) {
            return new Change(
                    payment.carry(), shares + 1, amount.add(payment.amount().toBigInteger()));
        }
    }

    /**
     * Shares that nobody is paid for.
     *
     * @param shares how many
     * @param work expected hashes
     */
    record Keyless(long shares, BigInteger work) {
        private static final Keyless NONE = new Keyless(0, BigInteger.ZERO);

        private Keyless plus(ShareCredit credit) {
            return new Keyless(shares + 1, work.add(credit.target().work()));
        }
    }

    /**
     * Prices credits.
     *
     * @param carries of the keys before; zero where there is none
     */
    static Pricing of(List<ShareCredit> credits, PayTerms terms, Map<Bytes, BigInteger> carries) {
        List<Amount> amounts = new ArrayList<>(credits.size());
        Map<Bytes, Change> changes = new TreeMap<>();
        Keyless keyless = Keyless.NONE;
        for (ShareCredit credit : credits) {
            if (credit.hasPayee()) {
                Bytes key = credit.lockingKey().orElseThrow();
                Change before = changes.get(key);
                if (before == null) {
                    before = Change.of(carries.getOrDefault(key, BigInteger.ZERO));
                }
                PayTerms.Payment payment = terms.pay(before.carry(), credit.target(), credit.hash());
                changes.put(key, before.plus(payment));
                amounts.add(payment.amount());
            } else {
                keyless = keyless.plus(credit);
                amounts.add(Amount.ZERO);
            }
        }
        return new Pricing(terms.policy().name(), amounts, changes, keyless);
    }

    /** How many credits have something payable. */
    int payable() {
        return (int) amounts.stream().filter(amount -> !amount.isZero()).count();
    }
}
