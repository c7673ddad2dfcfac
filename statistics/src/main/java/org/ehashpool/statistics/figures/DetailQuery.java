package org.ehashpool.statistics.figures;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * Figures that services tell with their heartbeats: {@code details} is what their {@code /api/v1/state} says. What is not
 * there, or is of another shape because the service is older or newer, is left out.
 */
final class DetailQuery {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final DSLContext sql;
    private final Instant now;

    DetailQuery(DSLContext sql, Instant now) {
        this.sql = sql;
        this.now = now;
    }

    /** A service's last words. */
    record Told(
            String name,
            String instance,
            boolean heard,
            Instant at,
            @Nullable String healthUrl,
            JsonNode details) {}

    /** Of every service that has told anything, the latest first. */
    List<Told> told() {
        return sql.fetch("""
                        select name, instance, state, last_heartbeat_at, polled_at, answered_at, health_url,
                            details::text as details
                        from service
                        where details is not null and last_heartbeat_at is not null
                        order by last_heartbeat_at desc""").map(this::told);
    }

    private Told told(Record row) {
        Instant at = row.get("last_heartbeat_at", Instant.class);
        ServiceStatus status = ServiceStatus.of(
                new ServiceStatus.Signs(
                        row.get("state", String.class),
                        at,
                        row.get("polled_at", Instant.class),
                        row.get("answered_at", Instant.class)),
                now);
        boolean heard =
                switch (status) {
                    case UP, LATE -> true;
                    case DOWN, STOPPED, UNKNOWN -> false;
                };
        return new Told(
                row.get("name", String.class),
                row.get("instance", String.class),
                heard,
                at,
                row.get("health_url", String.class),
                parsed(row.get("details", String.class)));
    }

    private static JsonNode parsed(String details) {
        try {
            return JSON.readTree(details);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a jsonb column that is no JSON", e);
        }
    }

    /** From who is heard of rather than who is not, from a node rather than from who follows one, then from the last. */
    Optional<NetworkView> network() {
        List<Told> all = told();
        return Stream.of(true, false)
                .flatMap(heard -> all.stream()
                        .filter(one -> one.heard() == heard)
                        .flatMap(one -> network(one).stream())
                        .sorted(Comparator.comparing(view -> view.chain() == null)))
                .findFirst();
    }

    private static Optional<NetworkView> network(Told one) {
        String teller = one.name() + " " + one.instance();
        JsonNode node = one.details().path("node");
        JsonNode templates = one.details().path("templates");
        if (node.path("blocks").isIntegralNumber()) {
            return Optional.of(new NetworkView(
                    node.path("blocks").longValue(),
                    number(templates.path("network_difficulty")),
                    text(node.path("chain")),
                    teller,
                    one.at()));
        }
        JsonNode followed = one.details().path("upstream").path("chain");
        if (followed.path("height").isIntegralNumber()) {
            return Optional.of(new NetworkView(
                    followed.path("height").longValue(),
                    number(followed.path("network_difficulty")),
                    null,
                    teller,
                    one.at()));
        }
        String active = templates.path("active").asText("");
        for (JsonNode provider : templates.path("providers")) {
            if (provider.path("address").asText("").equals(active)
                    && provider.path("height").isIntegralNumber()) {
                return Optional.of(new NetworkView(
                        provider.path("height").longValue(),
                        number(provider.path("network_difficulty")),
                        null,
                        teller,
                        one.at()));
            }
        }
        return Optional.empty();
    }

    /** By what waits for them, the most first. */
    List<MintView> mints() {
        List<Told> all = told();
        Map<String, Mint> mints = new LinkedHashMap<>();
        for (Told one : all) {
            for (JsonNode mint : one.details().path("mint_port").path("mints")) {
                Mint known = mints.computeIfAbsent(mint.path("public_key").asText(""), Mint::new);
                known.heardByPool(one, mint);
            }
            for (JsonNode mint : one.details().path("outbox").path("mints")) {
                mints.computeIfAbsent(mint.path("public_key").asText(""), Mint::new)
                        .waits(one, mint);
            }
            long unbound = one.details().path("outbox").path("unbound_shares").asLong();
            if (unbound > 0) {
                mints.computeIfAbsent("", Mint::new).unbound(one, unbound);
            }
        }
        for (Told one : all) {
            JsonNode self = one.details().path("mint");
            @Nullable Mint known = mints.get(x(self.path("public_key").asText("-")));
            if (known != null && one.heard()) {
                known.readOnly = text(self.path("read_only"));
                known.quotingStopped = text(self.path("quoting_stopped"));
            }
        }
        return mints.values().stream()
                .map(Mint::view)
                .sorted((one, other) -> other.amount().compareTo(one.amount()))
                .toList();
    }

    /** Pools know a mint by the x of its key, 64 digits; it says the whole key, 66. */
    private static String x(String key) {
        return key.length() == 66 ? key.substring(2) : key;
    }

    /** A mint while it is put together. */
    private static final class Mint {
        private final String publicKey;
        private final Map<String, MintView.Backlog> backlogs = new LinkedHashMap<>();
        private @Nullable String url;
        private List<String> units = List.of();
        private boolean connected;
        private boolean heard;
        private @Nullable Instant asOf;
        private @Nullable String readOnly;
        private @Nullable String quotingStopped;

        Mint(String publicKey) {
            this.publicKey = publicKey;
        }

        void heardByPool(Told pool, JsonNode mint) {
            told(pool);
            if (url == null) {
                url = text(mint.path("url"));
            }
            List<String> named = new ArrayList<>();
            mint.path("units").forEach(unit -> named.add(unit.asText()));
            units = named;
            int connections = mint.path("connections").size();
            connected |= pool.heard() && connections > 0;
            long unanswered = 0;
            for (JsonNode connection : mint.path("connections")) {
                unanswered += connection.path("unanswered").asLong();
            }
            backlogs.put(
                    pool.instance(),
                    new MintView.Backlog(pool.instance(), connections, unanswered, 0, 0, BigInteger.ZERO, 0));
        }

        void waits(Told pool, JsonNode mint) {
            told(pool);
            MintView.@Nullable Backlog before = backlogs.get(pool.instance());
            backlogs.put(
                    pool.instance(),
                    new MintView.Backlog(
                            pool.instance(),
                            before == null ? 0 : before.connections(),
                            before == null ? 0 : before.unanswered(),
                            mint.path("orders").asLong(),
                            mint.path("shares").asLong(),
                            amount(mint.path("amount")),
                            mint.path("refused").asLong()));
        }

        /** What a pool has not yet put into an order; what it is worth is not told. */
        void unbound(Told pool, long shares) {
            told(pool);
            backlogs.put(pool.instance(), new MintView.Backlog(pool.instance(), 0, 0, 0, shares, BigInteger.ZERO, 0));
        }

        private void told(Told pool) {
            heard |= pool.heard();
            if (asOf == null || pool.at().isAfter(asOf)) {
                asOf = pool.at();
            }
        }

        MintView view() {
            String state = publicKey.isEmpty() ? "unbound" : !heard ? "stale" : connected ? "connected" : "away";
            return new MintView(
                    publicKey, url, units, state, asOf, List.copyOf(backlogs.values()), readOnly, quotingStopped);
        }
    }

    private static BigInteger amount(JsonNode node) {
        String text = node.asText("");
        return text.matches("[0-9]{1,39}") ? new BigInteger(text) : BigInteger.ZERO;
    }

    /** Of work, which has up to 80 digits; zero for what is none. */
    static BigInteger wholeNumber(JsonNode node) {
        String text = node.asText("");
        return text.matches("[0-9]{1,80}") ? new BigInteger(text) : BigInteger.ZERO;
    }

    private static @Nullable Double number(JsonNode node) {
        return node.isNumber() ? node.doubleValue() : null;
    }

    static @Nullable String text(JsonNode node) {
        return node.isTextual() ? node.textValue() : null;
    }
}
