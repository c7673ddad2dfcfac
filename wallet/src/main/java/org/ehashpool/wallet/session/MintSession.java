package org.ehashpool.wallet.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ehashpool.cashu.json.KeyMessages.KeysetEntry;
import org.ehashpool.cashu.keyset.Keyset;
import org.ehashpool.cashu.keyset.KeysetId;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.wallet.mint.MintApi;
import org.ehashpool.wallet.mint.MintFaultException;
import org.ehashpool.wallet.mint.MintInfo;
import org.ehashpool.wallet.mint.MintUrl;
import org.ehashpool.wallet.mint.TrustedMint;
import org.ehashpool.wallet.store.KeysetTable;
import org.ehashpool.wallet.store.StatusTable;
import org.ehashpool.wallet.store.StoredKeyset;
import org.ehashpool.wallet.store.WalletStore;
import org.jspecify.annotations.Nullable;

/** A trusted mint and what is known of it: its public key and its keysets, which have been checked. */
public final class MintSession {

    /** More than a mint has that rotates its keys every month for eight years. */
    private static final int MOST_KEYSETS = 100;

    /** Inputs of a swap, until the mint says that it takes fewer: no mint was seen that does. */
    private static final int MOST_INPUTS = 500;

    private static final Duration INFORMATION_LASTS = Duration.ofMinutes(10);

    private final TrustedMint mint;
    private final MintApi api;
    private final Set<String> units;
    private final WalletStore store;
    private final InstantSource clock;
    // NUT-06 has no field for it: a mint says so by refusing.
    private final AtomicInteger inputs = new AtomicInteger(MOST_INPUTS);
    private volatile @Nullable Information information;

    private record Information(MintInfo info, Instant until) {}

    /**
     * What is known of a mint.
     *
     * @param units whose keysets the wallet uses
     */
    public MintSession(TrustedMint mint, MintApi api, Set<String> units, WalletStore store, InstantSource clock) {
        this.mint = mint;
        this.api = api;
        this.units = Set.copyOf(units);
        this.store = store;
        this.clock = clock;
    }

    public MintUrl url() {
        return mint.url();
    }

    public MintApi api() {
        return api;
    }

    /**
     * What the mint says of itself, which is asked again now and then, together with its keysets.
     *
     * @throws MintFaultException if it has another public key than it is trusted by
     */
    public MintInfo info() {
        Information known = information;
        Instant now = clock.instant();
        if (known == null || now.isAfter(known.until())) {
            MintInfo info = api.info();
            check(info.publicKey());
            PublicKey before = store.transact(
                    Isolation.READ_COMMITTED, sql -> new StatusTable(sql).addMint(mint.url(), info.publicKey(), now));
            if (!before.equals(info.publicKey())) {
                throw new MintFaultException("the mint has another public key than it had: " + info.publicKey());
            }
            refresh();
            known = new Information(info, now.plus(INFORMATION_LASTS));
            information = known;
        }
        return known.info();
    }

    private void check(PublicKey key) {
        if (mint.publicKey().filter(pinned -> !pinned.equals(key)).isPresent()) {
            throw new MintFaultException("the mint has another public key than it is trusted by: " + key);
        }
    }

    /** Asks for the mint's keysets, and for the keys of those that are new. */
    public void refresh() {
        List<KeysetEntry> entries = api.keysets().stream()
                .filter(entry -> units.contains(entry.unit()))
                .toList();
        if (entries.size() > MOST_KEYSETS) {
            throw new MintFaultException("more than " + MOST_KEYSETS + " keysets");
        }
        Map<KeysetId, StoredKeyset> known = store
                .transact(
                        Isolation.READ_COMMITTED,
                        sql -> new KeysetTable(sql)
                                .find(entries.stream().map(KeysetEntry::id).toList()))
                .stream()
                .collect(Collectors.toMap(stored -> stored.keyset().id(), Function.identity()));
        for (KeysetEntry entry : entries) {
            StoredKeyset stored = known.get(entry.id());
            if (stored == null) {
                add(entry);
            } else {
                update(entry, stored);
            }
        }
    }

    private void add(KeysetEntry entry) {
        Keyset keyset = api.keyset(entry.id());
        if (!keyset.hasItsOwnId()
                || !keyset.id().equals(entry.id())
                || !keyset.unit().equals(entry.unit())
                || keyset.inputFeePpk() != entry.inputFeePpk()
                || !keyset.finalExpiry().equals(entry.finalExpiry())) {
            throw new MintFaultException("keyset " + entry.id() + " is not what the list of keysets says");
        }
        store.transact(Isolation.READ_COMMITTED, sql -> {
            new KeysetTable(sql).add(mint.url(), keyset, entry.active());
            return true;
        });
    }

    private void update(KeysetEntry entry, StoredKeyset stored) {
        if (!stored.mint().equals(mint.url())) {
            throw new MintFaultException("keyset " + entry.id() + " is another mint's: " + stored.mint());
        }
        if (stored.active() != entry.active()) {
            store.transact(Isolation.READ_COMMITTED, sql -> {
                new KeysetTable(sql).setActive(entry.id(), entry.active());
                return true;
            });
        }
    }

    /** The most inputs of a swap. */
    public int inputs() {
        return inputs.get();
    }

    /** So many inputs were more than the mint takes: it gets half as many from now on, but always one. */
    public void refusedInputs(int count) {
        inputs.accumulateAndGet(Math.max(1, count / 2), Math::min);
    }

    /** All keysets that the mint has or had, as they are stored. */
    public List<StoredKeyset> keysets() {
        return store.transact(Isolation.READ_COMMITTED, sql -> new KeysetTable(sql).ofMint(mint.url()));
    }

    /** Those of the ids; fewer if the mint has not published some. */
    public Map<KeysetId, Keyset> find(Collection<KeysetId> ids) {
        return keysets().stream()
                .map(StoredKeyset::keyset)
                .filter(keyset -> ids.contains(keyset.id()))
                .collect(Collectors.toMap(Keyset::id, Function.identity()));
    }

    /**
     * The keyset for new outputs: it signs, and costs the least to spend.
     *
     * @throws MintFaultException if the mint has none
     */
    public Keyset active(String unit) {
        info();
        return usable(unit)
                .or(() -> {
                    refresh();
                    return usable(unit);
                })
                .orElseThrow(() -> new MintFaultException("the mint has no active keyset of unit " + unit));
    }

    private Optional<Keyset> usable(String unit) {
        long now = clock.instant().getEpochSecond();
        return keysets().stream()
                .filter(StoredKeyset::active)
                .map(StoredKeyset::keyset)
                .filter(keyset -> keyset.unit().equals(unit) && !keyset.expired(now))
                .min(Comparator.comparingLong(Keyset::inputFeePpk)
                        .thenComparing(Keyset::id, Comparator.reverseOrder()));
    }
}
