package org.ehashpool.statistics.web;

import gg.jte.models.runtime.JteModel;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ehashpool.statistics.figures.Figures;
import org.ehashpool.statistics.figures.MinerView;
import org.ehashpool.statistics.figures.Overview;
import org.ehashpool.statistics.figures.Range;
import org.ehashpool.statistics.figures.Rows;
import org.ehashpool.statistics.web.PageKind.Content;
import org.ehashpool.statistics.web.generated.StaticTemplates;
import org.ehashpool.statistics.web.generated.Templates;

/** What a farm's operator sees. Miners are shown as connections and by the names they mine for. */
public final class ProxyPages {
    private static final Templates TEMPLATES = new StaticTemplates();

    private ProxyPages() {}

    /** The site of a farm's operator who only looks. */
    public static Site site() {
        return site(List.of(), Optional.empty());
    }

    /**
     * The site of a farm's operator.
     *
     * @param minerUrls what miners are to be pointed at; if there are none, as translators tell
     */
    public static Site site(List<String> minerUrls, Optional<Site.Wallet> actions) {
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
                                Address.OF_CHARTS,
                                (figures, address, now) -> wallet(figures, address, now, link)),
                        new PageKind(
                                "/connections",
                                "Connections",
                                "/connections",
                                Address.OF_LISTS,
                                PoolPages::connections),
                        new PageKind(
                                "/miners",
                                "Miners",
                                "/miners",
                                Address.OF_LISTS,
                                (figures, address, now) -> miners(figures, address, now, minerUrls)),
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

    private static Optional<Content> wallet(Figures figures, Address address, Instant now, JteModel link) {
        Range range = address.range();
        Map<String, JteModel> parts = new LinkedHashMap<>();
        parts.put("notices", PoolPages.notices(figures, now));
        parts.put("balances", TEMPLATES.balances(figures.balances(), now));
        parts.put("history", TEMPLATES.balanceHistory(figures.balanceHistory(range), range, address));
        parts.put("actions", link);
        return Optional.of(new Content("Wallet", "What translators' wallets can send", parts));
    }

    private static Optional<Content> miners(Figures figures, Address address, Instant now, List<String> minerUrls) {
        Rows<MinerView> rows = figures.miners(PoolPages.miners(address));
        JteModel setup = TEMPLATES.minerSetup(figures.ports(), minerUrls);
        Map<String, JteModel> parts = new LinkedHashMap<>();
        parts.put("notices", PoolPages.notices(figures, now));
        boolean none = rows.rows().isEmpty() && address.parameter("q").isEmpty();
        if (none) {
            parts.put("setup", setup);
        }
        parts.put("search", TEMPLATES.search(address, List.of(), "User", "miners"));
        parts.put("rows", TEMPLATES.miners(rows, address, now, true));
        if (!none) {
            parts.put("setup", setup);
        }
        return Optional.of(new Content("Miners", "By the names that they mine for", parts));
    }

    private static Optional<Content> pool(Figures figures, Address address, Instant now) {
        Range range = address.range();
        Map<String, JteModel> parts = new LinkedHashMap<>();
        parts.put("notices", PoolPages.notices(figures, now));
        parts.put("upstreams", TEMPLATES.upstreams(figures.upstreams(), now));
        parts.put("chain", TEMPLATES.chain(figures.network(), now));
        parts.put("chart", TEMPLATES.seriesCard("Hashrate", figures.series(0, range), range, address));
        return Optional.of(new Content("Pool", "Where the work comes from", parts));
    }
}
