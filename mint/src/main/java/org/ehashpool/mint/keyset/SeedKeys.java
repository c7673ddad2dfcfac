package org.ehashpool.mint.keyset;

import java.util.Arrays;
import java.util.OptionalLong;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.cashu.seed.MintIdentity;
import org.ehashpool.cashu.signing.SigningKeys;

/** Keys derived from a BIP 39 seed, which is kept for keysets to come. */
public final class SeedKeys implements KeyDerivation, AutoCloseable {

    private final byte[] seed;
    private final SecretKey identity;

    /**
     * Keys of a seed.
     *
     * @param seed copied; the caller wipes its own
     */
    public SeedKeys(byte[] seed) {
        this.seed = seed.clone();
        this.identity = MintIdentity.derive(seed);
    }

    @Override
    public SigningKeys keys(String unit, long index, long inputFeePpk, OptionalLong finalExpiry) {
        return SigningKeys.derive(seed, unit, index, inputFeePpk, finalExpiry);
    }

    @Override
    public PublicKey mintKey() {
        return identity.publicKey();
    }

    /** The secret of {@link #mintKey}, with which the mint proves to pools who it is. */
    public SecretKey identity() {
        return identity;
    }

    /** Overwrites seed and identity. */
    @Override
    public void close() {
        Arrays.fill(seed, (byte) 0);
        identity.close();
    }
}
