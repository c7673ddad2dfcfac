package org.ehashpool.wallet.session;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ehashpool.wallet.mint.MintUrl;

/** The mints that the wallet trusts: those of its configuration, and no other. */
public final class Mints {

    private final Map<MintUrl, MintSession> sessions = new TreeMap<>();

    public Mints(List<MintSession> sessions) {
        sessions.forEach(session -> this.sessions.put(session.url(), session));
    }

    public Collection<MintSession> all() {
        return List.copyOf(sessions.values());
    }

    public Optional<MintSession> find(MintUrl url) {
        return Optional.ofNullable(sessions.get(url));
    }
}
