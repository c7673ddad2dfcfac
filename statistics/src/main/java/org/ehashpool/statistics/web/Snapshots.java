package org.ehashpool.statistics.web;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.ehashpool.kit.http.ApiFailure;
import org.jspecify.annotations.Nullable;

/**
 * Pages as they are now. Whoever asks for the same page within a second gets the same one: what it costs does not depend
 * on how many look at it.
 */
final class Snapshots {
    static final Duration AGE = Duration.ofMillis(900);

    /** Different pages that are kept. */
    private static final int MOST = 256;

    private final FigureReader reader;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Map<Address, Kept> kept = new HashMap<>();

    Snapshots(FigureReader reader, InstantSource clock, LongSupplier nanoTime) {
        this.reader = reader;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** A page, or the question for it that is under way. */
    private record Kept(long askedAt, Future<Optional<PageKind.Snapshot>> page) {}

    /** Empty if there is no such page. Fails as {@link FigureReader#read}. */
    synchronized Future<Optional<PageKind.Snapshot>> of(PageKind kind, Address address) {
        long now = nanoTime.getAsLong();
        @Nullable Kept last = kept.get(address);
        if (last != null && !isOld(last, now)) {
            return last.page();
        }
        if (kept.size() >= MOST) {
            kept.values().removeIf(one -> isOld(one, now));
            if (kept.size() >= MOST) {
                return Future.failedFuture(
                        new ApiFailure(503, "busy", "Too many different pages are asked for at once."));
            }
        }
        Future<Optional<PageKind.Snapshot>> page = reader.read(figures -> kind.body()
                .of(figures, address, clock.instant())
                .map(content -> PageKind.Snapshot.of(content, clock.instant())));
        kept.put(address, new Kept(now, page));
        return page;
    }

    private static boolean isOld(Kept one, long now) {
        return one.page().isComplete() && (one.page().failed() || now - one.askedAt() >= AGE.toNanos());
    }
}
