package org.ehashpool.mint.manage;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.mint.operate.Liabilities;
import org.ehashpool.mint.operate.RetireReport;
import org.ehashpool.mint.store.Halt;
import org.ehashpool.mint.store.MintStatus;
import org.ehashpool.mint.store.StoredKeyset;
import org.ehashpool.mint.store.Sums;
import org.jspecify.annotations.Nullable;

/** What the operator is told, as JSON. */
final class Reports {
    private Reports() {}

    static JsonObject status(MintStatus status) {
        return new JsonObject()
                .put("profile", status.profile())
                .put("public_key", status.publicKey())
                .put("read_only", halt(status.readOnly()))
                .put("quoting_stopped", halt(status.quotingStopped()));
    }

    private static @Nullable JsonObject halt(Optional<Halt> halt) {
        return halt.map(one -> new JsonObject()
                        .put("since", one.since().toEpochMilli())
                        .put("reason", one.reason()))
                .orElse(null);
    }

    static JsonObject liabilities(Liabilities report) {
        return new JsonObject()
                .put("at", report.at().toEpochMilli())
                .put("units", array(report.units(), Reports::unit))
                .put("keysets", array(report.keysets(), Reports::keyset));
    }

    static JsonObject keysets(Liabilities report) {
        return new JsonObject()
                .put("at", report.at().toEpochMilli())
                .put("keysets", array(report.keysets(), Reports::keyset));
    }

    private static JsonObject unit(Liabilities.OfUnit of) {
        Sums sums = of.sums();
        return new JsonObject()
                .put("unit", of.unit())
                .put("paid", sums.paid().toString())
                .put("minted", sums.issued().toString())
                .put("mintable", sums.mintable().toString())
                .put("signed", sums.signed().toString())
                .put("redeemed", sums.spent().toString())
                .put("circulating", sums.circulating().toString())
                .put("fees", sums.fees().toString())
                .put("melted", sums.melted().toString())
                .put("outstanding", sums.outstanding().toString())
                .put("limit", of.limit().map(Amount::toString).orElse(null));
    }

    private static JsonObject keyset(Liabilities.OfKeyset of) {
        return keyset(of.keyset())
                .put("issued", of.sums().signed().toString())
                .put("redeemed", of.sums().spent().toString())
                .put("outstanding", of.sums().circulating().toString())
                .put("fees", of.sums().fees().toString());
    }

    static JsonObject keyset(StoredKeyset keyset) {
        return new JsonObject()
                .put("id", keyset.id().toString())
                .put("unit", keyset.unit())
                .put("active", keyset.active())
                .put("input_fee_ppk", keyset.inputFeePpk())
                .put("final_expiry", number(keyset.finalExpiry()))
                .put("created_at", keyset.createdAt().toEpochMilli())
                .put("deactivated_at", time(keyset.deactivatedAt()))
                .put("retired_at", time(keyset.retiredAt()));
    }

    static JsonObject retirement(RetireReport report) {
        return new JsonObject()
                .put("read_only", halt(report.halt()))
                .put("newest_known", time(report.newestKnown()))
                .put("retired", array(report.retired(), Object::toString))
                .put("successors", array(report.successors(), Object::toString))
                .put(
                        "possible_loss",
                        array(
                                report.losses(),
                                loss -> new JsonObject()
                                        .put("unit", loss.unit())
                                        .put("circulating", loss.circulating().toString())
                                        .put("mintable", loss.mintable().toString())));
    }

    private static <T> JsonArray array(List<T> values, Function<T, Object> each) {
        JsonArray array = new JsonArray();
        values.forEach(value -> array.add(each.apply(value)));
        return array;
    }

    private static @Nullable Long time(Optional<Instant> time) {
        return time.map(Instant::toEpochMilli).orElse(null);
    }

    private static @Nullable Long number(OptionalLong number) {
        return number.isPresent() ? (Long) number.getAsLong() : null;
    }
}
