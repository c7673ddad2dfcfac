package org.ehashpool.poolstats;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ehashpool.kit.service.Component;
import org.ehashpool.kit.service.Service;
import org.ehashpool.kit.service.ServiceContext;
import org.ehashpool.poolstats.earnings.MintLookups;
import org.ehashpool.statistics.Statistics;
import org.ehashpool.statistics.web.FigureReader;
import org.ehashpool.statistics.web.PoolPages;
import org.ehashpool.statistics.web.Site;
import org.ehashpool.statistics.web.StatisticsWeb;

/** A pool's statistics: the whole is what the pool accepted. */
final class PoolStatsService implements Service<PoolStatsConfig> {
    static final String NAME = "pool-stats";
    private static final String SCHEMA = "pool_stats";
    private static final String WHOLE = "pool";

    private final List<Component> components;

    PoolStatsService(PoolStatsConfig config, ServiceContext context) {
        Statistics statistics = new Statistics(config.statistics(), SCHEMA, WHOLE, context);
        Optional<MintLookups> lookups = config.mints().isEmpty()
                ? Optional.empty()
                : Optional.of(new MintLookups(config.mints(), context.clock()));
        StatisticsWeb web = new StatisticsWeb(
                PoolPages.site(lookups.map(mints -> new Site.Earned(mints, config.addresses()))),
                context.http().router(),
                context.vertx(),
                FigureReader.of(statistics::database, context.clock()),
                context.clock(),
                context.nanoTime(),
                context.metrics(),
                config.web().viewers());
        components = Stream.of(statistics.components().stream(), lookups.stream(), Stream.of(web))
                .<Component>flatMap(part -> part)
                .toList();
    }

    @Override
    public List<Component> components() {
        return components;
    }
}
