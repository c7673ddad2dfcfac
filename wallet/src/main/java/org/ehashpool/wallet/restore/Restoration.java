package org.ehashpool.wallet.restore;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.ehashpool.cashu.json.QuoteMessages.LookupRequest;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.cashu.quote.LookupSignatures;
import org.ehashpool.cashu.wallet.WalletSeed;
import org.ehashpool.wallet.key.LockingKeys;
import org.ehashpool.wallet.mint.MintException;
import org.ehashpool.wallet.mint.MintInfo;
import org.ehashpool.wallet.restore.SignedOutputs.Found;
import org.ehashpool.wallet.session.MintSession;
import org.ehashpool.wallet.store.StoredKeyset;

/**
 * Restores at one mint after another, into an empty wallet or one that is in use: there it finds what a mint did after
 * its operation was given up, and what was spent without the wallet's knowledge.
 */
public final class Restoration {

    /** Keys without a quote, one after another, that end the search: as many days with a key each. */
    private static final int KEY_GAP = 100;

    /** Of a hundred counters of one keyset; more than a wallet uses in its life. */
    private static final long MOST_BATCHES = 100_000;

    private final WalletSeed seed;
    private final SignedOutputs signed;
    private final LockingKeys keys;
    private final InstantSource clock;
    private final SecureRandom random;

    /** Restores of a wallet. */
    public Restoration(
            WalletSeed seed, SignedOutputs signed, LockingKeys keys, InstantSource clock, SecureRandom random) {
        this.signed = signed;
        this.seed = seed;
        this.keys = keys;
        this.clock = clock;
        this.random = random;
    }

    /**
     * What was found at a mint.
     *
     * @param restored worth of the proofs that were not there before, by all keysets
     * @param proofs how many they are
     * @param rejected signatures that were not by the mint's keys
     * @param keys locking keys that are known now
     */
    public record Report(BigInteger restored, int proofs, int rejected, int keys) {}

    /**
     * Finds what the seed has at a mint. Quotes that are found are there to be claimed.
     *
     * @throws MintException if the mint fails; what was found before stays, and it can be run again
     */
    public Report run(MintSession mint) {
        MintInfo info = mint.info();
        mint.refresh();
        Found found = Found.NOTHING;
        Set<String> units = new HashSet<>();
        for (StoredKeyset stored : mint.keysets()) {
            found = found.plus(signed.from(mint, stored.keyset(), 0, MOST_BATCHES));
            units.add(stored.keyset().unit());
        }
        units.forEach(unit -> signed.checkHeld(mint, unit));
        long last = lastKey(mint, info);
        if (last >= 0) {
            keys.reach(last);
        }
        return new Report(
                found.worth(), found.proofs(), found.rejected(), keys.all().size());
    }

    /** The last key that any quote is locked to; -1 if none is. */
    private long lastKey(MintSession mint, MintInfo info) {
        long last = -1;
        for (long index = 0; index <= last + KEY_GAP; index++) {
            SecretKey key = seed.quoteKey(index);
            byte[] randomness = new byte[SecretKey.LENGTH];
            random.nextBytes(randomness);
            long timestamp = clock.instant().getEpochSecond();
            LookupRequest request = new LookupRequest(
                    List.of(key.publicKey()),
                    List.of(LookupSignatures.sign(info.publicKey(), key, timestamp, randomness)),
                    timestamp,
                    false,
                    OptionalLong.of(1),
                    Optional.empty());
            if (!mint.api().lookup(request).quotes().isEmpty()) {
                last = index;
            }
        }
        return last;
    }
}
