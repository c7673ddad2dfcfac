package org.ehashpool.mint.keyset;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ehashpool.cashu.keyset.KeysetId;

/** All keysets of the mint as they were at one moment. Immutable. */
public final class Keyring {

    private final Map<KeysetId, MintKeyset> byId = new LinkedHashMap<>();

    /**
     * Of these keysets.
     *
     * @param keysets in the order in which they were made
     */
    public Keyring(Collection<MintKeyset> keysets) {
        keysets.forEach(keyset -> byId.put(keyset.row().id(), keyset));
    }

    public Optional<MintKeyset> find(KeysetId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** All of them, the oldest first. */
    public List<MintKeyset> all() {
        return List.copyOf(byId.values());
    }

    /** Those that sign. */
    public List<MintKeyset> active() {
        return byId.values().stream().filter(keyset -> keyset.row().active()).toList();
    }

    /** Whether there is a keyset of that unit, active or not. */
    public boolean hasUnit(String unit) {
        return byId.values().stream().anyMatch(keyset -> keyset.row().unit().equals(unit));
    }
}
