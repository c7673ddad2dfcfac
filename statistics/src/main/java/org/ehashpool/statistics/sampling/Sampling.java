package org.ehashpool.statistics.sampling;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import org.ehashpool.kit.service.Component;
import org.ehashpool.kit.service.ServiceContext;
import org.ehashpool.statistics.events.StatisticsEvents;
import org.ehashpool.statistics.ingest.Ingest;

/** Takes the samples, round after round. */
public final class Sampling implements Component {
    private final Vertx vertx;
    private final InstantSource clock;
    private final Duration period;
    private final Ingest ingest;
    private volatile boolean stopped;
    private volatile long timer = -1;

    public Sampling(ServiceContext context, SamplingConfig config, Ingest ingest) {
        this.vertx = context.vertx();
        this.clock = context.clock();
        this.period = config.period();
        this.ingest = ingest;
    }

    @Override
    public String name() {
        return "sampling";
    }

    /** What was missed while nobody sampled is made up for. */
    @Override
    public Future<Void> start() {
        again(Duration.ofMillis(1));
        return Future.succeededFuture();
    }

    private void again(Duration after) {
        if (!stopped) {
            timer = vertx.setTimer(
                    after.toMillis(),
                    due -> round().onFailure(cause -> StatisticsEvents.taskFailed("sampling", cause))
                            .onComplete(done -> again(period)));
        }
    }

    /** Everything that is due. */
    Future<Void> round() {
        return repeat(() -> ingest.transactAlone(sql -> new SampleRounds(sql).zeros(clock.instant())))
                .compose(sampled -> repeat(() -> ingest.transactAlone(sql -> new SampleRounds(sql).rollUp())));
    }

    private interface Step {
        Future<Boolean> run();
    }

    private Future<Void> repeat(Step step) {
        return step.run().compose(more -> more && !stopped ? repeat(step) : Future.succeededFuture());
    }

    @Override
    public Future<Void> stop() {
        stopped = true;
        vertx.cancelTimer(timer);
        return Future.succeededFuture();
    }
}
