package org.ehashpool.pool.template;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.ehashpool.kit.http.Health;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.ehashpool.kit.service.Component;
import org.ehashpool.kit.sv2.Sv2Client.Destination;
import org.ehashpool.kit.sv2.Sv2Environment;
import org.ehashpool.mining.coinbase.PayoutOutputs;
import org.ehashpool.mining.job.ChainTip;
import org.ehashpool.mining.job.JobNumbers;
import org.ehashpool.mining.job.JobOrigin;
import org.ehashpool.mining.job.JobSnapshot;
import org.ehashpool.mining.job.JobUpdate;
import org.ehashpool.mining.job.TemplateJobs;
import org.ehashpool.mining.server.ServerEffect.BlockFound;
import org.ehashpool.pool.template.IssuedTemplates.Issued;
import org.ehashpool.pool.template.ProviderTemplates.Template;
import org.ehashpool.pool.template.ProviderTemplates.Tip;
import org.ehashpool.sv2.message.TemplateDistribution;
import org.ehashpool.sv2.message.TemplateDistribution.CoinbaseOutputConstraints;
import org.ehashpool.sv2.message.TemplateDistribution.NewTemplate;
import org.ehashpool.sv2.message.TemplateDistribution.RequestTransactionDataError;
import org.ehashpool.sv2.message.TemplateDistribution.RequestTransactionDataSuccess;
import org.ehashpool.sv2.message.TemplateDistribution.SetNewPrevHash;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.sv2.type.U64;

/**
 * The template providers: all are connected at once, one is followed ({@link ProviderSelection} says which), and its
 * templates become jobs. Everything happens on one event loop, connections included, so that a new tip reaches the miners
 * without passing between threads here.
 */
public final class TemplateProviders implements Component, JobFeed, Solutions {
    private static final long TICK_MILLIS = 250;
    private static final int REMEMBERED_TIPS = 32;

    private final TemplateProvidersConfig config;
    private final Supplier<Sv2Environment> environment;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final ServiceMetrics metrics;
    private final String version;
    private final TemplateEvents events = new TemplateEvents();
    private final ProviderSelection selection;
    private final JobPublisher publisher;
    private final IssuedTemplates issued = new IssuedTemplates();
    private final TransactionRequests transactions;
    private final List<Observer> observers = new ArrayList<>(1);
    private final SequencedMap<U256, Long> tipsFirstSeen = new LinkedHashMap<>();
    private final Links links = new Links();
    private final Promise<Void> stopped = Promise.promise();
    private volatile FeedStatus status = new FeedStatus(OptionalInt.empty(), List.of(), Optional.empty(), 0, 0, 0);
    private volatile Optional<Running> running = Optional.empty();
    private volatile boolean stopping;
    private Optional<U256> lastTip = Optional.empty();
    private long switches;

    /** What there is once it was started. */
    private record Running(
            ContextInternal context, List<ProviderLink> providers, TemplateMetrics metrics, long timer) {}

    /**
     * Nothing is connected yet.
     *
     * @param config where
     * @param jobs what jobs look like
     * @param numbers of jobs
     * @param environment asked at the start
     * @param nanoTime monotonic
     * @param version the pool's, as providers are told
     */
    public TemplateProviders(
            TemplateProvidersConfig config,
            TemplateJobs.Settings jobs,
            JobNumbers numbers,
            Supplier<Sv2Environment> environment,
            InstantSource clock,
            LongSupplier nanoTime,
            ServiceMetrics metrics,
            String version) {
        this.config = config;
        this.environment = environment;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.metrics = metrics;
        this.version = version;
        this.selection = new ProviderSelection(
                config.urls().size(),
                new ProviderSelection.Settings(config.failbackDelay(), config.stalenessLimit(), config.behindLimit()),
                jobs);
        this.publisher = new JobPublisher(jobs, numbers, events);
        this.transactions = new TransactionRequests(config.transactionMemory().bytes());
    }

    @Override
    public String name() {
        return "template_providers";
    }

    /** Succeeds when connecting has begun: whether there is something to mine is for {@link #health} to say. */
    @Override
    public Future<Void> start() {
        Sv2Environment present = environment.get();
        ContextInternal context = ((VertxInternal) present.vertx()).createEventLoopContext();
        List<Destination> destinations = config.destinations(present.curve());
        List<ProviderLink> providers = new ArrayList<>();
        for (int i = 0; i < destinations.size(); i++) {
            providers.add(new ProviderLink(i, destinations.get(i), present, context, version, links));
        }
        TemplateMetrics meters = new TemplateMetrics(
                metrics, providers.stream().map(ProviderLink::name).toList(), () -> status, clock);
        Promise<Void> begun = Promise.promise();
        context.runOnContext(start -> {
            long timer = context.setPeriodic(TICK_MILLIS, tick -> tick());
            running = Optional.of(new Running(context, List.copyOf(providers), meters, timer));
            refresh();
            providers.forEach(ProviderLink::start);
            begun.complete();
        });
        return begun.future();
    }

    @Override
    public Future<Void> stop() {
        Optional<Running> present = running;
        if (present.isEmpty()) {
            return Future.succeededFuture();
        }
        stopping = true;
        Running ending = present.get();
        ending.context().owner().cancelTimer(ending.timer());
        Future.join(ending.providers().stream().map(ProviderLink::stop).toList())
                .onComplete(done -> stopped.tryComplete());
        return stopped.future();
    }

    @Override
    public JobSnapshot subscribe(Consumer<JobUpdate> updates) {
        return publisher.subscribe(updates);
    }

    @Override
    public void observe(Observer observer) {
        observers.add(observer);
    }

    /** Jobs pay these from now. From any thread. Where they need more room, all providers are connected to anew. */
    public void payouts(PayoutOutputs changed) {
        Optional<Running> present = running;
        if (present.isEmpty()) {
            applyPayouts(changed);
        } else {
            present.get().context().runOnContext(apply -> applyPayouts(changed));
        }
    }

    private void applyPayouts(PayoutOutputs changed) {
        TemplateJobs.Settings before = publisher.settings();
        if (changed.equals(before.payouts())) {
            return;
        }
        CoinbaseOutputConstraints had = before.constraints();
        CoinbaseOutputConstraints wanted = before.withPayouts(changed).constraints();
        // No message tells templates made for the old room from those made for the new: a new connection does.
        boolean needsRoom = wanted.coinbaseOutputMaxAdditionalSize() > had.coinbaseOutputMaxAdditionalSize()
                || wanted.coinbaseOutputMaxAdditionalSigops() > had.coinbaseOutputMaxAdditionalSigops();
        publisher.payouts(changed);
        selection.jobs(publisher.settings());
        events.payoutsChanged(needsRoom);
        for (ProviderLink link : providers()) {
            if (needsRoom) {
                cutOff(link, "outputs need more room");
            } else if (!wanted.equals(had)) {
                link.constrain(wanted);
            }
        }
        run(selection.replay());
    }

    private List<ProviderLink> providers() {
        return running.map(Running::providers).orElse(List.of());
    }

    @Override
    public List<String> submit(BlockFound block) {
        return block.origin() instanceof JobOrigin.Template origin ? issued.submit(block, origin) : List.of();
    }

    @Override
    public Optional<String> issuer(@U64 long templateId) {
        return issued.find(templateId).map(template -> template.outlet().provider());
    }

    @Override
    public Future<Optional<List<Bytes>>> transactions(@U64 long templateId) {
        Optional<Running> present = running;
        if (present.isEmpty()) {
            return Future.succeededFuture(Optional.empty());
        }
        Promise<Optional<List<Bytes>>> found = Promise.promise();
        present.get()
                .context()
                .runOnContext(ask -> transactions
                        .find(templateId, issued.knownBy(templateId), this::linkOf, nanoTime.getAsLong())
                        .onComplete(found));
        return found.future();
    }

    private Optional<ProviderLink> linkOf(Issued way) {
        return providers().stream()
                .filter(link -> link.outlet().filter(way.outlet()::equals).isPresent())
                .findFirst();
    }

    // --- on the event loop -----------------------------------------------------------------------------------

    private void tick() {
        long now = nanoTime.getAsLong();
        run(selection.tick(now));
        transactions.tick(now);
    }

    private final class Links implements ProviderLink.Listener {
        @Override
        public void connected(int provider) {
            ProviderLink link = providers().get(provider);
            transactions.disconnected(link);
            run(selection.connected(provider, nanoTime.getAsLong()));
            link.constrain(publisher.settings().constraints());
        }

        @Override
        public void message(int provider, TemplateDistribution.FromServer message) {
            long now = nanoTime.getAsLong();
            ProviderLink link = providers().get(provider);
            switch (message) {
                case SetNewPrevHash tip -> {
                    long seconds = clock.millis() / 1_000;
                    run(selection.onSetNewPrevHash(provider, tip, now, seconds));
                    noteTip(link, tip.prevHash(), now);
                }
                case NewTemplate template -> {
                    run(selection.onNewTemplate(provider, template, now));
                    link.templates++;
                    link.lastTemplate = Optional.of(clock.instant());
                    running.ifPresent(present -> present.metrics().received(provider));
                    events.newTemplate(link.name(), template.templateId(), template.futureTemplate());
                    observers.forEach(Observer::templateArrived);
                }
                case RequestTransactionDataSuccess success -> transactions.onSuccess(link, success);
                case RequestTransactionDataError error -> {
                    events.transactionsRefused(link.name(), error.errorCode().printable());
                    transactions.onError(link, error.templateId());
                }
            }
            refresh();
        }

        @Override
        public void disconnected(int provider, String why) {
            transactions.disconnected(providers().get(provider));
            if (stopping) {
                return;
            }
            run(selection.disconnected(provider, why, nanoTime.getAsLong()));
        }
    }

    private void noteTip(ProviderLink link, U256 hash, long now) {
        Long first = tipsFirstSeen.putIfAbsent(hash, now);
        if (link.tipSeen) {
            link.tipLagMillis = Optional.of(
                    Duration.ofNanos(now - (first == null ? now : first)).toMillis());
        }
        link.tipSeen = true;
        if (tipsFirstSeen.size() > REMEMBERED_TIPS) {
            tipsFirstSeen.pollFirstEntry();
        }
    }

    private void cutOff(ProviderLink link, String why) {
        link.cutOff();
        transactions.disconnected(link);
        run(selection.disconnected(providers().indexOf(link), why, nanoTime.getAsLong()));
    }

    private void run(List<SelectionEffect> effects) {
        for (SelectionEffect effect : effects) {
            Optional<TemplateJobs.Refused> refused = perform(effect);
            if (refused.isPresent()) {
                String words = "a message that no job can be made of: "
                        + refused.get().reason() + " " + refused.get().detail();
                run(selection.putAside(selection.active().orElseThrow(), words, nanoTime.getAsLong()));
                return;
            }
        }
        if (!effects.isEmpty()) {
            refresh();
        }
    }

    private Optional<TemplateJobs.Refused> perform(SelectionEffect effect) {
        switch (effect) {
            case SelectionEffect.FollowTip(Template template, Tip tip) -> {
                long began = nanoTime.getAsLong();
                Optional<TemplateJobs.Refused> refused = publisher.onSetNewPrevHash(tip.naming(template.id()));
                running.ifPresent(present -> present.metrics().tipPublished(nanoTime.getAsLong() - began));
                return refused;
            }
            case SelectionEffect.Known(int provider, Template template) ->
                providers().get(provider).outlet().ifPresent(outlet -> issued.add(provider, template, outlet));
            case SelectionEffect.Follow(Template template, boolean future) -> {
                return publisher.onNewTemplate(template.renamed(future));
            }
            case SelectionEffect.Activated(int provider, Template template, Tip tip) ->
                activated(providers().get(provider), template, tip);
            case SelectionEffect.Switched(int from, int to, String why) -> {
                publisher.forgetFutures();
                switches++;
                running.ifPresent(present -> present.metrics().switched());
                events.following(
                        providers().get(to).name(),
                        from < 0 ? "" : providers().get(from).name(),
                        why,
                        selection.provider(to).height());
            }
            case SelectionEffect.Lost(int provider, String why) ->
                events.lost(providers().get(provider).name(), why);
            case SelectionEffect.PutAside(int provider, String words, Duration time) -> {
                ProviderLink link = providers().get(provider);
                link.cutOff();
                transactions.disconnected(link);
                running.ifPresent(present -> present.metrics().fault(provider));
                events.putAside(link.name(), words, time);
            }
            case SelectionEffect.Disagree(int provider, int other) ->
                events.disagreement(
                        providers().get(provider).name(), providers().get(other).name());
        }
        return Optional.empty();
    }

    private void activated(ProviderLink link, Template template, Tip tip) {
        boolean changed = !lastTip.equals(Optional.of(tip.hash()));
        if (changed) {
            lastTip = Optional.of(tip.hash());
            transactions.kept().newTip();
        }
        if (config.keepTransactions()) {
            transactions.ask(template.originalId(), template.id(), link);
        }
        if (changed) {
            ChainTip.of(tip.message()).ifPresent(chainTip -> {
                events.newTip(chainTip, tip.height());
                observers.forEach(observer -> observer.tip(chainTip, tip.height()));
            });
        }
    }

    // --- how it stands ---------------------------------------------------------------------------------------

    private void refresh() {
        status = FeedReport.of(selection, providers(), transactions.kept(), switches, nanoTime.getAsLong());
    }

    /** For {@code /api/v1/templates} and {@code /api/v1/state}; from any thread. */
    public JsonObject state() {
        return TemplatesApi.json(status);
    }

    /** Up: there is something to mine, and it is fresh. From any thread. */
    public Health health() {
        return FeedReport.health(status, config.stalenessLimit(), clock.instant());
    }
}
