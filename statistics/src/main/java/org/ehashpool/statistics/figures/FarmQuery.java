package org.ehashpool.statistics.figures;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** What only translators tell of: their wallets and their pools. */
final class FarmQuery {
    /** The service whose peers are miners. */
    static final String TRANSLATOR = "translator";

    private final DSLContext sql;
    private final Instant now;

    FarmQuery(DSLContext sql, Instant now) {
        this.sql = sql;
        this.now = now;
    }

    /** By unit, the greatest amount first. */
    List<BalanceView> balances() {
        return sql.fetch("""
                        select service, instance, mint, unit, amount, at
                        from balance join sender on sender.id = sender_id
                        order by unit, amount desc, mint, service, instance""")
                .map(row -> new BalanceView(
                        row.get("service", String.class),
                        row.get("instance", String.class),
                        row.get("mint", String.class),
                        row.get("unit", String.class),
                        row.get("amount", BigDecimal.class).toBigIntegerExact(),
                        row.get("at", Instant.class)));
    }

    /**
     * What wallets could send, over time. A wallet's balance holds until it is told anew, for five minutes at most, so
     * that a service that is down leaves a gap.
     */
    BalanceHistory history(Range range) {
        Instant to = Range.floor(now, Duration.ofMinutes(1));
        Instant from = range.from(to);
        BalanceHistory.Builder history = new BalanceHistory.Builder(range, from, to);
        sql.fetch("""
                        select distinct on (at, sender_id, mint, unit)
                            date_bin(make_interval(secs => {0}), bucket, timestamptz 'epoch') as at,
                            sender_id, mint, unit, amount
                        from balance_history
                        where bucket >= {1} and bucket < {2}
                        order by at, sender_id, mint, unit, bucket desc""", DSL.val(range.step().toSeconds()), DSL.val(from), DSL.val(to))
                .forEach(row -> history.add(
                        row.get("at", Instant.class),
                        row.get("sender_id") + " " + row.get("mint"),
                        row.get("unit", String.class),
                        row.get("amount", BigDecimal.class).toBigIntegerExact()));
        return history.build();
    }

    /** Where translators listen for miners, those that are heard of first. */
    List<MinerPortView> ports() {
        return new DetailQuery(sql, now)
                .told().stream()
                        .filter(told -> told.details().path("sv1").path("port").asInt() > 0)
                        .map(told -> new MinerPortView(
                                told.name(),
                                told.instance(),
                                MinerPortView.reachable(
                                        told.details().path("sv1").path("host").asText(""), told.healthUrl()),
                                told.details().path("sv1").path("port").asInt(),
                                told.details().path("sv1").path("tls").asBoolean(),
                                DetailQuery.text(told.details().path("upstream").path("pays")),
                                told.heard(),
                                told.at()))
                        .sorted(Comparator.comparing((MinerPortView port) -> !port.heard())
                                .thenComparing(MinerPortView::instance))
                        .toList();
    }

    /** Who has the ehash of miners whose names are no keys, by service and instance. */
    Map<String, String> payers() {
        Map<String, String> payers = new HashMap<>();
        for (DetailQuery.Told told : new DetailQuery(sql, now).told()) {
            JsonNode pays = told.details().path("upstream").path("pays");
            if (pays.isTextual()) {
                payers.put(told.name() + " " + told.instance(), pays.textValue());
            }
        }
        return payers;
    }

    /** By translator, the preferred pool first. */
    List<UpstreamView> upstreams() {
        List<UpstreamView> all = new ArrayList<>();
        for (DetailQuery.Told told : new DetailQuery(sql, now).told()) {
            JsonNode upstream = told.details().path("upstream");
            JsonNode mean = told.details().path("sv1").path("answer_mean_ms");
            @Nullable Double answer = mean.isNumber() ? mean.doubleValue() : null;
            BigInteger whole = BigInteger.ZERO;
            for (JsonNode one : upstream.path("upstreams")) {
                whole = whole.add(DetailQuery.wholeNumber(one.path("accepted_work")));
            }
            // Empty where nothing has failed yet.
            String failure = upstream.path("last_failure").asText("");
            int position = 1;
            for (JsonNode one : upstream.path("upstreams")) {
                all.add(new UpstreamView(
                        told.name(),
                        told.instance(),
                        position++,
                        one.path("url").asText(""),
                        one.path("in_use").asBoolean(),
                        told.heard(),
                        DetailQuery.wholeNumber(one.path("accepted_work")),
                        whole,
                        answer,
                        failure.isEmpty() ? null : failure,
                        told.at()));
            }
        }
        return all;
    }
}
