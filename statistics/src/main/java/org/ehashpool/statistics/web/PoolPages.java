package org.ehashpool.statistics.web;

import gg.jte.models.runtime.JteModel;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.ehashpool.kit.http.ApiFailure;
import org.ehashpool.statistics.figures.BlockView;
import org.ehashpool.statistics.figures.DownstreamView;
import org.ehashpool.statistics.figures.Figures;
import org.ehashpool.statistics.figures.ListRequest;
import org.ehashpool.statistics.figures.MinerView;
import org.ehashpool.statistics.figures.Overview;
import org.ehashpool.statistics.figures.Quotes;
import org.ehashpool.statistics.figures.Range;
import org.ehashpool.statistics.figures.Rows;
import org.ehashpool.statistics.figures.ServiceView;
import org.ehashpool.statistics.web.PageKind.Content;
import org.ehashpool.statistics.web.generated.StaticTemplates;
import org.ehashpool.statistics.web.generated.Templates;

/** What a pool's operator sees. */
public final class PoolPages {
    private static final Templates TEMPLATES = new StaticTemplates();

    private PoolPages() {}

    /**
     * The site of a pool's operator.
     *
     * @param earnings where miners ask what their keys earned, if they can
     */
    public static Site site(Optional<Site.Earned> earnings) {
        return new Site(
                "ehash pool",
                List.of(
                        new PageKind("/", "Overview", "/", Address.OF_CHARTS, PoolPages::overview),
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
                                earnings.isPresent() ? PoolPages::minersAndEarnings : PoolPages::miners),
                        new PageKind("/blocks", "Blocks", "/blocks", Set.of("offset", "limit"), PoolPages::blocks),
                        new PageKind("/quotes", "Quotes", "/quotes", Address.OF_CHARTS, PoolPages::quotes),
                        new PageKind("/mints", "Mints", "/mints", Set.of(), PoolPages::mints),
                        new PageKind("/services", "Services", "/services", Set.of(), PoolPages::services),
                        new PageKind("/connections/:id", "", "/connections", Address.OF_CHARTS, PoolPages::connection),
                        new PageKind("/miners/:id", "", "/miners", Address.OF_CHARTS, PoolPages::miner)),
                earnings,
                Optional.empty());
    }

    /** What a list of downstreams is asked for by. */
    static ListRequest downstreams(Address address) {
        return checked(address.list(), Figures::sortsDownstreamsBy);
    }

    /** What a list of miners is asked for by. */
    static ListRequest miners(Address address) {
        return checked(address.list(), Figures::sortsMinersBy);
    }

    private static ListRequest checked(ListRequest request, Predicate<String> sorts) {
        if (!request.sort().isEmpty() && !sorts.test(request.sort())) {
            throw new ApiFailure(400, "invalid-parameter", "it cannot be sorted by that");
        }
        return request;
    }

    private static Optional<Content> overview(Figures figures, Address address, Instant now) {
        Overview overview = figures.overview();
        Range range = address.range();
        Map<String, JteModel> parts = new LinkedHashMap<>();
        parts.put(
                "notices",
                TEMPLATES.notices(overview.services(), overview.missingEvents(), overview.unknownGaps(), now));
        if (overview.services().isEmpty()) {
            parts.put("welcome", TEMPLATES.welcome());
        }
        parts.put("hashrate", TEMPLATES.overviewHashrate(overview, figures.series(0, range), range, address));
        parts.put("figures", TEMPLATES.overviewFigures(overview, now));
        parts.put("state", TEMPLATES.overviewState(overview, address, now));
        return Optional.of(new Content("Overview", "", parts));
    }

    static Optional<Content> connections(Figures figures, Address address, Instant now) {
        ListRequest request = downstreams(address);
        Rows<DownstreamView> rows = figures.downstreams(request);
        Map<String, JteModel> parts = new LinkedHashMap<>();
        parts.put("notices", notices(figures, now));
        parts.put("search", TEMPLATES.search(address, figures.kinds(), "User, vendor or address", "downstreams"));
        parts.put("rows", TEMPLATES.connections(rows, address, now));
        return Optional.of(new Content("Connections", "Every peer that ever connected, and how it does now", parts));
    }

    static Optional<Content> connection(Figures figures, Address address, Instant now) {
        Range range = address.range();
        return figures.downstream(address.id(), range).map(detail -> {
            Map<String, JteModel> parts = new LinkedHashMap<>();
            parts.put("notices", notices(figures, now));
            parts.put("figures", TEMPLATES.connectionFigures(detail.downstream(), now));
            parts.put("chart", TEMPLATES.seriesCard("Hashrate", detail.series(), range, address));
            parts.put("channels", TEMPLATES.channels(detail.channels(), address, now, true));
            parts.put("sessions", TEMPLATES.sessions(detail.sessions(), detail.rejections(), now));
            return new Content(
                    detail.downstream().name(), Words.kind(detail.downstream().kind()), parts);
        });
    }

    static Optional<Content> miners(Figures figures, Address address, Instant now) {
        Rows<MinerView> rows = figures.miners(miners(address));
        Map<String, JteModel> parts = new LinkedHashMap<>();
        parts.put("notices", notices(figures, now));
        parts.put("search", TEMPLATES.search(address, List.of(), "User", "miners"));
        parts.put("rows", TEMPLATES.miners(rows, address, now, false));
        return Optional.of(new Content("Miners", "Whom shares are for, on whichever connection", parts));
    }

    private static Optional<Content> minersAndEarnings(Figures figures, Address address, Instant now) {
        return miners(figures, address, now).map(content -> {
            Map<String, JteModel> parts = new LinkedHashMap<>(content.parts());
            parts.put("earnings", TEMPLATES.earningsLink(address));
            return new Content(content.title(), content.note(), parts);
        });
    }

    static Optional<Content> miner(Figures figures, Address address, Instant now) {
        Range range = address.range();
        return figures.miner(address.id(), range).map(detail -> {
            Map<String, JteModel> parts = new LinkedHashMap<>();
            parts.put("notices", notices(figures, now));
            parts.put("figures", TEMPLATES.minerFigures(detail.miner(), now));
            parts.put("chart", TEMPLATES.seriesCard("Hashrate", detail.series(), range, address));
            parts.put("channels", TEMPLATES.channels(detail.channels(), address, now, false));
            String name =
                    detail.miner().user().isEmpty() ? "No name" : detail.miner().user();
            return new Content(name, "Miner", parts);
        });
    }

    private static Optional<Content> blocks(Figures figures, Address address, Instant now) {
        Rows<BlockView> rows =
                figures.blocks(address.page().offset(), address.page().limit());
        Map<String, JteModel> parts = new LinkedHashMap<>();
        parts.put("notices", notices(figures, now));
        parts.put("rows", TEMPLATES.blocks(rows, address, now));
        return Optional.of(new Content("Blocks", "", parts));
    }

    private static Optional<Content> quotes(Figures figures, Address address, Instant now) {
        Quotes quotes = figures.quotes(address.range());
        Map<String, JteModel> parts = new LinkedHashMap<>();
        parts.put("notices", notices(figures, now));
        parts.put("quotes", TEMPLATES.quotes(quotes, address.range(), address));
        return Optional.of(new Content(
                "Quotes", "A quote is what a mint owes for shares; issued is what wallets have minted", parts));
    }

    private static Optional<Content> mints(Figures figures, Address address, Instant now) {
        Map<String, JteModel> parts = new LinkedHashMap<>();
        parts.put("notices", notices(figures, now));
        parts.put("mints", TEMPLATES.mints(figures.mints(), now));
        return Optional.of(new Content("Mints", "What waits at pools for their quotes", parts));
    }

    static Optional<Content> services(Figures figures, Address address, Instant now) {
        List<ServiceView> services = figures.services();
        Map<String, JteModel> parts = new LinkedHashMap<>();
        parts.put("notices", notices(services, now));
        parts.put("services", TEMPLATES.services(services, now));
        return Optional.of(new Content("Services", "By their heartbeats, and by asking them", parts));
    }

    static JteModel notices(Figures figures, Instant now) {
        return notices(figures.services(), now);
    }

    static JteModel notices(List<ServiceView> services, Instant now) {
        return TEMPLATES.notices(
                services,
                services.stream().mapToLong(ServiceView::missingEvents).sum(),
                services.stream().mapToLong(ServiceView::unknownGaps).sum(),
                now);
    }
}
