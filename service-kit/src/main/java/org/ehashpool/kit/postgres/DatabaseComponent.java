package org.ehashpool.kit.postgres;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.ehashpool.kit.http.Health;
import org.ehashpool.kit.http.HealthChecks;
import org.ehashpool.kit.service.Component;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A service's database as one of its components: opened first, closed last, part of readiness in between. */
public final class DatabaseComponent implements Component {
    private static final Logger LOG = LoggerFactory.getLogger("org.ehashpool.postgres");
    private static final String CHECK = "database";
    private static final Duration CHECK_DEADLINE = Duration.ofSeconds(3);

    private final Supplier<Database> opening;
    private final HealthChecks health;
    private volatile @Nullable Database database;

    /**
     * @param opening opens the database; may block
     * @param health where the readiness check is registered
     */
    public DatabaseComponent(Supplier<Database> opening, HealthChecks health) {
        this.opening = opening;
        this.health = health;
    }

    /**
     * The open database.
     *
     * @throws IllegalStateException before it was opened
     */
    public Database database() {
        Database open = database;
        if (open == null) {
            throw new IllegalStateException("the database is not open");
        }
        return open;
    }

    @Override
    public String name() {
        return CHECK;
    }

    @Override
    public Future<Void> start() {
        health.register(CHECK, CHECK_DEADLINE, this::check);
        return onThreadOfItsOwn(() -> {
            Database opened = opening.get();
            database = opened;
            opened.report()
                    .warnings()
                    .forEach(warning ->
                            LOG.atWarn().addKeyValue("warning", warning).log("database setting"));
            LOG.atInfo().addKeyValue("version", opened.report().version()).log("database open");
        });
    }

    private Future<Health> check() {
        return Optional.ofNullable(database)
                .map(open -> open.status().map(status -> new Health(status.ready(), status.detail())))
                .orElseGet(() -> Future.succeededFuture(Health.down("not open")));
    }

    @Override
    public Future<Void> stop() {
        health.unregister(CHECK);
        return onThreadOfItsOwn(() -> Optional.ofNullable(database).ifPresent(Database::close));
    }

    private static Future<Void> onThreadOfItsOwn(Runnable work) {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        Thread.ofPlatform().name("database").start(() -> {
            try {
                work.run();
                done.complete(null);
            } catch (Throwable failure) {
                done.completeExceptionally(failure);
            }
        });
        return Future.fromCompletionStage(done).mapEmpty();
    }
}
