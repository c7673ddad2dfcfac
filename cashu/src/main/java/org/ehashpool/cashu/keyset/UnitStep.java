package org.ehashpool.cashu.keyset;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * A unit's step in the path of its keys. It has 31 bits of a hash: two units may have the same, and then would have the
 * same keys, so that the ecash of one would pass for the other's. A mint asks {@link #collision} before it adds one.
 */
public final class UnitStep {

    private UnitStep() {}

    /** The first four bytes of SHA-256 of the unit in upper case, big-endian, without the top bit. */
    public static long of(String unit) {
        byte[] name = unit.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(name))
                            .getInt()
                    & Integer.MAX_VALUE;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** One of the units that has the same step as a new one, under another name. */
    public static Optional<String> collision(String unit, Collection<String> units) {
        long step = of(unit);
        return units.stream()
                .filter(other -> !other.equals(unit) && of(other) == step)
                .findFirst();
    }
}
