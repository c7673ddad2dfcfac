package org.ehashpool.statistics.web;

import gg.jte.models.runtime.JteModel;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ehashpool.statistics.figures.Figures;
import org.ehashpool.statistics.figures.Overview;
import org.ehashpool.statistics.figures.Range;
import org.ehashpool.statistics.web.PageKind.Content;
import org.ehashpool.statistics.web.generated.StaticTemplates;
import org.ehashpool.statistics.web.generated.Templates;

/** What a farm's operator sees. Miners are shown as connections and by the names they mine for. */
public final class ProxyPages {
    private static final Templates TEMPLATES = new StaticTemplates();

    private ProxyPages() {}

    /** The site of a farm's operator who only looks. */
    public static Site site() {
        return site(Optional.empty());
    }

    /** The site of a farm's operator. */
    public static Site site(Optional<Site.Wallet> actions) {
        JteModel link = TEMPLATES.walletLink(
                actions.isPresent(), actions.flatMap(Site.Wallet::token).isPresent());
        return new Site(
                "ehash farm",
                List.of(
                        new PageKind("/", "Overview", "/", Address.OF_CHARTS, ProxyPages::overview),
                        new PageKind(
                                "/wallet",
                                "Wallet",
                                "/wallet",
                                Set.of(),
                                (figures, address, now) -> wallet(figures, now, link)),
                        new PageKind(
                                "/connections",
                                "Connections",
                                "/connections",
                                Address.OF_LISTS,
                                PoolPages::connections),
                        new PageKind("/miners", "Miners", "/miners", Address.OF_LISTS, PoolPages::miners),
                        new PageKind("/pool", "Pool", "/pool", Address.OF_CHARTS, ProxyPages::pool),
                        new PageKind("/services", "Services", "/services", Set.of(), PoolPages::services),
                        new PageKind("/connections/:id", "", "/connections", Address.OF_CHARTS, PoolPages::connection),
                        new PageKind("/miners/:id", "", "/miners", Address.OF_CHARTS, PoolPages::miner)),
                Optional.empty(),
                actions);
    }

    private static Optional<Content> overview(Figures figures, Address address, Instant now) {
        Overview overview = figures.overview();
        Range range = address.range();
        Map<String, JteModel> parts = new LinkedHashMap<>();
        parts.put("notices", PoolPages.notices(overview.services(), now));
        if (overview.services().isEmpty()) {
            parts.put("welcome", TEMPLATES.welcome());
        }
        parts.put("hashrate", TEMPLATES.overviewHashrate(overview, figures.series(0, range), range, address));
        parts.put("figures", TEMPLATES.farmFigures(overview, now));
        parts.put("balances", TEMPLATES.balances(figures.balances(), now));
        parts.put("upstreams", TEMPLATES.upstreams(figures.upstreams(), now));
        return Optional.of(new Content("Overview", "", parts));
    }

    private static Optional<Content> wallet(Figures figures, Instant now, JteModel link) {
        Map<String, JteModel> parts = new LinkedHashMap<>();
        parts.put("notices", PoolPages.notices(figures, now));
        parts.put("balances", TEMPLATES.balances(figures.balances(), now));
        parts.put("actions", link);
        return Optional.of(new Content("Wallet", "What translators' wallets can send", parts));
    }

    private static Optional<Content> pool(Figures figures, Address address, Instant now) {
        Range range = address.range();
        Map<String, JteModel> parts = new LinkedHashMap<>();
        parts.put("notices", PoolPages.notices(figures, now));
        parts.put("upstreams", TEMPLATES.upstreams(figures.upstreams(), now));
        parts.put("chart", TEMPLATES.seriesCard("Hashrate", figures.series(0, range), range, address));
        return Optional.of(new Content("Pool", "Where the work comes from", parts));
    }
}
