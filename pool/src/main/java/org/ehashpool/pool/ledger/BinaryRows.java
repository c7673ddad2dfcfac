package org.ehashpool.pool.ledger;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows in the binary format of COPY.
 *
 * @see <a href="https://www.postgresql.org/docs/17/sql-copy.html">COPY, Binary Format</a>
 */
final class BinaryRows {
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    /** Microseconds from 1970 to 2000, which is where a timestamptz begins. */
    private static final long EPOCH_MICROS = Duration.between(Instant.EPOCH, Instant.parse("2000-01-01T00:00:00Z"))
                    .toMillis()
            * 1_000;

    private static final int NUMERIC_BASE = 10_000;
    private static final BigInteger NUMERIC_LONG = BigInteger.valueOf(1_0000_0000_0000_0000L);
    private static final int LONG_DIGITS = 4;

    private byte[] bytes;
    private int length;

    /** No rows, and room for so many bytes. */
    BinaryRows(int capacity) {
        bytes = new byte[Math.max(capacity, 64)];
        for (byte one : SIGNATURE) {
            bytes[length++] = one;
        }
        int32(0);
        int32(0);
    }

    /** Begins a row of so many columns. */
    void row(int columns) {
        int16(columns);
    }

    void nothing() {
        int32(-1);
    }

    void bool(boolean value) {
        int32(1);
        room(1);
        bytes[length++] = (byte) (value ? 1 : 0);
    }

    void integer(int value) {
        int32(4);
        int32(value);
    }

    void bigint(long value) {
        int32(8);
        int64(value);
    }

    /** A timestamptz, given in milliseconds since 1970. */
    void time(long millis) {
        int32(8);
        int64(millis * 1_000 - EPOCH_MICROS);
    }

    void bytea(byte[] value) {
        int32(value.length);
        room(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
    }

    void text(@Nullable String value) {
        if (value == null) {
            nothing();
        } else {
            bytea(value.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** A numeric without decimals, not negative: groups of four decimal digits, the first not zero. */
    void numeric(BigInteger value) {
        int start = length;
        int32(0);
        int16(0);
        int16(0);
        int16(0);
        int16(0);
        int groups = value.bitLength() < Long.SIZE ? groups(value.longValue(), false) : groups(value);
        int end = length;
        length = start;
        int32(8 + 2 * groups);
        int16(groups);
        int16(Math.max(0, groups - 1));
        length = end;
    }

    private int groups(BigInteger value) {
        BigInteger[] parts = value.divideAndRemainder(NUMERIC_LONG);
        int before = parts[0].bitLength() < Long.SIZE ? groups(parts[0].longValue(), false) : groups(parts[0]);
        return before + groups(parts[1].longValue(), before > 0);
    }

    /** @param whole whether zeros in front count: all four groups are written */
    private int groups(long value, boolean whole) {
        int count = 0;
        if (whole) {
            count = LONG_DIGITS;
        } else {
            for (long rest = value; rest > 0; rest /= NUMERIC_BASE) {
                count++;
            }
        }
        room(2 * count);
        long rest = value;
        for (int i = count - 1; i >= 0; i--) {
            int group = (int) (rest % NUMERIC_BASE);
            rest /= NUMERIC_BASE;
            bytes[length + 2 * i] = (byte) (group >>> 8);
            bytes[length + 2 * i + 1] = (byte) group;
        }
        length += 2 * count;
        return count;
    }

    /** All of it; no more rows may follow. */
    byte[] finish() {
        int16(-1);
        return Arrays.copyOf(bytes, length);
    }

    private void int16(int value) {
        room(2);
        bytes[length++] = (byte) (value >>> 8);
        bytes[length++] = (byte) value;
    }

    private void int32(int value) {
        int16(value >>> 16);
        int16(value);
    }

    private void int64(long value) {
        int32((int) (value >>> 32));
        int32((int) value);
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
