package org.ehashpool.cashu.keyset;

import java.math.BigInteger;
import java.util.Optional;
import java.util.stream.LongStream;
import org.ehashpool.cashu.amount.Amount;

/** What spending costs (NUT-02). */
public final class Fees {

    private static final BigInteger THOUSAND = BigInteger.valueOf(1000);

    private Fees() {}

    /**
     * The fee of a transaction: the sum of its inputs' fees, rounded up once.
     *
     * @param inputFeesPpk of each input's keyset, in thousandths of the unit, none negative
     * @return the fee; empty when it is above 2^64−1
     */
    public static Optional<Amount> of(LongStream inputFeesPpk) {
        BigInteger thousandths = inputFeesPpk.mapToObj(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
        BigInteger fee = thousandths.add(THOUSAND).subtract(BigInteger.ONE).divide(THOUSAND);
        return fee.bitLength() > Amount.BITS ? Optional.empty() : Optional.of(Amount.of(fee));
    }
}
