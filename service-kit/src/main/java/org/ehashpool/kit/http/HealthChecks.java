package org.ehashpool.kit.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The checks behind {@code /health/ready}. The service is ready when all of them are up. */
public final class HealthChecks {
    private final Vertx vertx;
    private final Map<String, Check> checks = new ConcurrentSkipListMap<>();
    private final AtomicReference<@Nullable Future<Report>> running = new AtomicReference<>();

    public HealthChecks(Vertx vertx) {
        this.vertx = vertx;
    }

    private record Check(Duration deadline, Supplier<Future<Health>> supplier) {}

    /** What all checks found; {@code body} is as it is served. */
    record Report(boolean up, JsonObject body) {}

    /**
     * Adds a check, or replaces the one of that name.
     *
     * @param deadline a check that has not answered by then is down
     * @param check called on an event loop, for every report: must not block
     */
    public void register(String name, Duration deadline, Supplier<Future<Health>> check) {
        checks.put(name, new Check(deadline, check));
    }

    /** Adds a check that knows its answer at once. */
    public void register(String name, Supplier<Health> check) {
        register(name, Duration.ofSeconds(1), () -> Future.succeededFuture(check.get()));
    }

    public void unregister(String name) {
        checks.remove(name);
    }

    /** All checks at once. Whoever asks meanwhile gets the same report: asking often costs no more. */
    Future<Report> report() {
        Promise<Report> promise = Promise.promise();
        @Nullable Future<Report> current = running.compareAndExchange(null, promise.future());
        if (current != null) {
            return current;
        }
        List<Future<Health>> answers = new ArrayList<>();
        List<String> names = new ArrayList<>();
        checks.forEach((name, check) -> {
            names.add(name);
            answers.add(answer(name, check));
        });
        Future.join(answers).onComplete(joined -> {
            running.set(null);
            promise.complete(report(names, answers));
        });
        return promise.future();
    }

    private static Report report(List<String> names, List<Future<Health>> answers) {
        JsonObject details = new JsonObject();
        boolean up = true;
        for (int index = 0; index < names.size(); index++) {
            Health health = answers.get(index).result();
            up &= health.up();
            details.put(
                    names.get(index),
                    new JsonObject().put("status", status(health.up())).put("detail", health.detail()));
        }
        return new Report(up, new JsonObject().put("status", status(up)).put("checks", details));
    }

    /** Always succeeds: a check that throws, fails or is late is down. */
    private Future<Health> answer(String name, Check check) {
        Promise<Health> answer = Promise.promise();
        long timer = vertx.setTimer(
                Math.max(1, check.deadline.toMillis()),
                late -> answer.tryComplete(Health.down("no answer within " + check.deadline.toMillis() + " ms")));
        Future<Health> asked;
        try {
            asked = check.supplier.get();
        } catch (RuntimeException e) {
            asked = Future.failedFuture(e);
        }
        asked.onComplete(result -> {
            vertx.cancelTimer(timer);
            if (result.succeeded()) {
                answer.tryComplete(result.result());
            } else {
                HttpEvents.checkFailed(name, result.cause());
                answer.tryComplete(Health.down(
                        "the check failed: " + result.cause().getClass().getSimpleName()));
            }
        });
        return answer.future();
    }

    private static String status(boolean up) {
        return up ? "up" : "down";
    }
}
