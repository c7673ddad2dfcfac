package org.ehashpool.cashu.signing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.blind.BlindSignature;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.blind.Blinding;
import org.ehashpool.cashu.blind.Dleq;
import org.ehashpool.cashu.blind.DleqProofs;
import org.ehashpool.cashu.keyset.Keyset;
import org.ehashpool.cashu.keyset.KeysetId;
import org.ehashpool.cashu.keyset.PublicKeys;
import org.ehashpool.cashu.keyset.UnitStep;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.cashu.proof.Proof;
import org.ehashpool.cashu.seed.ExtendedKey;

/** A keyset's secret keys, one for each power of two from 2^0 to 2^63, and what they are for. Thread-safe. */
public final class SigningKeys implements AutoCloseable {

    private static final long PURPOSE = 129372;

    private final Keyset keyset;
    private final List<SecretKey> secrets;
    private final List<PublicKey> publics;

    private SigningKeys(Keyset keyset, List<SecretKey> secrets, List<PublicKey> publics) {
        this.keyset = keyset;
        this.secrets = secrets;
        this.publics = publics;
    }

    /**
     * Derives a keyset: the key of 2^n is {@code m/129372'/u'/index'/n'}, where u is the {@link UnitStep}.
     *
     * @param seed 16 to 64 bytes; not kept
     * @param index which of the unit's keysets, 0 to 2^31−1
     * @param inputFeePpk what spending one proof costs, in thousandths
     * @param finalExpiry seconds since the epoch
     */
    public static SigningKeys derive(byte[] seed, String unit, long index, long inputFeePpk, OptionalLong finalExpiry) {
        List<SecretKey> secrets = new ArrayList<>(Amount.BITS);
        List<PublicKey> publics = new ArrayList<>(Amount.BITS);
        Map<Amount, PublicKey> byAmount = new TreeMap<>();
        try (ExtendedKey master = ExtendedKey.master(seed);
                ExtendedKey purpose = master.hardened(PURPOSE);
                ExtendedKey units = purpose.hardened(UnitStep.of(unit));
                ExtendedKey keys = units.hardened(index)) {
            for (int exponent = 0; exponent < Amount.BITS; exponent++) {
                SecretKey secret = keys.hardened(exponent).secretKey();
                secrets.add(secret);
                publics.add(secret.publicKey());
                byAmount.put(Amount.powerOfTwo(exponent), publics.getLast());
            }
        }
        return new SigningKeys(
                Keyset.of(unit, inputFeePpk, finalExpiry, new PublicKeys(byAmount)),
                List.copyOf(secrets),
                List.copyOf(publics));
    }

    /** What of it is published. */
    public Keyset keyset() {
        return keyset;
    }

    public KeysetId id() {
        return keyset.id();
    }

    /** Whether there is a key for the amount: whether it is a power of two. */
    public boolean has(Amount amount) {
        return amount.isPowerOfTwo();
    }

    /**
     * Signs, and proves that it was with the published key. The same message gives the same answer.
     *
     * @throws IllegalArgumentException if the message is for another keyset, or there is no key for its amount
     */
    public BlindSignature sign(BlindedMessage message) {
        if (!message.keysetId().equals(id())) {
            throw new IllegalArgumentException("the message is for keyset " + message.keysetId() + ", not " + id());
        }
        if (!has(message.amount())) {
            throw new IllegalArgumentException("no key for the amount " + message.amount());
        }
        int exponent = exponent(message.amount());
        SecretKey secret = secrets.get(exponent);
        PublicKey signature = Blinding.sign(message.point(), secret);
        Dleq dleq = DleqProofs.prove(secret, publics.get(exponent), message.point(), signature);
        return new BlindSignature(message.amount(), id(), signature, dleq);
    }

    /**
     * Whether a proof was signed by the key for its amount.
     *
     * @param y the proof's, by {@link Proof#y}: whoever asks needs it too
     */
    public boolean verify(Proof proof, PublicKey y) {
        return proof.keysetId().equals(id())
                && has(proof.amount())
                && Blinding.verify(y, proof.point(), secrets.get(exponent(proof.amount())));
    }

    private static int exponent(Amount powerOfTwo) {
        return Long.numberOfTrailingZeros(powerOfTwo.toLong());
    }

    /** Overwrites the keys. */
    @Override
    public void close() {
        secrets.forEach(SecretKey::close);
    }

    @Override
    public String toString() {
        return "SigningKeys[" + id() + "]";
    }
}
