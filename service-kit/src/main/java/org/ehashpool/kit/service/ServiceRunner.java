package org.ehashpool.kit.service;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.ehashpool.kit.http.Health;
import org.ehashpool.kit.http.HealthChecks;
import org.ehashpool.kit.http.HttpEndpoint;
import org.ehashpool.kit.http.StateReport;
import org.ehashpool.kit.log.Logging;
import org.ehashpool.kit.metrics.EventLoopMetrics;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.ehashpool.kit.stats.StatsSink;
import org.jspecify.annotations.Nullable;

/** One life of a service. The thread that runs it starts, reloads and stops; all others only ask it to. */
final class ServiceRunner<C extends Record & ServiceConfig> {
    private static final Duration LEAST_STOP = Duration.ofMillis(200);
    private static final Duration HTTP_GRACE = Duration.ofSeconds(2);

    private enum Command {
        RELOAD,
        TERMINATE
    }

    /** Why the service ends. */
    private record Termination(String reason, boolean failed) {}

    private final ServiceProcess process;
    private final Optional<Logging> logging;
    private final ServiceFactory<C> factory;
    private final ConfigReloader<C> reloader;
    private final ServiceIdentity identity;
    private final long startNanos;
    private final CompletableFuture<Integer> ready = new CompletableFuture<>();
    private final AtomicReference<ServiceState> state = new AtomicReference<>(ServiceState.STARTING);
    private final CompletableFuture<Termination> termination = new CompletableFuture<>();
    // Holds one command of each kind at most.
    private final BlockingQueue<Command> commands = new LinkedBlockingQueue<>();
    private final AtomicReference<@Nullable Promise<ReloadOutcome>> pendingReload = new AtomicReference<>();
    private final Deque<Component> started = new ArrayDeque<>();
    private final AtomicInteger signals = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();

    /** @param logging the process's log, if it is this service's to arrange */
    ServiceRunner(
            String service,
            ServiceProcess process,
            Optional<Logging> logging,
            ServiceFactory<C> factory,
            ConfigReloader<C> reloader) {
        this.process = process;
        this.logging = logging;
        this.factory = factory;
        this.reloader = reloader;
        this.startNanos = process.nanoTime().getAsLong();
        byte[] bootId = new byte[16];
        process.random().nextBytes(bootId);
        this.identity = new ServiceIdentity(
                service,
                reloader.running().runtime().instance().orElseGet(process::hostName),
                HexFormat.of().formatHex(bootId),
                BuildVersion.read());
    }

    /** Until the service has ended; the result is the exit status. */
    int run(Optional<Path> file) {
        RuntimeConfig runtime = reloader.running().runtime();
        handleSignals();
        Vertx vertx = VertxPlatform.create(runtime.eventLoops());
        ServiceEvents.starting(identity, file, VertxPlatform.transport(vertx));
        UncaughtPolicy uncaught = new UncaughtPolicy(this::fail);
        process.uncaught().accept(uncaught);
        vertx.exceptionHandler(thrown -> uncaught.uncaughtException(Thread.currentThread(), thrown));
        try (ServiceMetrics metrics = ServiceMetrics.create(identity.service(), identity.version())) {
            EventLoopMetrics.probe(metrics, ((VertxInternal) vertx).nettyEventLoopGroup(), process.nanoTime());
            live(vertx, metrics, runtime);
            return end(vertx, runtime.drainDeadline());
        } finally {
            ready.completeExceptionally(new IllegalStateException(identity.service() + " ended before it was ready"));
        }
    }

    /** The port of the HTTP server, when the service is ready; fails if it ends before. */
    CompletableFuture<Integer> ready() {
        return ready;
    }

    /** Ends the service in order, from any thread; it goes on while {@link #run} does. */
    void stop() {
        terminate(new Termination("stop", false));
    }

    private void live(Vertx vertx, ServiceMetrics metrics, RuntimeConfig runtime) {
        HealthChecks health = new HealthChecks(vertx);
        health.register("lifecycle", () -> {
            ServiceState now = state.get();
            return new Health(now == ServiceState.READY, now.text());
        });
        StateReport report = new StateReport(this::describe);
        HttpEndpoint http = new HttpEndpoint(
                vertx, reloader.running().http(), () -> state.get() != ServiceState.FAILED, health, report, metrics);
        ReloadApi.mount(http, this::requestReload);
        new ClockAlarm(runtime.clockJump(), process.clock(), process.nanoTime(), metrics).start(vertx, health);
        Optional<StatsComponent> stats = StatsComponent.of(
                reloader.running().stats(), reloader.running().http(), identity, report, vertx, metrics, process);
        ServiceContext context = new ServiceContext(
                identity,
                vertx,
                process.clock(),
                process.nanoTime(),
                process.random(),
                http,
                health,
                report,
                metrics,
                stats.map(StatsComponent::sink).orElse(StatsSink.NONE),
                this::fail);
        try {
            @Nullable Service<C> service = start(http, stats, context, runtime.startDeadline());
            if (service != null) {
                state.set(ServiceState.READY);
                ServiceEvents.ready(elapsed(), process.age());
                ready.complete(http.port());
                serve(service, runtime.startDeadline());
            }
        } catch (InterruptedException | RuntimeException | Error e) {
            // Whatever it was, what has been started is stopped.
            fail(e);
        }
    }

    /** Null when the service did not become ready; termination says why. */
    private @Nullable Service<C> start(
            HttpEndpoint http, Optional<StatsComponent> stats, ServiceContext context, Duration deadline)
            throws InterruptedException {
        long end = process.nanoTime().getAsLong() + deadline.toNanos();
        Service<C> service;
        try {
            service = factory.create(reloader.running(), context);
        } catch (RuntimeException e) {
            ServiceEvents.startFailed("composition", e);
            startFailed("start failed");
            return null;
        }
        if (!startOne(new HttpComponent(http), end)) {
            return null;
        }
        if (stats.isPresent() && !startOne(stats.get().at(http.port()), end)) {
            return null;
        }
        for (Component component : service.components()) {
            if (!startOne(component, end)) {
                return null;
            }
        }
        return service;
    }

    private boolean startOne(Component component, long end) throws InterruptedException {
        if (termination.isDone()) {
            return false;
        }
        long begin = process.nanoTime().getAsLong();
        started.push(component);
        try {
            boolean done = await(component::start, end - begin);
            if (done) {
                ServiceEvents.componentStarted(
                        component.name(), Duration.ofNanos(process.nanoTime().getAsLong() - begin));
            } else {
                ServiceEvents.startAbandoned(component.name());
            }
            return done;
        } catch (ExecutionException e) {
            ServiceEvents.startFailed(component.name(), cause(e));
            startFailed("start failed");
        } catch (TimeoutException e) {
            ServiceEvents.startFailed(component.name(), e);
            startFailed("start deadline passed");
        }
        return false;
    }

    private void serve(Service<C> service, Duration deadline) throws InterruptedException {
        while (commands.take() == Command.RELOAD) {
            @Nullable Promise<ReloadOutcome> asked = pendingReload.getAndSet(null);
            ReloadOutcome outcome = reloader.reload(config -> await(() -> service.reload(config), deadline.toNanos()));
            // Only now: a level that has been raised must not hide what came of the reload.
            logging.ifPresent(log -> log.reconfigure(reloader.running().log()));
            if (asked != null) {
                asked.tryComplete(outcome);
            }
        }
    }

    /** Stops what was started, the last first. */
    private int end(Vertx vertx, Duration deadline) {
        Termination why = termination.join();
        long begin = process.nanoTime().getAsLong();
        long end = begin + deadline.toNanos();
        state.set(why.failed() ? ServiceState.FAILED : ServiceState.DRAINING);
        ServiceEvents.draining(why.reason(), deadline);
        @Nullable Promise<ReloadOutcome> asked = pendingReload.getAndSet(null);
        if (asked != null) {
            asked.tryFail("stopping");
        }
        boolean clean = true;
        while (!started.isEmpty()) {
            clean &= stopOne(started.pop(), end);
        }
        clean &= stopOne(new VertxComponent(vertx), end);
        clean &= failures.get() == 0;
        ExitStatus status = clean ? ExitStatus.OK : ExitStatus.FAILED;
        state.set(clean ? ServiceState.STOPPED : ServiceState.FAILED);
        ServiceEvents.stopped(
                state.get(), status.code(), Duration.ofNanos(process.nanoTime().getAsLong() - begin));
        return status.code();
    }

    private boolean stopOne(Component component, long end) {
        long left = Math.max(LEAST_STOP.toNanos(), end - process.nanoTime().getAsLong());
        try {
            toFuture(component::stop).get(left, TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException e) {
            ServiceEvents.stopFailed(component.name(), cause(e));
        } catch (TimeoutException e) {
            ServiceEvents.stopFailed(component.name(), e);
        } catch (InterruptedException e) {
            ServiceEvents.stopFailed(component.name(), e);
        }
        return false;
    }

    /** True when the step is done; false when the service is to end before it is. */
    private boolean await(Supplier<Future<Void>> step, long nanos)
            throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<Void> future = toFuture(step);
        CompletableFuture.anyOf(future, termination).get(Math.max(1, nanos), TimeUnit.NANOSECONDS);
        return future.isDone();
    }

    private static CompletableFuture<Void> toFuture(Supplier<Future<Void>> step) {
        try {
            return step.get().toCompletionStage().toCompletableFuture();
        } catch (RuntimeException | LinkageError e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Throwable cause(ExecutionException e) {
        @Nullable Throwable cause = e.getCause();
        return cause == null ? e : cause;
    }

    private void handleSignals() {
        for (String name : new String[] {"TERM", "INT"}) {
            handle(name, () -> {
                int count = signals.incrementAndGet();
                boolean first = terminate(new Termination("SIG" + name, false));
                if (!first && count > 1) {
                    ServiceEvents.forced("SIG" + name);
                    logging.ifPresent(Logging::close);
                    process.halt().accept((name.equals("INT") ? ExitStatus.INTERRUPTED : ExitStatus.FAILED).code());
                }
            });
        }
        handle("HUP", this::requestReload);
    }

    private void handle(String name, Runnable action) {
        try {
            process.signals().handle(name, signal -> action.run());
        } catch (UnsupportedOperationException e) {
            ServiceEvents.signalUnavailable("SIG" + name, e);
        }
    }

    private Future<ReloadOutcome> requestReload() {
        Promise<ReloadOutcome> promise = Promise.promise();
        @Nullable Promise<ReloadOutcome> current = pendingReload.compareAndExchange(null, promise);
        if (current != null) {
            return current.future();
        }
        if (termination.isDone()) {
            pendingReload.set(null);
            promise.tryFail("stopping");
            return promise.future();
        }
        commands.add(Command.RELOAD);
        return promise.future();
    }

    private void fail(Throwable cause) {
        failures.incrementAndGet();
        ServiceEvents.failed(cause);
        terminate(new Termination("failure", true));
    }

    private void startFailed(String reason) {
        failures.incrementAndGet();
        terminate(new Termination(reason, true));
    }

    private boolean terminate(Termination why) {
        boolean first = termination.complete(why);
        if (first) {
            commands.add(Command.TERMINATE);
        }
        return first;
    }

    private JsonObject describe() {
        return new JsonObject()
                .put("service", identity.service())
                .put("instance", identity.instance())
                .put("boot_id", identity.bootId())
                .put("version", identity.version())
                .put("uptime_ms", elapsed().toMillis())
                .put("state", state.get().text());
    }

    private Duration elapsed() {
        return Duration.ofNanos(process.nanoTime().getAsLong() - startNanos);
    }

    private record HttpComponent(HttpEndpoint http) implements Component {
        @Override
        public String name() {
            return "http";
        }

        @Override
        public Future<Void> start() {
            return http.listen().mapEmpty();
        }

        @Override
        public Future<Void> stop() {
            return http.close(HTTP_GRACE);
        }
    }

    private record VertxComponent(Vertx vertx) implements Component {
        @Override
        public String name() {
            return "vertx";
        }

        @Override
        public Future<Void> start() {
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> stop() {
            return vertx.close();
        }
    }
}
