package org.ehashpool.wallet.operation;

import java.util.ArrayList;
import java.util.List;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.keyset.PublicKeys;
import org.ehashpool.wallet.mint.MintFaultException;

/** Which amounts outputs have. */
final class Denominations {

    private static final int MOST_OUTPUTS = 256;

    private Denominations() {}

    /**
     * The fewest amounts of a keyset that sum up to that: powers of two, where the keyset has all of them.
     *
     * @throws MintFaultException if the keyset's amounts do not reach
     */
    static List<Amount> split(Amount amount, PublicKeys keys) {
        List<Amount> amounts = new ArrayList<>();
        Amount rest = amount;
        for (Amount key : keys.byAmount().descendingKeySet()) {
            while (!key.isZero() && key.compareTo(rest) <= 0) {
                if (amounts.size() == MOST_OUTPUTS) {
                    throw new MintFaultException("the keyset's amounts are too small for " + amount);
                }
                amounts.add(key);
                rest = rest.minus(key);
            }
        }
        if (!rest.isZero()) {
            throw new MintFaultException("the keyset has no keys for " + amount);
        }
        return amounts;
    }
}
