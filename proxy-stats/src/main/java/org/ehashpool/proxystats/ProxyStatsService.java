package org.ehashpool.proxystats;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ehashpool.kit.service.Component;
import org.ehashpool.kit.service.Service;
import org.ehashpool.kit.service.ServiceContext;
import org.ehashpool.proxystats.wallet.TranslatorWallet;
import org.ehashpool.statistics.Statistics;
import org.ehashpool.statistics.web.FigureReader;
import org.ehashpool.statistics.web.ProxyPages;
import org.ehashpool.statistics.web.Site;
import org.ehashpool.statistics.web.StatisticsWeb;

/** A farm's statistics: the whole is what its translators had accepted. */
final class ProxyStatsService implements Service<ProxyStatsConfig> {
    static final String NAME = "proxy-stats";
    private static final String SCHEMA = "proxy_stats";
    private static final String WHOLE = "translator";

    private final List<Component> components;

    ProxyStatsService(ProxyStatsConfig config, ServiceContext context) {
        Statistics statistics = new Statistics(config.statistics(), SCHEMA, WHOLE, context);
        Optional<TranslatorWallet> wallet =
                config.translator().map(translator -> new TranslatorWallet(translator, context.vertx()));
        StatisticsWeb web = new StatisticsWeb(
                ProxyPages.site(
                        config.web().minerUrls(),
                        wallet.map(actions ->
                                new Site.Wallet(actions, config.web().token(), config.addresses(), context.random()))),
                context.http().router(),
                context.vertx(),
                FigureReader.of(statistics::database, context.clock()),
                context.clock(),
                context.nanoTime(),
                context.metrics(),
                config.web().viewers());
        components = Stream.of(statistics.components().stream(), wallet.stream(), Stream.of(web))
                .<Component>flatMap(part -> part)
                .toList();
    }

    @Override
    public List<Component> components() {
        return components;
    }
}
