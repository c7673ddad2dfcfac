package org.ehashpool.mint.manage;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ehashpool.kit.http.Health;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.ehashpool.kit.service.Component;
import org.ehashpool.kit.service.ServiceContext;
import org.ehashpool.mint.core.Mint;
import org.ehashpool.mint.core.MintProfile;
import org.ehashpool.mint.events.MintEvents;
import org.ehashpool.mint.keyset.MintKeyset;
import org.ehashpool.mint.operate.Liabilities;
import org.ehashpool.mint.operate.Operator;
import org.ehashpool.mint.store.MintStatus;
import org.ehashpool.mint.store.Sums;

/** What the mint owes and how it does, read now and then for the metrics and for readiness. */
public final class MintFigures implements Component {

    private static final long PERIOD_MILLIS = 10_000;

    private final Vertx vertx;
    private final InstantSource clock;
    private final Supplier<Optional<Mint>> mint;
    private final Path disk;
    private final long leastFree;
    private final Map<String, Sums> byUnit = new ConcurrentHashMap<>();
    private volatile long free = Long.MAX_VALUE;
    private volatile long timer = -1;
    private volatile boolean stopped;

    /**
     * Figures of a mint; nothing is read yet.
     *
     * @param mint empty while it is not open
     * @param disk a directory where the mint writes
     * @param leastFree below which it is not ready, in bytes
     */
    public MintFigures(
            ServiceContext context, MintProfile profile, Supplier<Optional<Mint>> mint, Path disk, long leastFree) {
        this.vertx = context.vertx();
        this.clock = context.clock();
        this.mint = mint;
        this.disk = disk;
        this.leastFree = leastFree;
        profile.units().forEach(unit -> register(context.metrics(), unit));
        context.metrics().gauge("disk.free.bytes", "Free space where the mint writes", () -> free);
        context.metrics()
                .gauge("read.only", "1 while nothing is signed, spent or quoted", () -> is(MintStatus::readOnly));
        context.metrics().gauge("quoting.stopped", "1 while no quotes are made", () -> is(MintStatus::quotingStopped));
        context.health().register("disk", this::disk);
    }

    private void register(ServiceMetrics metrics, String unit) {
        gauge(
                metrics,
                "outstanding",
                "What is owed: quotes not yet minted, tokens not yet spent",
                unit,
                Sums::outstanding);
        gauge(metrics, "mintable", "Paid on quotes and not yet minted", unit, Sums::mintable);
        gauge(metrics, "circulating", "Signed and not yet spent", unit, Sums::circulating);
        gauge(metrics, "redeemed", "Spent in all", unit, Sums::spent);
        gauge(metrics, "fees", "Kept from what was spent", unit, Sums::fees);
        metrics.gauge(
                "keyset.expiry.seconds",
                "Until the keyset expires that is signed with; +Inf if it does not, NaN if there is none",
                () -> secondsUntilExpiry(unit),
                "unit",
                unit);
    }

    private void gauge(
            ServiceMetrics metrics, String name, String description, String unit, Function<Sums, BigInteger> figure) {
        metrics.gauge(name, description, () -> figure.apply(byUnit.getOrDefault(unit, Sums.NONE)), "unit", unit);
    }

    private double secondsUntilExpiry(String unit) {
        return mint.get().stream()
                .flatMap(open -> open.keysets().all().stream())
                .map(MintKeyset::row)
                .filter(keyset -> keyset.active() && keyset.unit().equals(unit))
                .mapToDouble(keyset -> keyset.finalExpiry().isPresent()
                        ? keyset.finalExpiry().getAsLong() - clock.instant().getEpochSecond()
                        : Double.POSITIVE_INFINITY)
                .max()
                .orElse(Double.NaN);
    }

    private int is(Function<MintStatus, Optional<?>> halt) {
        return mint.get().flatMap(open -> halt.apply(open.status())).isPresent() ? 1 : 0;
    }

    private Health disk() {
        String found = free == Long.MAX_VALUE ? "not looked at yet" : (free >> 20) + " MiB free in " + disk;
        return free < leastFree ? Health.down(found) : Health.up(found);
    }

    @Override
    public String name() {
        return "figures";
    }

    @Override
    public Future<Void> start() {
        return look();
    }

    private Future<Void> look() {
        Future<Liabilities> report = mint.get()
                .map(open -> open.operate(Operator::liabilities))
                .orElseGet(() -> Future.failedFuture("the mint is not open"));
        return Future.join(report.onSuccess(this::keep), vertx.executeBlocking(() -> {
                    free = free();
                    return true;
                }))
                .onFailure(MintEvents::upkeepFailed)
                .transform(done -> {
                    if (!stopped) {
                        timer = vertx.setTimer(PERIOD_MILLIS, due -> look());
                    }
                    return Future.succeededFuture();
                });
    }

    private void keep(Liabilities report) {
        List<Liabilities.OfUnit> units = report.units();
        units.forEach(unit -> byUnit.put(unit.unit(), unit.sums()));
    }

    private long free() throws IOException {
        return Files.getFileStore(disk).getUsableSpace();
    }

    @Override
    public Future<Void> stop() {
        stopped = true;
        vertx.cancelTimer(timer);
        return Future.succeededFuture();
    }
}
