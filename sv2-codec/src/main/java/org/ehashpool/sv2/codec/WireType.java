package org.ehashpool.sv2.codec;

/**
 * How values of one Java type travel.
 *
 * @param <T> the Java type, boxed
 */
abstract class WireType<T> {
    private final String name;
    private final int minimumLength;
    private final long maximumLength;

    WireType(String name, int minimumLength, long maximumLength) {
        this.name = name;
        this.minimumLength = minimumLength;
        this.maximumLength = maximumLength;
    }

    /** Reads a value, or throws a {@link FieldException}. */
    abstract T read(Input in);

    /** Writes a value, or throws a {@link FieldException} if the type cannot hold it. */
    abstract void write(T value, Output out);

    /** The bytes that {@link #write} would write. */
    abstract long length(T value);

    final int minimumLength() {
        return minimumLength;
    }

    final long maximumLength() {
        return maximumLength;
    }

    final boolean isFixedLength() {
        return minimumLength == maximumLength;
    }

    /** The specification's name, for instance {@code SEQ0_255[U256]}. */
    @Override
    public final String toString() {
        return name;
    }
}
