package org.ehashpool.pool.connection;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.ehashpool.kit.service.Component;
import org.ehashpool.kit.sv2.Sv2Connection;
import org.ehashpool.kit.sv2.link.CloseReason;
import org.ehashpool.mining.extranonce.ExtranonceAllocator;
import org.ehashpool.mining.extranonce.ExtranonceLayout;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.mining.job.JobNumbers;
import org.ehashpool.mining.job.JobSnapshot;
import org.ehashpool.mining.job.JobUpdate;
import org.ehashpool.mining.server.CustomJobs;
import org.ehashpool.mining.server.LoopResources;
import org.ehashpool.mining.share.ShareValidator;
import org.ehashpool.pool.account.Tally;
import org.ehashpool.pool.ledger.GroupCommit;
import org.ehashpool.pool.template.JobFeed;
import org.ehashpool.sv2.message.Common.Reconnect;
import org.jspecify.annotations.Nullable;

/** All miners: one {@link MiningLoop} for each event loop of the process, each told of every change of jobs. */
public final class MiningLoops implements Component {
    private static final Duration LEARNING_INTERVAL = Duration.ofSeconds(5);
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Vertx vertx;
    private final ExtranonceLayout layout;
    private final IntSupplier server;
    private final JobNumbers numbers;
    private final GroupCommit commit;
    private final List<ScheduledFuture<?>> ticks = new ArrayList<>();
    private final Surroundings surroundings;
    private final JobFeed feed;
    private final int sizes;
    private final Object viewLock = new Object();
    private @Nullable Future<PoolView> view;
    private long viewedAt;
    private volatile Map<EventExecutor, MiningLoop> loops = Map.of();
    private volatile boolean closing;

    /**
     * Without miners yet.
     *
     * @param layout of extranonces, the same as the jobs are made for
     * @param server this node's number among those of the pool; asked when they start
     * @param numbers of jobs, the same as the feed's
     */
    public MiningLoops(
            Vertx vertx,
            ExtranonceLayout layout,
            IntSupplier server,
            JobNumbers numbers,
            GroupCommit commit,
            JobFeed feed,
            Surroundings surroundings) {
        this.vertx = vertx;
        this.layout = layout;
        this.server = server;
        this.numbers = numbers;
        this.commit = commit;
        this.surroundings = surroundings;
        this.feed = feed;
        sizes = layout.rollableSizes().size();
    }

    private Map<EventExecutor, MiningLoop> makeLoops() {
        List<EventExecutor> executors = new ArrayList<>();
        ((VertxInternal) vertx).nettyEventLoopGroup().forEach(executors::add);
        int parts = Math.max(1, Integer.highestOneBit(2 * executors.size() - 1));
        Map<EventExecutor, MiningLoop> made = new LinkedHashMap<>();
        for (int part = 0; part < executors.size(); part++) {
            LoopResources resources = new LoopResources(
                    ExtranonceAllocator.partition(layout, server.getAsInt(), part, parts),
                    numbers,
                    new ShareValidator(),
                    new DoubleSha256(),
                    CustomJobs.UNSUPPORTED);
            EventExecutor executor = executors.get(part);
            made.put(executor, new MiningLoop(executor, resources, commit, surroundings));
        }
        return made;
    }

    @Override
    public String name() {
        return "miners";
    }

    /** Follows the jobs from now on. */
    @Override
    public Future<Void> start() {
        loops = makeLoops();
        JobSnapshot first = feed.subscribe(this::update);
        each(loop -> loop.begin(first));
        long period = LEARNING_INTERVAL.toNanos() / MiningLoop.TICKS;
        loops.forEach((executor, loop) ->
                ticks.add(executor.scheduleWithFixedDelay(loop::tick, period, period, TimeUnit.NANOSECONDS)));
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> stop() {
        ticks.forEach(tick -> tick.cancel(false));
        return onAll(loop -> loop.stats().tellAll());
    }

    private void update(JobUpdate update) {
        JobFrames frames = JobFrames.of(update, sizes, surroundings.nanoTime().getAsLong());
        each(loop -> loop.update(frames));
    }

    private void each(Consumer<MiningLoop> action) {
        loops.forEach((executor, loop) -> executor.execute(() -> action.accept(loop)));
    }

    /** Succeeds when every loop has done it. */
    private Future<Void> onAll(Consumer<MiningLoop> action) {
        List<Future<Void>> done = new ArrayList<>();
        for (MiningLoop loop : loops.values()) {
            Promise<Void> promise = Promise.promise();
            done.add(promise.future());
            loop.execute(() -> {
                action.accept(loop);
                promise.complete();
            });
        }
        return Future.all(done).mapEmpty();
    }

    /** Takes on a connection whose setup is done, on its event loop. */
    void accept(Sv2Connection connection) {
        EventLoop executor = ((ContextInternal) connection.context()).nettyEventLoop();
        MiningLoop loop = loops.get(executor);
        if (loop == null) {
            throw new IllegalStateException("a connection on an event loop of another Vert.x");
        }
        if (closing) {
            connection.close(CloseReason.SHUTDOWN);
            return;
        }
        if (surroundings.bans().of(connection.info().peer().getAddress()).isPresent()) {
            connection.close(CloseReason.CLOSED, "banned");
            return;
        }
        MiningConnection miner = loop.open(new Sv2MinerLink(connection));
        connection.closed().onSuccess(cause -> loop.close(miner, cause.reason().label()));
        connection.drainHandler(drained -> {
            if (!closing) {
                connection.resume();
            }
        });
        connection.extensionsHandler(negotiated -> miner.negotiated());
        connection.messageHandler(miner::receive);
        // Those that came with the setup.
        miner.negotiated();
    }

    /** Tells miners of quotes: dropped for those that are gone, do not read, or have not negotiated extension 0x4548. */
    public void notices(List<EhashNotice> notices) {
        List<EhashNotice> all = List.copyOf(notices);
        each(loop -> loop.notices(all));
    }

    /** Tells all miners that have negotiated extension 0x4548 of the mints. */
    public void mintsChanged() {
        each(MiningLoop::mintsChanged);
    }

    /** Takes no more shares; succeeds when all that were accepted have been handed over to the ledger. */
    Future<Void> quiesce() {
        closing = true;
        return onAll(MiningLoop::quiesce);
    }

    /** Succeeds when all miners have been sent the message. */
    Future<Void> sendToAll(Reconnect message) {
        return onAll(loop -> loop.sendToAll(message));
    }

    /** Ends the connections and channels of those who are banned by now. */
    public void enforceBans() {
        each(MiningLoop::enforceBans);
    }

    /** Ends a connection when what was sent has left. Returns whether there was one of this number. */
    public Future<Boolean> disconnect(long connectionId, String reason) {
        List<Future<Boolean>> answers = new ArrayList<>();
        for (MiningLoop loop : loops.values()) {
            Promise<Boolean> answer = Promise.promise();
            answers.add(answer.future());
            loop.execute(() -> {
                MiningConnection connection = loop.connection(connectionId);
                if (connection != null) {
                    connection.link().close(CloseReason.CLOSED, reason);
                }
                answer.complete(connection != null);
            });
        }
        return Future.all(answers).map(all -> all.<Boolean>list().stream().anyMatch(found -> found));
    }

    /** All miners, as they were within the last second. Costs each event loop a little, in several turns. */
    public Future<PoolView> view() {
        synchronized (viewLock) {
            long now = surroundings.nanoTime().getAsLong();
            Future<PoolView> recent = view;
            if (recent == null || now - viewedAt > FRESH_NANOS) {
                recent = look();
                view = recent;
                viewedAt = now;
            }
            return recent;
        }
    }

    private Future<PoolView> look() {
        List<Future<MiningLoop.View>> parts = new ArrayList<>();
        for (MiningLoop loop : loops.values()) {
            Promise<MiningLoop.View> part = Promise.promise();
            parts.add(part.future());
            loop.execute(() -> loop.view(part::complete));
        }
        return Future.all(parts).map(all -> merged(all.list()));
    }

    private static PoolView merged(List<MiningLoop.View> parts) {
        List<ConnectionView> connections = new ArrayList<>();
        Tally.Figures figures = Tally.Figures.NONE;
        JobSnapshot jobs = JobSnapshot.EMPTY;
        for (MiningLoop.View part : parts) {
            connections.addAll(part.connections());
            figures = figures.plus(part.figures());
            if (jobs.active().isEmpty()) {
                jobs = part.jobs();
            }
        }
        connections.sort(Comparator.comparingLong(ConnectionView::id));
        return new PoolView(connections, figures, jobs);
    }
}
