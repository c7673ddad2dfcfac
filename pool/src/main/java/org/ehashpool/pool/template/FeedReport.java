package org.ehashpool.pool.template;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ehashpool.kit.http.Health;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.pool.template.FeedStatus.ProviderStatus;
import org.ehashpool.pool.template.ProviderTemplates.Template;

/** Says how the template side stands. */
final class FeedReport {
    private FeedReport() {}

    static FeedStatus of(
            ProviderSelection selection, List<ProviderLink> links, KeptTransactions kept, long switches, long now) {
        List<ProviderStatus> states = new ArrayList<>(links.size());
        for (int i = 0; i < links.size(); i++) {
            states.add(of(selection, links.get(i), i, now));
        }
        return new FeedStatus(
                selection.active(),
                states,
                selection.active().isPresent()
                        ? links.get(selection.active().getAsInt()).lastTemplate
                        : Optional.empty(),
                switches,
                kept.templates(),
                kept.bytes());
    }

    private static ProviderStatus of(ProviderSelection selection, ProviderLink link, int index, long now) {
        FollowedProvider provider = selection.provider(index);
        String failure = provider.lastFailure().isEmpty() ? link.status().lastFailure() : provider.lastFailure();
        return new ProviderStatus(
                link.name(),
                link.isAuthenticated(),
                selection.state(index, link.isConnected(), now),
                failure,
                provider.tip()
                        .map(tip -> new FeedStatus.Tip(
                                tip.hash(),
                                tip.height(),
                                Target.ofCompactBits(tip.message().nBits()).map(Target::difficulty))),
                provider.templates.flatMap(ProviderTemplates::current).map(Template::originalId),
                link.lastTemplate,
                link.templates,
                provider.lies(),
                link.tipLagMillis);
    }

    static Health health(FeedStatus status, Duration stalenessLimit, Instant now) {
        if (status.active().isEmpty()) {
            return Health.down("no template provider works: "
                    + status.providers().stream().map(FeedReport::words).collect(Collectors.joining(", ")));
        }
        ProviderStatus active = status.providers().get(status.active().getAsInt());
        Duration age = Duration.between(status.lastTemplate().orElse(Instant.EPOCH), now);
        return age.compareTo(stalenessLimit) > 0
                ? Health.down("the last template of " + active.name() + " is " + age.toSeconds() + " s old")
                : Health.up("templates from " + active.name());
    }

    private static String words(ProviderStatus provider) {
        return provider.name() + " is " + provider.state().label()
                + (provider.lastFailure().isEmpty() ? "" : " (" + provider.lastFailure() + ")");
    }
}
