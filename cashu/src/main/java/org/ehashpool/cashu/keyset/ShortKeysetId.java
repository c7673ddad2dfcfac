package org.ehashpool.cashu.keyset;

import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A keyset id as tokens carry it: 8 bytes, all of an id of version 1, the first of one of version 2. Immutable.
 *
 * <p>NUT-02 has it for tokens alone: a mint takes and gives ids in full.
 */
public final class ShortKeysetId {

    /** Bytes. */
    public static final int LENGTH = 8;

    private final byte[] bytes;

    private ShortKeysetId(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The short form of an id. */
    public static ShortKeysetId of(KeysetId id) {
        return new ShortKeysetId(Arrays.copyOf(id.toBytes(), LENGTH));
    }

    /**
     * The short id of these bytes.
     *
     * @throws IllegalArgumentException if they are not 8, or the first is no known version
     */
    public static ShortKeysetId of(byte[] bytes) {
        boolean known = bytes.length == LENGTH
                && Arrays.stream(KeysetId.Version.values()).anyMatch(version -> version.prefix() == bytes[0]);
        if (!known) {
            throw new IllegalArgumentException("a short keyset id has " + LENGTH + " bytes, from 00 or 01");
        }
        return new ShortKeysetId(bytes.clone());
    }

    /** Whether it may stand for that id. */
    public boolean matches(KeysetId id) {
        return Arrays.equals(bytes, 0, LENGTH, id.toBytes(), 0, LENGTH);
    }

    /**
     * The id it stands for among those of a mint; empty when there is none, or when there are two, which a mint that
     * means no harm never has.
     */
    public Optional<KeysetId> resolve(Collection<KeysetId> ids) {
        List<KeysetId> matching = ids.stream().filter(this::matches).distinct().toList();
        return matching.size() == 1 ? Optional.of(matching.getFirst()) : Optional.empty();
    }

    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ShortKeysetId that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** In hexadecimal digits, in lower case. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
