package org.ehashpool.statistics.figures;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** What only translators tell of: their wallets and their pools. */
final class FarmQuery {
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
                        DetailQuery.text(upstream.path("last_failure")),
                        told.at()));
            }
        }
        return all;
    }
}
