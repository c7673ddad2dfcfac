package org.ehashpool.statistics.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ehashpool.kit.http.Health;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.kit.service.Component;
import org.ehashpool.kit.service.ServiceContext;
import org.ehashpool.statistics.events.StatisticsEvents;
import org.ehashpool.statistics.fold.Changes;
import org.ehashpool.statistics.fold.ClockRule;
import org.ehashpool.statistics.fold.Directory;
import org.ehashpool.statistics.fold.Fold;
import org.ehashpool.statistics.fold.Told;
import org.ehashpool.statistics.store.BootTable;
import org.ehashpool.statistics.store.GroupWriter;
import org.ehashpool.statistics.store.Partitions;
import org.ehashpool.statistics.store.WriterLease;
import org.ehashpool.stats.message.StatsMessage;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The writer. What all connections told while one transaction was under way is the next one: it is written until it is
 * committed, then acknowledged. Whether a transaction whose answer was lost took place is told by the numbers that the
 * tables hold: the group is folded again, and what they hold is skipped.
 */
public final class Ingest implements Component {
    private static final int LARGEST_GROUP = 65_536;
    private static final long IDLE_MILLIS = 2_000;
    private static final long FIRST_PAUSE = 100;
    private static final long LONGEST_PAUSE = 2_000;
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final ServiceContext context;
    private final Supplier<Database> database;
    private final ClockRule clock;
    private final String holder;
    private final IngestQueue queue = new IngestQueue();
    private final Directory directory = new Directory();
    private final GroupWriter writer;
    private final Counter written;
    private final Counter aside;
    private final Timer groups;
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    private volatile @Nullable Throwable failing;
    private volatile boolean running;
    private volatile boolean abandoned;
    private Instant partitionsUntil = Instant.EPOCH;

    /** @param database open when this starts */
    public Ingest(ServiceContext context, Supplier<Database> database, ClockRule clock) {
        this.context = context;
        this.database = database;
        this.clock = clock;
        this.holder = context.identity().instance() + "/" + context.identity().bootId();
        this.writer = new GroupWriter(directory, new Fold(directory, clock));
        this.written = context.metrics().counter("events.written", "Events that are kept");
        this.aside = context.metrics().counter("events.aside", "Events that are kept and not counted");
        this.groups = context.metrics().timer("events.group", "Transactions of events, with their repetitions");
        context.metrics().gauge("events.waiting", "Events that wait for the writer", queue::size);
        context.health().register("ingest", this::health);
        context.state().describe("ingest", this::state);
    }

    /**
     * A boot introduces itself.
     *
     * @return completed when it is registered, on the caller's Vert.x context
     */
    public Future<BootTable.Registered> register(BootTable.Introduction hello) {
        Promise<BootTable.Registered> answer = Promise.promise();
        boolean taken = queue.add(() -> {
            try {
                answer.complete(transact(sql ->
                        new BootTable(sql).register(hello, context.clock().instant())));
            } catch (WriterLease.LostException e) {
                answer.fail(e);
                throw e;
            } catch (RuntimeException e) {
                directory.forget();
                answer.fail(e);
            }
        });
        return taken ? answer.future() : Future.failedFuture("the service stops");
    }

    /** Takes what a registered boot tells, from any thread; the teller hears of it. */
    public void take(Teller teller, List<Told> told) {
        queue.add(teller, told);
    }

    /**
     * Runs a transaction that changes figures, off the caller's thread: never at the same time as a group's, and only
     * while this process is the one that writes.
     */
    public <T> Future<T> transactAlone(Function<DSLContext, T> work) {
        return database.get().transact(Isolation.READ_COMMITTED, sql -> {
            WriterLease.renew(sql, holder);
            return work.apply(sql);
        });
    }

    @Override
    public String name() {
        return "ingest";
    }

    /** Fails where another process writes. */
    @Override
    public Future<Void> start() {
        Promise<Void> started = Promise.promise();
        Thread.ofPlatform().daemon().name("stats-writer").start(() -> {
            try {
                acquire();
                makePartitions();
                running = true;
                started.complete();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                started.fail(e);
                ended.complete(null);
                return;
            } catch (RuntimeException e) {
                started.fail(e);
                ended.complete(null);
                return;
            }
            run();
        });
        return started.future();
    }

    /** The lease of a process that was killed runs out. */
    private void acquire() throws InterruptedException {
        long deadline = context.nanoTime().getAsLong()
                + WriterLease.LENGTH.plusSeconds(2).toNanos();
        while (true) {
            Optional<String> other =
                    database.get().transactBlocking(Isolation.READ_COMMITTED, sql -> WriterLease.take(sql, holder));
            if (other.isEmpty()) {
                return;
            }
            if (context.nanoTime().getAsLong() > deadline) {
                throw new IllegalStateException("another process, " + other.get()
                        + ", writes to this schema: only one may. Stop it, or use another database");
            }
            queue.await(FIRST_PAUSE * 2);
        }
    }

    private void run() {
        try {
            while (!(queue.isClosed() && queue.size() == 0) && !abandoned) {
                awaitWork();
                queue.errands().forEach(Runnable::run);
                List<IngestQueue.Item> group = queue.group(LARGEST_GROUP);
                if (group.isEmpty()) {
                    renew();
                } else {
                    groups.record(() -> write(group));
                }
            }
        } catch (WriterLease.LostException e) {
            context.fail(e);
        } finally {
            running = false;
            ended.complete(null);
        }
    }

    private void awaitWork() {
        try {
            queue.await(IDLE_MILLIS);
        } catch (InterruptedException e) {
            abandoned = true;
            Thread.currentThread().interrupt();
        }
    }

    private void renew() {
        try {
            transact(sql -> true);
            recovered();
        } catch (WriterLease.LostException e) {
            throw e;
        } catch (RuntimeException e) {
            failed(0, e);
        }
    }

    private void write(List<IngestQueue.Item> group) {
        long pause = FIRST_PAUSE;
        while (!abandoned) {
            try {
                makePartitions();
                answer(group, committed(group, true));
                recovered();
                return;
            } catch (WriterLease.LostException e) {
                throw e;
            } catch (RuntimeException e) {
                directory.forget();
                if (Failures.isOfContent(e)) {
                    divide(group, e);
                    return;
                }
                failed(group.size(), e);
                pause(pause);
                pause = Math.min(LONGEST_PAUSE, pause * 2);
            }
        }
    }

    /** One of these is what the tables do not take: it is found, and kept aside. */
    private void divide(List<IngestQueue.Item> group, RuntimeException cause) {
        if (group.size() > 1) {
            int half = group.size() / 2;
            write(group.subList(0, half));
            write(group.subList(half, group.size()));
            return;
        }
        IngestQueue.Item only = group.getFirst();
        try {
            answer(group, committed(group, false));
            StatisticsEvents.keptAside(only.told().origin().boot(), cause);
        } catch (WriterLease.LostException e) {
            throw e;
        } catch (RuntimeException e) {
            directory.forget();
            if (Failures.isOfContent(e)) {
                only.teller().failed(only.told());
            } else {
                failed(1, e);
                pause(FIRST_PAUSE);
                write(group);
            }
        }
    }

    private Changes committed(List<IngestQueue.Item> group, boolean countable) {
        List<Told> told = group.stream().map(IngestQueue.Item::told).toList();
        boolean[] begun = new boolean[1];
        Changes changes = transact(sql -> {
            if (begun[0]) {
                // The server rolled the first attempt back; what it counted is in the directory's parts.
                directory.forget();
            }
            begun[0] = true;
            return writer.write(sql, told, countable);
        });
        directory.written(changes);
        written.increment(changes.events().size());
        changes.aside().values().forEach(times -> aside.increment((double) times.count()));
        return changes;
    }

    private <T> T transact(Function<DSLContext, T> work) {
        return database.get().transactBlocking(Isolation.READ_COMMITTED, sql -> {
            WriterLease.renew(sql, holder);
            return work.apply(sql);
        });
    }

    private void answer(List<IngestQueue.Item> group, Changes changes) {
        final class Part {
            int boot;
            long highest;
            long count;
            long bytes;
        }
        IdentityHashMap<Teller, Part> parts = new IdentityHashMap<>();
        for (IngestQueue.Item item : group) {
            Part part = parts.computeIfAbsent(item.teller(), first -> new Part());
            part.boot = item.told().origin().boot();
            part.highest = Math.max(part.highest, highest(item.told().message()));
            part.count++;
            part.bytes += item.told().payload().length;
        }
        parts.forEach((teller, part) -> {
            Changes.Progress progress = changes.progress().get(part.boot);
            if (changes.outOfOrder().contains(part.boot) || progress == null) {
                teller.outOfOrder();
            } else {
                // An earlier connection of the boot may have told more than this one has so far.
                teller.kept(Math.min(progress.lastSeq(), part.highest), part.count, part.bytes);
            }
        });
    }

    private static long highest(StatsMessage.FromSender message) {
        return switch (message) {
            case StatsMessage.Event event -> event.seq();
            case StatsMessage.Gap gap -> gap.to();
            case StatsMessage.Hello hello -> 0;
        };
    }

    private void makePartitions() {
        Instant now = context.clock().instant();
        if (now.isBefore(partitionsUntil.minus(Duration.ofDays(1)))) {
            return;
        }
        transact(sql -> {
            Partitions.make(sql, now.minus(clock.late()), now);
            return true;
        });
        partitionsUntil = Partitions.madeUntil(now);
    }

    private void failed(int events, Throwable cause) {
        if (failing == null) {
            StatisticsEvents.writeFailed(events, cause);
        }
        failing = cause;
    }

    private void recovered() {
        if (failing != null) {
            failing = null;
            StatisticsEvents.writeRecovered();
        }
    }

    private void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            abandoned = true;
            Thread.currentThread().interrupt();
        }
    }

    private Health health() {
        Throwable cause = failing;
        return running && cause == null
                ? Health.up(queue.size() + " events wait")
                : Health.down(cause == null ? "not writing" : "events are not written: " + cause.getMessage());
    }

    private JsonObject state() {
        return new JsonObject()
                .put("waiting", queue.size())
                .put("written", (long) written.count())
                .put("failing", failing != null);
    }

    /** Writes what was told, for some seconds; what is not written was not acknowledged, and is told again. */
    @Override
    public Future<Void> stop() {
        queue.close();
        if (!running) {
            return Future.succeededFuture();
        }
        CompletableFuture<@Nullable Void> done = ended.orTimeout(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(late -> {
                    abandoned = true;
                    return null;
                });
        return Future.fromCompletionStage(done)
                .compose(end -> database.get().transact(Isolation.READ_COMMITTED, sql -> {
                    WriterLease.release(sql, holder);
                    return true;
                }))
                .transform(released -> Future.succeededFuture());
    }
}
