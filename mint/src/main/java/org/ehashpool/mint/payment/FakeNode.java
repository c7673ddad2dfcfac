package org.ehashpool.mint.payment;

import java.math.BigInteger;
import org.ehashpool.cashu.amount.Amount;

/** The node that there is not: every payment arrives at once. Pure. */
final class FakeNode {

    /** What every payment costs: wallets and their tests expect that it is something. */
    static final Amount FEE = Amount.ONE;

    private static final BigInteger LEAST_RESERVE = BigInteger.TWO;
    private static final BigInteger HUNDRED = BigInteger.valueOf(100);

    private FakeNode() {}

    /** What is to be provided for the fee of a payment: a hundredth, rounded up, and at least 2. */
    static Amount reserve(Amount amount) {
        BigInteger hundredth =
                amount.toBigInteger().add(HUNDRED).subtract(BigInteger.ONE).divide(HUNDRED);
        return Amount.of(hundredth.max(LEAST_RESERVE));
    }
}
