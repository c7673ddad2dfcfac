package org.ehashpool.kit.postgres;

import java.math.BigInteger;
import org.jooq.Converter;
import org.jooq.exception.DataTypeException;
import org.jspecify.annotations.Nullable;

/**
 * U64 amounts: {@code numeric(20,0)} in a table, an unsigned {@code long} in Java. Null stays null. Compare, print and
 * divide the {@code long} with {@link Long#compareUnsigned}, {@link Long#toUnsignedString(long)} and their like.
 *
 * <p>A column's value below 0, or above 2<sup>64</sup>−1 throws {@link DataTypeException}: a wrong amount is never
 * read as another one. A query that meets one fails with a {@link org.jooq.exception.DataAccessException} whose cause
 * it is. (jOOQ reads a column of scale 0 as a {@link BigInteger}.)
 */
public final class UnsignedLongConverter implements Converter<BigInteger, Long> {

    private static final BigInteger TWO_TO_THE_64 = BigInteger.ONE.shiftLeft(Long.SIZE);

    /** For jOOQ, which makes one per column. */
    public UnsignedLongConverter() {}

    @Override
    public @Nullable Long from(@Nullable BigInteger column) {
        if (column == null) {
            return null;
        }
        if (column.signum() < 0 || column.bitLength() > Long.SIZE) {
            throw new DataTypeException("an amount out of the range of U64: " + column);
        }
        return column.longValue();
    }

    @Override
    public @Nullable BigInteger to(@Nullable Long amount) {
        if (amount == null) {
            return null;
        }
        BigInteger signed = BigInteger.valueOf(amount);
        return amount < 0 ? signed.add(TWO_TO_THE_64) : signed;
    }

    @Override
    public Class<BigInteger> fromType() {
        return BigInteger.class;
    }

    @Override
    public Class<Long> toType() {
        return Long.class;
    }
}
