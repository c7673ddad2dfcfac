package org.ehashpool.statistics.watch;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.kit.service.Component;
import org.ehashpool.kit.service.ServiceContext;
import org.ehashpool.statistics.events.StatisticsEvents;

/** Asks every service it knows, round after round, whether it lives. Follows no redirection and reads no answer's body. */
public final class HealthWatch implements Component {
    private static final int MOST_SERVICES = 256;
    private static final int OK = 200;

    private final Vertx vertx;
    private final InstantSource clock;
    private final WatchConfig config;
    private final List<WatchedConfig> services;
    private final Supplier<Database> database;
    private final HttpClient client;
    private volatile boolean stopped;
    private volatile long timer = -1;

    public HealthWatch(
            ServiceContext context, WatchConfig config, List<WatchedConfig> services, Supplier<Database> database) {
        this.vertx = context.vertx();
        this.clock = context.clock();
        this.config = config;
        this.services = List.copyOf(services);
        this.database = database;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(false).setConnectTimeout((int)
                        config.timeout().toMillis()),
                new PoolOptions().setHttp1MaxSize(1).setMaxWaitQueueSize(2));
    }

    @Override
    public String name() {
        return "watch";
    }

    @Override
    public Future<Void> start() {
        return database.get()
                .transact(Isolation.READ_COMMITTED, sql -> {
                    new ServiceTable(sql).configure(services);
                    return true;
                })
                .<Void>mapEmpty()
                .onSuccess(ready -> again());
    }

    private void again() {
        if (!stopped) {
            timer = vertx.setTimer(
                    config.period().toMillis(),
                    due -> round().onFailure(cause -> StatisticsEvents.taskFailed("watch", cause))
                            .onComplete(done -> again()));
        }
    }

    private Future<Void> round() {
        return database.get()
                .read(Isolation.READ_COMMITTED, sql -> new ServiceTable(sql).asked(MOST_SERVICES))
                .compose(asked -> Future.all(asked.stream().map(this::ask).toList()))
                .compose(answers -> {
                    List<ServiceTable.Answer> list = answers.list();
                    return database.get().transact(Isolation.READ_COMMITTED, sql -> {
                        new ServiceTable(sql).answered(list);
                        return true;
                    });
                })
                .mapEmpty();
    }

    /** Always succeeds. */
    private Future<ServiceTable.Answer> ask(ServiceTable.Asked service) {
        Future<Integer> status;
        try {
            status = client.request(new RequestOptions()
                            .setMethod(HttpMethod.GET)
                            .setAbsoluteURI(service.healthUrl())
                            .setFollowRedirects(false)
                            .setTimeout(config.timeout().toMillis()))
                    .compose(request -> request.send().map(HealthWatch::hangUp))
                    .timeout(2 * config.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (RuntimeException e) {
            status = Future.failedFuture(e);
        }
        return status.transform(answer -> Future.succeededFuture(new ServiceTable.Answer(
                service.id(),
                clock.instant(),
                answer.failed()
                        ? cut(String.valueOf(answer.cause().getMessage()))
                        : answer.result() == OK ? null : "status " + answer.result())));
    }

    /** The status line is enough. */
    private static int hangUp(HttpClientResponse response) {
        int status = response.statusCode();
        response.request().connection().close();
        return status;
    }

    private static String cut(String text) {
        return text.length() > 200 ? text.substring(0, 200) : text;
    }

    @Override
    public Future<Void> stop() {
        stopped = true;
        vertx.cancelTimer(timer);
        return client.close();
    }
}
