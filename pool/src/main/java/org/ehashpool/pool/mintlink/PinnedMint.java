package org.ehashpool.pool.mintlink;

import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.sv2.type.Bytes;

/**
 * A mint that the pool knows.
 *
 * @param key the x of its public key, 32 bytes: its identity
 * @param url what the operator says of where it is
 * @param units of the quotes that are ordered of it
 * @param weight its part of new orders among all mints
 */
public record PinnedMint(Bytes key, Optional<String> url, Set<String> units, int weight) {

    private static final int X_DIGITS = 64;
    private static final String EVEN = "02";

    public PinnedMint {
        units = Set.copyOf(units);
    }

    static PinnedMint of(MintConfig config) {
        List<String> units = config.units();
        return new PinnedMint(
                parseKey(config.publicKey()), config.url().map(URI::toString), Set.copyOf(units), config.weight());
    }

    /** The x of a public key of 66 hexadecimal digits, or of the 64 of its x alone. */
    static Bytes parseKey(String hex) {
        try {
            PublicKey key = PublicKey.parse(hex.length() == X_DIGITS ? EVEN + hex : hex);
            return Bytes.of(key.x());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a mint's public_key of 66 hexadecimal digits: " + e.getMessage(), e);
        }
    }

    /** Whether this key has signed the 32 bytes (BIP 340). */
    boolean hasSigned(byte[] hash, Bytes signature) {
        return PublicKey.parse(EVEN + key.toHex()).verify(hash, signature.toByteArray());
    }

    /** As in logs and APIs: 64 hexadecimal digits. */
    public String name() {
        return HexFormat.of().formatHex(key.toByteArray());
    }
}
