package org.ehashpool.miner.sv1;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.ehashpool.kit.sv2.upstream.ReconnectPolicy;
import org.ehashpool.kit.sv2.upstream.ReconnectPolicy.Redirect;
import org.ehashpool.kit.sv2.upstream.ReconnectPolicy.Step;
import org.ehashpool.kit.sv2.upstream.ReconnectPolicy.Target;
import org.ehashpool.miner.upstream.MinerEvents;
import org.ehashpool.miner.upstream.Upstream;
import org.ehashpool.miner.upstream.Workshop;
import org.jspecify.annotations.Nullable;

/** Keeps a connection to the most preferred of several Stratum V1 servers. Everything happens on one event loop. */
public final class Sv1Miner implements Upstream {
    private static final int CONNECT_MILLIS = 5_000;

    private final Vertx vertx;
    private final Sv1Settings settings;
    private final Workshop workshop;
    private final LongSupplier nanoTime;
    private final Context context;
    private final NetClient client;
    private final ReconnectPolicy policy;
    private final Promise<Void> stopped = Promise.promise();
    private @Nullable Sv1Link current;
    private @Nullable Sv1Link attempt;
    private String pool;
    private long timer = -1;
    private boolean redirecting;
    private boolean stopping;

    /**
     * @param random jitter of reconnections
     * @param nanoTime monotonic nanoseconds
     */
    public Sv1Miner(
            Vertx vertx, Sv1Settings settings, Workshop workshop, RandomGenerator random, LongSupplier nanoTime) {
        this.vertx = vertx;
        this.settings = settings;
        this.workshop = workshop;
        this.nanoTime = nanoTime;
        this.context = vertx.getOrCreateContext();
        this.policy = new ReconnectPolicy(settings.pools().size(), settings.reconnect(), random);
        this.pool = settings.pools().getFirst().toString();
        this.client = vertx.createNetClient(new NetClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setTcpNoDelay(true)
                .setTcpKeepAlive(true)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setReadIdleTimeout(Math.toIntExact(settings.silence().toMillis())));
    }

    @Override
    public void start() {
        workshop.found()
                .onShare(() -> context.runOnContext(found -> {
                    Sv1Link link = current;
                    if (link != null) {
                        link.submitFound();
                    }
                }));
        context.runOnContext(begin -> follow(policy.start(nanoTime.getAsLong())));
    }

    @Override
    public Future<Void> stop() {
        context.runOnContext(end -> {
            stopping = true;
            policy.stop();
            cancelTimer();
            Sv1Link link = current;
            Sv1Link begun = attempt;
            if (link != null) {
                link.close();
            }
            if (begun != null) {
                begun.close();
            }
            client.close().onComplete(done -> stopped.tryComplete());
        });
        return stopped.future();
    }

    private void follow(Step step) {
        cancelTimer();
        switch (step) {
            case Step.Dial(Target target) -> dial(target);
            case Step.Wait(long until) -> {
                Duration wait = Duration.ofNanos(Math.max(0, until - nanoTime.getAsLong()));
                timer = vertx.setTimer(wait.toMillis() + 1, due -> {
                    timer = -1;
                    follow(policy.wake(nanoTime.getAsLong()));
                });
            }
            case Step.Rest() -> {
                // Whatever happens next brings the next step.
                return;
            }
        }
    }

    private void cancelTimer() {
        if (timer >= 0) {
            vertx.cancelTimer(timer);
            timer = -1;
        }
    }

    private void dial(Target target) {
        Sv1Url url = resolve(target);
        if (current == null) {
            pool = url.toString();
            workshop.tally().state("connecting to " + url);
        }
        client.connect(url.port(), url.host())
                .onComplete(socket -> connected(socket, url), refused -> attemptFailed(url, describe(refused)));
    }

    private Sv1Url resolve(Target target) {
        Sv1Url configured = settings.pools().get(target.peer());
        return target.redirect()
                .map(redirect -> new Sv1Url(
                        redirect.host().isEmpty() ? configured.host() : redirect.host(),
                        redirect.port() == 0 ? configured.port() : redirect.port()))
                .orElse(configured);
    }

    private static String describe(Throwable refused) {
        return Optional.ofNullable(refused.getMessage())
                .orElse(refused.getClass().getSimpleName());
    }

    private void connected(NetSocket socket, Sv1Url url) {
        if (stopping) {
            var _ = socket.close();
            return;
        }
        socket.setWriteQueueMaxSize(Sv1Link.maxWaitingBytes());
        Sv1Link link = new Sv1Link(
                vertx,
                socket,
                url.toString(),
                workshop,
                new Sv1Session(settings.agent(), settings.user(), settings.password()),
                settings.setupDeadline(),
                new Sv1Link.Owner(
                        opened -> become(opened, url), (gone, reason) -> ended(gone, url, reason), this::redirected));
        attempt = link;
        link.begin();
    }

    private void become(Sv1Link link, Sv1Url url) {
        Sv1Link previous = current;
        current = link;
        attempt = null;
        pool = url.toString();
        if (previous != null) {
            previous.close();
            workshop.interrupted();
        }
        workshop.tally().state("connected to " + url);
        follow(policy.attemptSucceeded(nanoTime.getAsLong()));
    }

    private void ended(Sv1Link link, Sv1Url url, String reason) {
        if (stopping) {
            workshop.interrupted();
        } else if (link == current) {
            current = null;
            workshop.interrupted();
            MinerEvents.disconnected(url.toString(), reason);
            workshop.tally().state("disconnected from " + url + ": " + reason);
            follow(policy.disconnected(nanoTime.getAsLong()));
        } else if (!link.wasOpen()) {
            attempt = null;
            attemptFailed(url, reason);
        }
    }

    private void attemptFailed(Sv1Url url, String reason) {
        if (!stopping) {
            MinerEvents.disconnected(url.toString(), reason);
            if (current == null) {
                workshop.tally().state(url + ": " + reason);
            }
            follow(policy.attemptFailed(nanoTime.getAsLong()));
        }
    }

    /** There is nothing that vouches for another host, so that only another port of the same one is followed. */
    private void redirected(Sv1Link link, Sv1Effect.Redirect message) {
        String present = pool.substring(0, pool.lastIndexOf(':'));
        boolean sameHost = message.host().isEmpty() || message.host().equalsIgnoreCase(present);
        if (link != current || !sameHost || redirecting || stopping) {
            MinerEvents.redirection(message.host(), message.port(), false);
            return;
        }
        redirecting = true;
        vertx.setTimer(Math.max(1, message.waitSeconds() * 1_000L), due -> {
            redirecting = false;
            Optional<Step> step = link != current || stopping
                    ? Optional.empty()
                    : policy.redirected(new Redirect("", message.port()), nanoTime.getAsLong());
            MinerEvents.redirection(message.host(), message.port(), step.isPresent());
            step.ifPresent(this::follow);
        });
    }
}
