package org.ehashpool.translator.upstream;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.ehashpool.kit.http.Health;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.ehashpool.kit.service.Component;
import org.ehashpool.kit.sv2.ClientDescription;
import org.ehashpool.kit.sv2.ConnectionOwner;
import org.ehashpool.kit.sv2.SetupRequest;
import org.ehashpool.kit.sv2.Sv2Client.Destination;
import org.ehashpool.kit.sv2.Sv2ClientSettings;
import org.ehashpool.kit.sv2.Sv2Connection;
import org.ehashpool.kit.sv2.Sv2Environment;
import org.ehashpool.kit.sv2.Sv2ReconnectingClient;
import org.ehashpool.kit.sv2.UpstreamStatus;
import org.ehashpool.kit.sv2.link.CloseCause;
import org.ehashpool.kit.sv2.link.SetupDeadlines;
import org.ehashpool.kit.sv2.setup.ConnectionKind;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.share.ShareValidator;
import org.ehashpool.sv2.message.Ehash;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.Protocol;
import org.ehashpool.sv2.message.WorkerTracking;
import org.ehashpool.translator.work.Miner;
import org.ehashpool.translator.work.Place;
import org.ehashpool.translator.work.Work;
import org.ehashpool.translator.work.WorkSource;
import org.jspecify.annotations.Nullable;

/**
 * The pools: one connection at a time to the most preferred that gives work, and {@link Roster} between them and the
 * miners. The next pool is tried, with a channel for every miner, before the one before it is left; that one may then
 * still answer what it was asked.
 */
public final class Upstreams implements Component, WorkSource, ConnectionOwner {
    private static final long TICK_MILLIS = 250;
    private static final int TICKS_PER_REPORT = 4;
    private static final long RETIREMENT_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final Duration CONNECT_DEADLINE = Duration.ofSeconds(3);
    private static final Duration DEADLINE = Duration.ofSeconds(15);

    private final UpstreamsConfig config;
    private final Purse purse;
    private final Context context;
    private final Supplier<Sv2Environment> environment;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final String version;
    private final UpstreamEvents events;
    private final ShareValidator validator = new ShareValidator();
    private final ShareFigures figures;
    private final Roster roster;
    private final List<UpstreamLine> lines = new ArrayList<>(2);
    private List<Destination> destinations = List.of();
    private @Nullable Sv2ReconnectingClient client;
    private @Nullable UpstreamLine serving;
    private String lastFailure = "";
    private long since;
    private long timer = -1;
    private int ticks;
    private volatile JsonObject report = new JsonObject();
    private volatile Health health = Health.down("not started");

    /**
     * Nothing is connected yet.
     *
     * @param config which pools, and how
     * @param purse whose the ehash is
     * @param context the event loop on which everything happens, and on which {@link #admit} and the places are called
     * @param environment asked at the start
     * @param clock the wall clock
     * @param nanoTime monotonic
     * @param version the translator's, as pools are told
     */
    public Upstreams(
            UpstreamsConfig config,
            Purse purse,
            Context context,
            Supplier<Sv2Environment> environment,
            InstantSource clock,
            LongSupplier nanoTime,
            ServiceMetrics metrics,
            String version) {
        this.config = config;
        this.purse = purse;
        this.context = context;
        this.environment = environment;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.version = version;
        events = new UpstreamEvents(nanoTime);
        figures = new ShareFigures(metrics);
        roster = new Roster(config.channels(), config.vardiff(), figures, this::now);
        metrics.gauge("upstream.serving", "1 while an upstream gives work", () -> health.up() ? 1 : 0);
        for (String name : List.of("channels_open", "channels_opening", "unanswered", "places")) {
            metrics.gauge(
                    "upstream." + name.replace('_', '.'),
                    "As in the state of the service",
                    () -> report.getInteger(name, 0));
        }
    }

    private Moment now() {
        return new Moment(nanoTime.getAsLong(), clock.millis());
    }

    @Override
    public String name() {
        return "upstreams";
    }

    /** Succeeds when connecting has begun: whether there is something to mine is for {@link #health} to say. */
    @Override
    public Future<Void> start() {
        Sv2Environment present = environment.get();
        destinations = config.destinations(present.curve());
        Promise<Void> begun = Promise.promise();
        context.runOnContext(start -> {
            since = clock.millis();
            Sv2ReconnectingClient connecting = new Sv2ReconnectingClient(
                    present,
                    context,
                    "upstream",
                    Sv2ClientSettings.DEFAULT.withDeadlines(CONNECT_DEADLINE, SetupDeadlines.DEFAULT, DEADLINE),
                    config.failover().settings(),
                    destinations,
                    SetupRequest.of(
                                    Protocol.MINING,
                                    new ClientDescription(
                                            "ehashpool",
                                            ConnectionKind.TRANSLATOR_HARDWARE_VERSION + " " + version,
                                            version,
                                            ""))
                            .withExtensions(List.of(WorkerTracking.EXTENSION, Ehash.EXTENSION)),
                    (ConnectionOwner) this);
            connecting.statusHandler(this::status);
            client = connecting;
            timer = present.vertx().setPeriodic(TICK_MILLIS, tick -> context.runOnContext(on -> tick()));
            refresh();
            connecting.start();
            begun.complete();
        });
        return begun.future();
    }

    @Override
    public Future<Void> stop() {
        Promise<Void> stopped = Promise.promise();
        context.runOnContext(stop -> {
            Sv2ReconnectingClient connected = client;
            if (connected == null) {
                stopped.complete();
                return;
            }
            environment.get().vertx().cancelTimer(timer);
            connected.stop().onComplete(done -> stopped.complete());
        });
        return stopped.future();
    }

    @Override
    public Optional<Place> admit(Miner miner) {
        return roster.admit(miner);
    }

    /** Whether an upstream gives work. */
    public Health health() {
        return health;
    }

    /** For the service's state, and for {@code /api/v1/upstream}. */
    public JsonObject state() {
        return report.copy();
    }

    // --- connections ----------------------------------------------------------------------------------------------

    /** Every miner gets a channel there, or its share of one, before the connection takes the place of another. */
    @Override
    public Future<Void> tryOut(Sv2Connection connection, int peer) {
        UpstreamConfig upstream = config.upstreams().get(peer);
        SessionTerms terms = new SessionTerms(
                peer,
                config.upstreams().size(),
                destinations.get(peer).host() + ":" + destinations.get(peer).port(),
                new Identities(upstream.identity(), purse::lockingKey),
                upstream.confirmation(),
                upstream.verifyPayout() ? PayoutCheck.of(upstream.identity()) : Optional.empty(),
                (connection.info().serverFlags() & Mining.REQUIRES_FIXED_VERSION) != 0,
                config.channels(),
                config.vardiff());
        UpstreamLine line = new UpstreamLine(
                connection,
                outlet -> new UpstreamSession(
                        terms, connection.info().extensions(), outlet, roster, validator, figures, events, now()),
                this::now,
                this::said);
        events.trying(terms.name(), connection.info().extensions().toString());
        lines.add(line);
        connection.closed().onSuccess(cause -> ended(line, cause));
        roster.tryOut(line.session());
        return line.begin().onSuccess(useful -> serve(line)).onFailure(useless -> giveUp(line, useless));
    }

    private void said(Ehash.FromServer notice) {
        figures.ehashMessage();
        if (notice instanceof Ehash.EhashQuoteCreated quote) {
            purse.quoted(quote.mintUrl().toString());
        }
    }

    private void serve(UpstreamLine line) {
        UpstreamLine before = serving;
        roster.serve(line.session());
        serving = line;
        since = clock.millis();
        events.serving(line.name(), line.session().channelsOpen(), before == null ? "" : before.name());
        refresh();
    }

    private void giveUp(UpstreamLine line, Throwable useless) {
        lastFailure = line.name() + ": " + useless.getMessage();
        events.unusable(line.name(), String.valueOf(useless.getMessage()));
    }

    @Override
    public Future<Void> replaced(Sv2Connection connection) {
        for (UpstreamLine line : lines) {
            if (line.isOn(connection)) {
                roster.retire(line.session());
                return line.retire(now().nanos() + RETIREMENT_NANOS);
            }
        }
        return Future.succeededFuture();
    }

    private void ended(UpstreamLine line, CloseCause cause) {
        String why = cause.reason().label() + (cause.detail().isEmpty() ? "" : ": " + cause.detail());
        int unanswered = line.session().unanswered();
        lines.remove(line);
        if (line == serving) {
            serving = null;
            since = clock.millis();
            lastFailure = line.name() + ": " + why;
            events.lost(line.name(), why, unanswered);
        } else if (line.isRetiring()) {
            events.retired(line.name(), unanswered);
        }
        roster.ended(line.session(), "upstream lost: " + why);
        line.abandon(why);
        refresh();
    }

    private void status(UpstreamStatus status) {
        if (!status.lastFailure().isEmpty()) {
            lastFailure = status.address() + ": " + status.lastFailure();
        }
        refresh();
    }

    // --- time -----------------------------------------------------------------------------------------------------

    private void tick() {
        roster.tick();
        for (UpstreamLine line : List.copyOf(lines)) {
            line.decide();
            line.settle(line.isRetiring() && roster.isDoneWith(line.session()));
        }
        ticks = (ticks + 1) % TICKS_PER_REPORT;
        if (ticks == 0) {
            refresh();
        }
    }

    private void refresh() {
        UpstreamLine present = serving;
        Sv2ReconnectingClient connected = client;
        if (connected == null) {
            return;
        }
        UpstreamStatus status = connected.status();
        health = present != null
                ? Health.up("mining for " + present.name())
                : Health.down("no upstream serves; " + (lastFailure.isEmpty() ? "connecting" : lastFailure));
        report = new JsonObject()
                .put("mode", config.channels().mode().toString())
                .put("state", present != null ? "serving" : status.state().toString())
                .put("since", since)
                .put("url", config.upstreams().get(position(present, status)).url())
                .put("position", position(present, status))
                .put(
                        "identity",
                        config.upstreams().get(position(present, status)).identity())
                .put(
                        "extensions",
                        new JsonArray(
                                present == null
                                        ? List.of()
                                        : present.session().extensions().toList()))
                .put("upstreams", upstreams(present))
                .put("last_failure", lastFailure)
                .put("pays", purse.pays())
                .put("chain", chain(present))
                .put("places", roster.places())
                .put("channels_open", present == null ? 0 : present.session().channelsOpen())
                .put("channels_opening", present == null ? 0 : present.session().channelsOpening())
                .put("channels_refused", figures.channelsRefused())
                .put(
                        "unanswered",
                        lines.stream()
                                .mapToInt(line -> line.session().unanswered())
                                .sum())
                .put("shares", figures.report());
    }

    private JsonArray upstreams(@Nullable UpstreamLine present) {
        JsonArray all = new JsonArray();
        for (int i = 0; i < config.upstreams().size(); i++) {
            all.add(new JsonObject()
                    .put("url", config.upstreams().get(i).url())
                    .put("in_use", present != null && present.session().terms().index() == i)
                    .put("accepted_work", figures.work(i).toString()));
        }
        return all;
    }

    /** By the jobs that are mined on; null while there are none, or their coinbase names no height. */
    private @Nullable JsonObject chain(@Nullable UpstreamLine present) {
        Optional<Work> tip = present == null ? Optional.empty() : roster.tip(present.session());
        return tip.filter(work -> work.height().isPresent())
                .map(work -> new JsonObject()
                        .put("height", work.height().getAsInt() - 1)
                        .put(
                                "network_difficulty",
                                Target.ofCompactBits(work.bits())
                                        .map(Target::difficulty)
                                        .orElse(null)))
                .orElse(null);
    }

    private static int position(@Nullable UpstreamLine present, UpstreamStatus status) {
        return present == null ? status.peer() : present.session().terms().index();
    }
}
