package org.ehashpool.statistics.retention;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.kit.service.Component;
import org.ehashpool.kit.service.ServiceContext;
import org.ehashpool.statistics.events.StatisticsEvents;
import org.ehashpool.statistics.ingest.Ingest;
import org.ehashpool.statistics.store.Partitions;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Drops what is older than it is kept. Every step is a transaction of its own and may be run again. */
public final class Retention implements Component {
    private static final Duration PERIOD = Duration.ofMinutes(10);
    /** Rows of one transaction. */
    private static final int PIECE = 10_000;

    private final Vertx vertx;
    private final InstantSource clock;
    private final RetentionConfig config;
    private final Supplier<Database> database;
    private final Ingest ingest;
    private volatile boolean stopped;
    private volatile long timer = -1;

    public Retention(ServiceContext context, RetentionConfig config, Supplier<Database> database, Ingest ingest) {
        this.vertx = context.vertx();
        this.clock = context.clock();
        this.config = config;
        this.database = database;
        this.ingest = ingest;
    }

    @Override
    public String name() {
        return "retention";
    }

    @Override
    public Future<Void> start() {
        again(Duration.ofSeconds(1));
        return Future.succeededFuture();
    }

    private void again(Duration after) {
        if (!stopped) {
            timer = vertx.setTimer(
                    after.toMillis(),
                    due -> round().onFailure(cause -> StatisticsEvents.taskFailed("retention", cause))
                            .onComplete(done -> again(PERIOD)));
        }
    }

    /** Everything that is due. */
    Future<Void> round() {
        Instant now = clock.instant();
        Future<Void> dropped = partitions("event", now.minus(config.events()))
                .compose(done -> surplusEvents(now))
                .compose(done -> partitions("sample", now.minus(config.samples())))
                .compose(done -> partitions(Partitions.MONTHLY, now.minus(config.hours())));
        for (String table : List.of("rejection", "quote_history", "quote_failure", "balance_history")) {
            dropped = dropped.compose(done -> partitions(table, now.minus(config.history())));
        }
        return dropped.compose(done -> rows(
                        "delete from sample_day where bucket < {0} and ctid in (select ctid from sample_day"
                                + " where bucket < {0} limit {1})",
                        now.minus(config.days())))
                .compose(done -> rows(
                        "delete from session where id in (select id from session"
                                + " where disconnected_at < {0} order by id limit {1})",
                        now.minus(config.sessions())))
                .compose(done -> rows(
                        "delete from channel where id in (select id from channel"
                                + " where closed_at < {0} order by id limit {1})",
                        now.minus(config.sessions())))
                .compose(done -> rows(
                        "delete from downstream where id in (select id from downstream where last_active_at < {0}"
                                + " and not exists (select from session where downstream_id = downstream.id)"
                                + " order by id limit {1})",
                        now.minus(config.peers())))
                .compose(done -> rows(
                        "delete from miner where id in (select id from miner where last_active_at < {0}"
                                + " and not exists (select from channel where miner_id = miner.id)"
                                + " order by id limit {1})",
                        now.minus(config.peers())));
    }

    /** Days of events that are too many, oldest first. */
    private Future<Void> surplusEvents(Instant now) {
        return database.get()
                .read(
                        Isolation.READ_COMMITTED,
                        sql -> Partitions.surplus(
                                sql, "event", now, config.eventsSize().bytes()))
                .compose(names -> {
                    if (!names.isEmpty()) {
                        StatisticsEvents.eventsBeyondSize(
                                names.size(), config.eventsSize().bytes());
                    }
                    return drop(new ArrayList<>(names));
                });
    }

    private Future<Void> partitions(String table, Instant limit) {
        return database.get()
                .read(Isolation.READ_COMMITTED, sql -> Partitions.before(sql, table, limit))
                .compose(names -> drop(new ArrayList<>(names)));
    }

    private Future<Void> drop(List<String> names) {
        if (names.isEmpty() || stopped) {
            return Future.succeededFuture();
        }
        String name = names.removeFirst();
        return ingest.transactAlone(sql -> {
                    Partitions.drop(sql, name);
                    return true;
                })
                .onSuccess(done -> StatisticsEvents.dropped(name))
                .compose(done -> drop(names));
    }

    private Future<Void> rows(String statement, Instant limit) {
        return ingest.transactAlone(sql -> delete(sql, statement, limit))
                .compose(count -> count == PIECE && !stopped ? rows(statement, limit) : Future.succeededFuture());
    }

    private static int delete(DSLContext sql, String statement, Instant limit) {
        return sql.execute(statement, DSL.val(limit), DSL.val(PIECE));
    }

    @Override
    public Future<Void> stop() {
        stopped = true;
        vertx.cancelTimer(timer);
        return Future.succeededFuture();
    }
}
