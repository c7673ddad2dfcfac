package org.ehashpool.kit.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes: {@code 512B}, {@code 64KiB}, {@code 1MiB}, {@code 2GiB}, {@code 1TiB}.
 *
 * @param bytes zero or more
 */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,18})(B|KiB|MiB|GiB|TiB)");
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};
    private static final int BITS_PER_UNIT = 10;

    /**
     * A size in bytes.
     *
     * @throws IllegalArgumentException when negative
     */
    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size is not negative");
        }
    }

    /**
     * Reads a size as {@link #toString()} writes it.
     *
     * @throws IllegalArgumentException when the text is no size, or one beyond 2^63 − 1 bytes
     */
    public static ByteSize parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a size");
        }
        long number = Long.parseLong(matcher.group(1));
        int unit = 0;
        while (!UNITS[unit].equals(matcher.group(2))) {
            unit++;
        }
        int shift = BITS_PER_UNIT * unit;
        if (number > Long.MAX_VALUE >> shift) {
            throw new IllegalArgumentException("size is too large");
        }
        return new ByteSize(number << shift);
    }

    /**
     * The bytes, for buffers and their limits.
     *
     * @throws IllegalArgumentException beyond 2^31 − 1 bytes
     */
    public int toIntBytes() {
        if (bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(this + " is more than " + Integer.MAX_VALUE + " bytes");
        }
        return (int) bytes;
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** The largest unit that divides the size, so that the text reads back as the same size. */
    @Override
    public String toString() {
        int unit = 0;
        long number = bytes;
        while (number != 0 && unit < UNITS.length - 1 && number % (1 << BITS_PER_UNIT) == 0) {
            number >>= BITS_PER_UNIT;
            unit++;
        }
        return number + UNITS[unit];
    }
}
