package org.ehashpool.mint.store;

import java.math.BigInteger;

/**
 * What went through the mint in one unit: of one keyset, or of the unit's quotes. Sums over many amounts, and so not
 * bounded by 64 bits.
 *
 * @param paid on quotes
 * @param issued from quotes
 * @param signed in all, for quotes and in exchange for spent proofs
 * @param spent of the keyset's proofs
 * @param fees kept from spent proofs
 * @param melted paid out for spent proofs
 */
public record Sums(
        BigInteger paid, BigInteger issued, BigInteger signed, BigInteger spent, BigInteger fees, BigInteger melted) {

    public static final Sums NONE = new Sums(
            BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);

    public static Sums ofPaid(BigInteger amount) {
        return new Sums(amount, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);
    }

    public static Sums ofIssued(BigInteger amount) {
        return new Sums(BigInteger.ZERO, amount, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);
    }

    public static Sums ofSigned(BigInteger amount) {
        return new Sums(BigInteger.ZERO, BigInteger.ZERO, amount, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);
    }

    public static Sums ofSpent(BigInteger amount) {
        return new Sums(BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, amount, BigInteger.ZERO, BigInteger.ZERO);
    }

    public static Sums ofFees(BigInteger amount) {
        return new Sums(BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, amount, BigInteger.ZERO);
    }

    public static Sums ofMelted(BigInteger amount) {
        return new Sums(BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, amount);
    }

    public Sums plus(Sums other) {
        return new Sums(
                paid.add(other.paid),
                issued.add(other.issued),
                signed.add(other.signed),
                spent.add(other.spent),
                fees.add(other.fees),
                melted.add(other.melted));
    }

    /** Paid on quotes and not yet minted. */
    public BigInteger mintable() {
        return paid.subtract(issued);
    }

    /** Signed and not yet spent: tokens in the world. */
    public BigInteger circulating() {
        return signed.subtract(spent);
    }

    /** What the mint owes. */
    public BigInteger outstanding() {
        return mintable().add(circulating());
    }
}
