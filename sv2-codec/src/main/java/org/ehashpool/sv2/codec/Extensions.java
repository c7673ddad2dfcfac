package org.ehashpool.sv2.codec;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** A set of extensions, for instance those negotiated on a connection. Immutable. */
public final class Extensions {
    /** No extension. */
    public static final Extensions NONE = new Extensions(new int[0]);

    private final int[] ascending;

    private Extensions(int[] ascending) {
        this.ascending = ascending;
    }

    /** These {@code extension_type}s, without the {@code channel_msg} bit. */
    public static Extensions of(int... extensionTypes) {
        return extensionTypes.length == 0
                ? NONE
                : new Extensions(
                        Arrays.stream(extensionTypes).distinct().sorted().toArray());
    }

    /** These {@code extension_type}s, without the {@code channel_msg} bit. */
    public static Extensions of(Collection<Integer> extensionTypes) {
        return of(extensionTypes.stream()
                .mapToInt(type -> Objects.requireNonNull(type))
                .toArray());
    }

    /** Whether that extension is among them. */
    public boolean contains(int extensionType) {
        return Arrays.binarySearch(ascending, extensionType) >= 0;
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return ascending.length == 0;
    }

    /** The {@code extension_type}s, ascending. */
    public List<Integer> toList() {
        return Arrays.stream(ascending).boxed().toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Extensions that && Arrays.equals(ascending, that.ascending);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ascending);
    }

    @Override
    public String toString() {
        return Arrays.stream(ascending).mapToObj("0x%04x"::formatted).toList().toString();
    }
}
