package org.ehashpool.statistics.figures;

import java.net.URI;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a translator listens for miners, as it told last.
 *
 * @param service the translator, with {@code instance}
 * @param host that miners reach it by; null where it listens on all addresses and none of them is known
 * @param tls whether TLS is spoken there, too
 * @param pays who has the ehash of miners whose names are no keys: "wallet", "key" or "nobody"; null if it is not told
 * @param heard whether the translator is heard of
 */
public record MinerPortView(
        String service,
        String instance,
        @Nullable String host,
        int port,
        boolean tls,
        @Nullable String pays,
        boolean heard,
        Instant at) {
    private static final Set<String> ALL_ADDRESSES = Set.of("", "0.0.0.0", "::", "[::]");
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

    /** The address that it listens on; where that is all of them, the one that it is asked at whether it lives. */
    static @Nullable String reachable(String listens, @Nullable String healthUrl) {
        if (!ALL_ADDRESSES.contains(listens)) {
            return listens.contains(":") && !listens.startsWith("[") ? "[" + listens + "]" : listens;
        }
        @Nullable
        String asked = healthUrl == null ? null : URI.create(healthUrl).getHost();
        return asked == null || THIS_MACHINE.contains(asked) ? null : asked;
    }

    /** What stands before the host. */
    public String scheme() {
        return tls ? "stratum+ssl://" : "stratum+tcp://";
    }
}
