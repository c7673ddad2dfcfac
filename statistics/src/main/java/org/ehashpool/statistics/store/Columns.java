package org.ehashpool.statistics.store;

import java.math.BigInteger;
import java.util.Collection;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** Columns of many rows, each as one parameter: for {@code unnest}. */
final class Columns {
    private Columns() {}

    static <T> Field<Integer[]> integers(Collection<T> rows, ToIntFunction<T> value) {
        Integer[] values = new Integer[rows.size()];
        int i = 0;
        for (T row : rows) {
            values[i++] = value.applyAsInt(row);
        }
        return DSL.val(values);
    }

    static <T> Field<Long[]> longs(Collection<T> rows, ToLongFunction<T> value) {
        return optionalLongs(rows, row -> value.applyAsLong(row));
    }

    static <T> Field<Long[]> optionalLongs(Collection<T> rows, Function<T, @Nullable Long> value) {
        @Nullable Long[] values = new @Nullable Long[rows.size()];
        int i = 0;
        for (T row : rows) {
            values[i++] = value.apply(row);
        }
        return DSL.val(values, SQLDataType.BIGINT.array());
    }

    static <T> Field<String[]> texts(Collection<T> rows, Function<T, @Nullable String> value) {
        @Nullable String[] values = new @Nullable String[rows.size()];
        int i = 0;
        for (T row : rows) {
            values[i++] = value.apply(row);
        }
        return DSL.val(values, SQLDataType.CLOB.array());
    }

    static <T> Field<BigInteger[]> numbers(Collection<T> rows, Function<T, BigInteger> value) {
        BigInteger[] values = new BigInteger[rows.size()];
        int i = 0;
        for (T row : rows) {
            values[i++] = value.apply(row);
        }
        return DSL.val(values, SQLDataType.DECIMAL_INTEGER.array());
    }

    static <T> Field<Double[]> doubles(Collection<T> rows, Function<T, @Nullable Double> value) {
        @Nullable Double[] values = new @Nullable Double[rows.size()];
        int i = 0;
        for (T row : rows) {
            values[i++] = value.apply(row);
        }
        return DSL.val(values, SQLDataType.DOUBLE.array());
    }
}
