package org.ehashpool.wallet.key;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.cashu.wallet.WalletSeed;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.wallet.store.LockingKey;
import org.ehashpool.wallet.store.LockingKeyTable;
import org.ehashpool.wallet.store.WalletStore;

/** The seed's locking keys, in the order of their indices, and keys that were given. */
public final class LockingKeys {

    private final WalletStore store;
    private final WalletSeed seed;
    private final Duration rotation;
    private final InstantSource clock;
    private final Map<PublicKey, Long> indices = new ConcurrentHashMap<>();
    private final Map<PublicKey, SecretKey> given = new ConcurrentHashMap<>();
    private volatile List<LockingKey> keys = List.of();

    /**
     * Keys of a seed; {@link #upkeep} makes the first.
     *
     * @param rotation how long a key is in use
     */
    public LockingKeys(WalletStore store, WalletSeed seed, Duration rotation, InstantSource clock) {
        this.store = store;
        this.seed = seed;
        this.rotation = rotation;
        this.clock = clock;
    }

    /**
     * The key in use. Never waits.
     *
     * @throws IllegalStateException before {@link #upkeep}
     */
    public PublicKey current() {
        List<LockingKey> now = keys;
        if (now.isEmpty()) {
            throw new IllegalStateException("no locking key is made yet");
        }
        return now.getFirst().publicKey();
    }

    /** All keys of the seed that were ever in use, the newest first. Never waits. */
    public List<LockingKey> all() {
        return keys;
    }

    /** Keys that are not the seed's, whose quotes are claimed too. */
    public List<PublicKey> given() {
        return List.copyOf(given.keySet());
    }

    /** Takes a key that is not the seed's. It is not stored. */
    public void give(SecretKey key) {
        given.put(key.publicKey(), key);
    }

    /** The secret key of one of these; empty of any other. */
    public Optional<SecretKey> secret(PublicKey key) {
        Long index = indices.get(key);
        return index == null ? Optional.ofNullable(given.get(key)) : Optional.of(seed.quoteKey(index));
    }

    /** Makes the next key, if it is time. Waits for the database. */
    public void upkeep() {
        next(rotation);
    }

    /** Makes the next key, and takes it into use. Waits for the database. */
    public void next() {
        next(Duration.ZERO);
    }

    private void next(Duration age) {
        Instant now = clock.instant();
        keep(store.transact(Isolation.READ_COMMITTED, sql -> {
            LockingKeyTable table = new LockingKeyTable(sql);
            Optional<LockingKey> newest = table.newest();
            if (newest.isEmpty() || !now.isBefore(newest.get().createdAt().plus(age))) {
                table.add(key(newest.map(key -> key.index() + 1).orElse(0L), now));
            }
            return table.all();
        }));
    }

    /** Makes all keys up to an index known, as a restore has found them to be in use. Waits for the database. */
    public void reach(long index) {
        Instant now = clock.instant();
        keep(store.transact(Isolation.READ_COMMITTED, sql -> {
            LockingKeyTable table = new LockingKeyTable(sql);
            for (long i = 0; i <= index; i++) {
                table.add(key(i, now));
            }
            return table.all();
        }));
    }

    /** The seed's key of an index. */
    public LockingKey key(long index, Instant now) {
        return new LockingKey(index, seed.quoteKey(index).publicKey(), now);
    }

    private void keep(List<LockingKey> all) {
        all.forEach(key -> indices.put(key.publicKey(), key.index()));
        keys = List.copyOf(all);
    }
}
