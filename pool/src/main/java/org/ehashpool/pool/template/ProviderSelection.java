package org.ehashpool.pool.template;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.job.TemplateJobs;
import org.ehashpool.pool.template.ProviderTemplates.Heard;
import org.ehashpool.pool.template.ProviderTemplates.Template;
import org.ehashpool.pool.template.ProviderTemplates.Tip;
import org.ehashpool.sv2.message.TemplateDistribution.NewTemplate;
import org.ehashpool.sv2.message.TemplateDistribution.SetNewPrevHash;

/**
 * Which of several template providers is followed. All are connected and listened to at once. Pure: what happened and when
 * in, effects out. Times are monotonic nanoseconds. Not for use by several threads at once.
 *
 * <ul>
 *   <li>The first in order that works is followed. It is left at once when it disconnects, lies, or is stale while another
 *       one is fresh.
 *   <li>Nobody steps back to an older tip: a provider whose chain is shorter than the one worked on is waited for, up to
 *       {@code behindLimit}, before it is followed for want of a better one. Miners keep their jobs meanwhile.
 *   <li>A provider that shows a longer chain than the active one is followed at once, if the new tip meets the very
 *       target that the active provider's template asks for: that cannot be made up. Without such proof it must stay ahead for
 *       {@code behindLimit}. The one that was slower has not failed by that.
 *   <li>A provider that breaks a rule is put aside for longer each time; if nobody else is left, for ten seconds only.
 *   <li>A preferred provider is followed again when it has worked for {@code failbackDelay} and shows the same tip or a
 *       longer chain; at once if it never failed and never served, as in the first second of the pool.
 * </ul>
 */
final class ProviderSelection {
    private static final Duration FORGIVEN_AFTER = Duration.ofMinutes(10);

    private final Settings settings;
    private final List<FollowedProvider> providers = new ArrayList<>();
    private final LongSupplier ids;
    private TemplateJobs.Settings jobs;
    private int active = -1;
    private int publishedHeight = -1;
    private long lostAt;
    private long lastId;

    /**
     * How long to wait for what.
     *
     * @param failbackDelay before a preferred provider is used again
     * @param stalenessLimit a provider without a template for so long is stale
     * @param behindLimit how long a longer chain without proof, or a missing block, is only watched
     */
    record Settings(Duration failbackDelay, Duration stalenessLimit, Duration behindLimit) {}

    ProviderSelection(int count, Settings settings, TemplateJobs.Settings jobs) {
        this.settings = settings;
        this.jobs = jobs;
        this.ids = () -> ++lastId;
        for (int i = 0; i < count; i++) {
            providers.add(new FollowedProvider(i));
        }
    }

    /** Templates are judged by these from now. */
    void jobs(TemplateJobs.Settings changed) {
        jobs = changed;
    }

    /** A connection was made; what an earlier one said is void. */
    List<SelectionEffect> connected(int provider, long now) {
        List<SelectionEffect> effects = disconnected(provider, "connected again", now);
        providers.get(provider).templates = Optional.of(new ProviderTemplates(ids));
        return effects;
    }

    /** A connection ended. */
    List<SelectionEffect> disconnected(int provider, String why, long now) {
        FollowedProvider followed = providers.get(provider);
        if (followed.templates.isPresent()) {
            followed.failed(why);
        }
        return decide(why, now, new ArrayList<>());
    }

    /** NewTemplate of a provider. */
    List<SelectionEffect> onNewTemplate(int provider, NewTemplate message, long now) {
        FollowedProvider followed = providers.get(provider);
        if (followed.templates.isEmpty()) {
            return List.of();
        }
        List<SelectionEffect> effects = new ArrayList<>(4);
        switch (followed.templates.get().onNewTemplate(message, jobs, now)) {
            case Heard.Future(Template template) -> {
                followed.lastTemplateAt = now;
                effects.add(new SelectionEffect.Known(provider, template));
                if (provider == active) {
                    effects.add(new SelectionEffect.Follow(template, true));
                }
            }
            case Heard.Active(Template template) -> {
                followed.lastTemplateAt = now;
                effects.add(new SelectionEffect.Known(provider, template));
                if (provider == active) {
                    effects.add(new SelectionEffect.Follow(template, false));
                    effects.add(new SelectionEffect.Activated(
                            provider, template, followed.tip().orElseThrow()));
                }
            }
            case Heard.NewTip tip -> throw new IllegalStateException("a template is no tip");
            case Heard.Lie(String words) -> {
                return putAside(provider, words, now);
            }
        }
        return decide("", now, effects);
    }

    /**
     * SetNewPrevHash of a provider. If it is the active one, the first effect is that jobs follow.
     *
     * @param epochSeconds the present time
     */
    List<SelectionEffect> onSetNewPrevHash(int provider, SetNewPrevHash message, long now, long epochSeconds) {
        FollowedProvider followed = providers.get(provider);
        if (followed.templates.isEmpty()) {
            return List.of();
        }
        return switch (followed.templates.get().onSetNewPrevHash(message, epochSeconds)) {
            case Heard.NewTip(Template template, Tip tip) -> {
                if (followed.flaps(tip.hash(), now)) {
                    yield putAside(provider, "going back and forth between tips", now);
                }
                List<SelectionEffect> effects = new ArrayList<>(4);
                followed.lastTemplateAt = now;
                if (provider == active) {
                    publishedHeight = tip.height();
                    effects.add(new SelectionEffect.FollowTip(template, tip));
                    effects.add(new SelectionEffect.Activated(provider, template, tip));
                }
                disagreement(followed, tip, effects);
                yield decide("", now, effects);
            }
            case Heard.Lie(String words) -> putAside(provider, words, now);
            case Heard.Future future -> throw new IllegalStateException("a tip is no template");
            case Heard.Active activeTemplate -> throw new IllegalStateException("a tip is no template");
        };
    }

    private void disagreement(FollowedProvider followed, Tip tip, List<SelectionEffect> effects) {
        for (FollowedProvider other : providers) {
            if (other != followed
                    && other.tip().isPresent()
                    && other.tip().get().hash().equals(tip.hash())
                    && other.tip().get().message().nBits() != tip.message().nBits()) {
                effects.add(new SelectionEffect.Disagree(followed.index, other.index));
            }
        }
    }

    /** A provider broke a rule, seen here or by those who made jobs of its templates. */
    List<SelectionEffect> putAside(int provider, String words, long now) {
        List<SelectionEffect> effects = new ArrayList<>(4);
        Duration time = providers.get(provider).putAside(words, now);
        effects.add(new SelectionEffect.PutAside(provider, words, time));
        return decide(words, now, effects);
    }

    /** Time went by: to be called a few times a second. */
    List<SelectionEffect> tick(long now) {
        return decide("", now, new ArrayList<>(0));
    }

    /** The active provider's templates again, as after a switch: jobs are made anew. */
    List<SelectionEffect> replay() {
        List<SelectionEffect> effects = new ArrayList<>();
        if (active >= 0) {
            replay(providers.get(active), effects);
        }
        return effects;
    }

    /** The provider followed now. */
    OptionalInt active() {
        return active < 0 ? OptionalInt.empty() : OptionalInt.of(active);
    }

    /** What a provider is good for. */
    FeedStatus.State state(int index, boolean connected, long now) {
        FollowedProvider provider = providers.get(index);
        if (index == active) {
            return FeedStatus.State.ACTIVE;
        }
        if (provider.isAside(now)) {
            return FeedStatus.State.ASIDE;
        }
        if (!connected) {
            return FeedStatus.State.DISCONNECTED;
        }
        if (!provider.isUsable(now)) {
            return FeedStatus.State.CONNECTED;
        }
        if (!provider.isFresh(now, settings.stalenessLimit())) {
            return FeedStatus.State.STALE;
        }
        return provider.height() < publishedHeight ? FeedStatus.State.BEHIND : FeedStatus.State.STANDBY;
    }

    FollowedProvider provider(int index) {
        return providers.get(index);
    }

    private List<SelectionEffect> decide(String why, long now, List<SelectionEffect> effects) {
        int before = active;
        if (active >= 0 && !providers.get(active).isUsable(now)) {
            active = -1;
            lostAt = now;
        }
        for (FollowedProvider provider : providers) {
            note(provider, now);
        }
        if (active < 0) {
            Optional<FollowedProvider> next = replacement(now);
            if (next.isPresent()) {
                follow(before, next.get(), why.isEmpty() ? "first that works" : why, now, effects);
            } else if (before >= 0) {
                effects.add(new SelectionEffect.Lost(before, why));
            }
        } else {
            reconsider(now, effects);
        }
        return effects;
    }

    private void note(FollowedProvider provider, long now) {
        boolean ahead = active >= 0
                && provider.isUsable(now)
                && provider.height() > providers.get(active).height();
        boolean good = provider.isUsable(now) && provider.height() >= publishedHeight;
        provider.aheadSince = ahead ? Optional.of(provider.aheadSince.orElse(now)) : Optional.empty();
        provider.goodSince = good ? Optional.of(provider.goodSince.orElse(now)) : Optional.empty();
        provider.forgiveAfter(FORGIVEN_AFTER, now);
    }

    /** Who comes after a provider that was lost. */
    private Optional<FollowedProvider> replacement(long now) {
        Optional<FollowedProvider> stale = Optional.empty();
        Optional<FollowedProvider> longest = Optional.empty();
        for (FollowedProvider provider : providers) {
            if (!provider.isUsable(now)) {
                continue;
            }
            if (provider.height() >= publishedHeight) {
                if (provider.isFresh(now, settings.stalenessLimit())) {
                    return Optional.of(provider);
                }
                stale = stale.isPresent() ? stale : Optional.of(provider);
            }
            if (longest.isEmpty() || provider.height() > longest.get().height()) {
                longest = Optional.of(provider);
            }
        }
        if (stale.isPresent()) {
            return stale;
        }
        if (longest.isEmpty()) {
            Optional<FollowedProvider> lastResort = providers.stream()
                    .filter(provider -> provider.isLastResort(now))
                    .findFirst();
            lastResort.ifPresent(FollowedProvider::release);
            return lastResort;
        }
        return now - lostAt >= settings.behindLimit().toNanos() ? longest : Optional.empty();
    }

    private void reconsider(long now, List<SelectionEffect> effects) {
        FollowedProvider current = providers.get(active);
        for (FollowedProvider provider : providers) {
            if (provider == current || !provider.isUsable(now) || !provider.isFresh(now, settings.stalenessLimit())) {
                continue;
            }
            Optional<String> reason = reasonToLeave(current, provider, now);
            if (reason.isPresent()) {
                follow(active, provider, reason.get(), now, effects);
                return;
            }
        }
    }

    private Optional<String> reasonToLeave(FollowedProvider current, FollowedProvider other, long now) {
        if (other.height() > current.height()) {
            if (isProven(current, other)) {
                return Optional.of("has a newer tip");
            }
            if (other.aheadSince.isPresent()
                    && now - other.aheadSince.get() >= settings.behindLimit().toNanos()) {
                return Optional.of("has had a longer chain for long");
            }
        }
        if (other.height() >= current.height() && !current.isFresh(now, settings.stalenessLimit())) {
            return Optional.of("the one before is stale");
        }
        boolean same = other.tip()
                .orElseThrow()
                .hash()
                .equals(current.tip().orElseThrow().hash());
        Duration delay = other.hasHistory ? settings.failbackDelay() : Duration.ZERO;
        if (other.index < current.index
                && same
                && other.goodSince.isPresent()
                && now - other.goodSince.get() >= delay.toNanos()) {
            return Optional.of("is preferred");
        }
        return Optional.empty();
    }

    /** Whether a longer chain shows the work that the shorter one asked for. */
    private static boolean isProven(FollowedProvider current, FollowedProvider other) {
        Tip expected = current.tip().orElseThrow();
        return Target.ofCompactBits(expected.message().nBits())
                .map(target -> target.isMetBy(other.tip().orElseThrow().hash()))
                .orElse(false);
    }

    private void follow(int from, FollowedProvider to, String why, long now, List<SelectionEffect> effects) {
        active = to.index;
        to.hasHistory = true;
        if (from >= 0) {
            providers.get(from).hasHistory = true;
        }
        publishedHeight = to.height();
        effects.add(new SelectionEffect.Switched(from, to.index, why));
        replay(to, effects);
        for (FollowedProvider provider : providers) {
            note(provider, now);
        }
    }

    private static void replay(FollowedProvider provider, List<SelectionEffect> effects) {
        ProviderTemplates templates = provider.templates.orElseThrow();
        Template current = templates.current().orElseThrow();
        Tip tip = templates.tip().orElseThrow();
        effects.add(new SelectionEffect.Follow(current, true));
        effects.add(new SelectionEffect.FollowTip(current, tip));
        effects.add(new SelectionEffect.Activated(provider.index, current, tip));
        templates.futures().forEach(future -> effects.add(new SelectionEffect.Follow(future, true)));
    }
}
